#include "server/config/flow_folder.hpp"

#include <catch2/catch.hpp>

#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace answerback;
using namespace answerback::tests;

namespace {

const std::string good = R"({"flow": "hello", "start": "hi", "triggers": {"keywords": ["HELLO"]}, "steps": {"hi": {"say": "Hi!", "complete": "greeted"}}})";
const std::string better = R"({"flow": "hello", "start": "hi", "triggers": {"keywords": ["HELLO"]}, "steps": {"hi": {"say": "Hello!", "complete": "greeted"}}})";
const std::string broken = R"({"flow": "hello", "start": "nowhere", "steps": {"hi": {"say": "Hi!", "complete": "greeted"}}})";

struct Folder {
  server::FolderResult publish() { return server::publish_folder(server::load_folder(files.path()), *store, book, engine::Instant{}); }
  std::uint32_t revision() { return book.latest("hello") ? book.latest("hello")->revision : 0; }

  TemporaryFolder files;
  std::unique_ptr<storage::Store> store = storage::make_memory_store();
  engine::FlowBook book;
};

}  // namespace

TEST_CASE("flow files of the folder are published, each change as a new revision, and nothing when nothing changed") {
  Folder folder;
  folder.files.write("hello.json", good);
  CHECK(folder.publish().published == 1);
  CHECK(folder.revision() == 1);
  const auto again = folder.publish();
  CHECK(again.published == 0);
  CHECK(again.unchanged == 1);
  folder.files.write("hello.json", better);
  CHECK(folder.publish().published == 1);
  CHECK(folder.revision() == 2);
  CHECK(folder.book.at("hello", 1));
  CHECK(folder.store->all_flows().size() == 2);
}

TEST_CASE("a file with errors is refused, and the good revision stays in the book and in the store") {
  Folder folder;
  folder.files.write("hello.json", good);
  folder.publish();
  folder.files.write("hello.json", broken);
  folder.files.write("other.json", "{");
  const auto result = folder.publish();
  CHECK(result.refused == 2);
  CHECK(result.published == 0);
  CHECK(folder.revision() == 1);
  CHECK(folder.store->find_flow("hello", std::nullopt)->source == good);
}

TEST_CASE("a broken file beside a good one does not keep the good one away") {
  Folder folder;
  folder.files.write("a.json", "no json at all");
  folder.files.write("hello.json", good);
  const auto result = folder.publish();
  CHECK(result.refused == 1);
  CHECK(result.published == 1);
  CHECK(folder.revision() == 1);
}

TEST_CASE("conversation tests and schemas beside the flows are no flows") {
  Folder folder;
  folder.files.write("hello.json", good);
  folder.files.write("hello.greeted.test.json", R"({"flow": "hello.json", "turns": []})");
  folder.files.write("answerback-flow.v1.schema.json", "{}");
  folder.files.write("notes.txt", "x");
  const auto result = folder.publish();
  CHECK(result.published == 1);
  CHECK(result.refused == 0);
}

TEST_CASE("a folder that is not there publishes nothing and refuses nothing") {
  Folder folder;
  const auto result = server::publish_folder(server::load_folder(folder.files.path() + "/nowhere"), *folder.store, folder.book, engine::Instant{});
  CHECK(result.published + result.unchanged + result.refused == 0);
}

TEST_CASE("a flow that waits for a consent word is refused: the word never reaches it") {
  Folder folder;
  folder.files.write("hello.json", R"({"flow": "hello", "start": "hi", "triggers": {"keywords": ["STOP"]}, "steps": {"hi": {"say": "Hi!", "complete": "greeted"}}})");
  CHECK(folder.publish().refused == 1);
}

TEST_CASE("what was published before is in the book again after a start, all revisions, but for one that no longer loads") {
  Folder folder;
  folder.store->publish_flow("hello", good, {});
  folder.store->publish_flow("hello", better, {});
  folder.store->publish_flow("old", broken, {});
  server::load_published(*folder.store, folder.book);
  CHECK(folder.revision() == 2);
  CHECK(folder.book.at("hello", 1));
  CHECK_FALSE(folder.book.latest("old"));
}

TEST_CASE("a flow that runs another of the folder is published with it, whatever the order of their names; without it, it is refused") {
  const std::string outer = R"({"flow": "a-outer", "steps": {"part": {"run": "hello", "next": {"complete": "done"}}}})";
  Folder alone;
  alone.files.write("a-outer.json", outer);
  CHECK(alone.publish().refused == 1);
  Folder both;
  both.files.write("a-outer.json", outer);
  both.files.write("hello.json", good);
  CHECK(both.publish().published == 2);
}
