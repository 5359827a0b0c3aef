#include <catch2/catch.hpp>

#include "engine/flow_book.hpp"
#include "flows/text/text.hpp"

using namespace answerback;
using engine::FlowBook;

namespace {

flows::FlowPtr flow(const std::string& name, const std::vector<std::string>& keywords, bool any = false) {
  auto made = std::make_shared<flows::Flow>();
  made->name = name;
  for (const auto& keyword : keywords) made->triggers.keywords.push_back({keyword, flows::fold_phrase(keyword), ""});
  made->triggers.any = any;
  return made;
}

std::string flow_for(const FlowBook& book, std::string_view text) {
  const auto match = book.by_keyword(text);
  return match ? match->published->flow->name + "/" + match->keyword : "";
}

}  // namespace

TEST_CASE("a flow is triggered by its latest revision's keywords, an older one is still there to run on") {
  FlowBook book;
  book.publish(flow("roof", {"ROOF"}), 1);
  book.publish(flow("roof", {"Techo"}), 2);
  CHECK(flow_for(book, "ROOF").empty());
  CHECK(flow_for(book, " techo! ") == "roof/Techo");
  CHECK(book.latest("roof")->revision == 2);
  REQUIRE(book.at("roof", 1));
  CHECK(book.at("roof", 1)->triggers.keywords.front().written == "ROOF");
  CHECK_FALSE(book.at("roof", 3));
  CHECK_FALSE(book.at("attic", 1));
  CHECK(book.latest("attic") == nullptr);
}

TEST_CASE("an older revision that is published late does not replace the latest") {
  FlowBook book;
  book.publish(flow("roof", {"NEW"}), 5);
  book.publish(flow("roof", {"OLD"}), 4);
  CHECK(book.latest("roof")->revision == 5);
  CHECK(flow_for(book, "old").empty());
  CHECK(book.at("roof", 4));
}

TEST_CASE("of two flows that claim a keyword, or everything, the first by name wins") {
  FlowBook book;
  book.publish(flow("b", {"HI"}, true), 1);
  book.publish(flow("a", {"hi."}, true), 1);
  CHECK(flow_for(book, "HI") == "a/hi.");
  CHECK(book.catch_all()->flow->name == "a");
  CHECK(book.names() == std::vector<std::string>{"a", "b"});
  CHECK(FlowBook().catch_all() == nullptr);
}

TEST_CASE("an empty text is nobody's keyword") {
  FlowBook book;
  book.publish(flow("a", {"", " "}), 1);
  CHECK_FALSE(book.by_keyword(""));
  CHECK_FALSE(book.by_keyword("\xE2\x80\x8B"));
}

TEST_CASE("a copy of the book stands on its own") {
  FlowBook copy;
  {
    FlowBook book;
    book.publish(flow("roof", {"ROOF"}), 1);
    copy = book;
  }
  CHECK(flow_for(copy, "roof") == "roof/ROOF");
}
