// What an answer to a call means for its flow.
#include "webhooks/call.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>

#include "webhooks/json.hpp"

using namespace answerback;
using namespace answerback::webhooks;

namespace {

engine::CallRequest call_that_saves(const nlohmann::ordered_json& save) {
  engine::CallRequest call;
  call.conversation = {{7}, 2};
  call.turn = 4;
  for (const auto& [path, pointer] : save.items()) call.save.emplace_back(path, pointer.get<std::string>());
  return call;
}

CallReading read_one(const std::string& body) { return read_call_answer(call_that_saves({{"vars.a", "/a"}}), 200, body); }

std::string text_of(std::size_t bytes) { return R"({"a":")" + std::string(bytes, 'x') + "\"}"; }

}  // namespace

TEST_CASE("an answer gives the flow its values, or says why not") {
  const auto rows = nlohmann::ordered_json::parse(std::ifstream(TESTS_DIR "/webhooks/call_answers.json"));
  for (const auto& row : rows) {
    INFO(row.at("name"));
    const auto reading = read_call_answer(call_that_saves(row.at("save")), row.at("status"), row.at("body").get<std::string>());
    CHECK(reading.answer.conversation == engine::ConversationId{{7}, 2});
    CHECK(reading.answer.turn == 4);
    CHECK(reading.error == row.value("error", ""));
    CHECK(reading.answer.ok == reading.error.empty());
    auto values = nlohmann::ordered_json::object();
    for (const auto& [path, value] : reading.answer.values) values[path] = to_json(value);
    CHECK(values == row.value("values", nlohmann::ordered_json::object()));
  }
}

TEST_CASE("an answer of 64 KiB is read, one byte more is not") {
  const std::string begin = R"({"a":1,"b":")";
  const auto body = [&](std::size_t bytes) { return begin + std::string(bytes - begin.size() - 2, 'x') + "\"}"; };
  CHECK(read_one(body(max_call_answer_bytes)).answer.ok);
  CHECK(read_one(body(max_call_answer_bytes + 1)).error == "answer_size");
}

TEST_CASE("what is saved has a limit: texts of 4,096 bytes, lists of 100") {
  CHECK(read_one(text_of(max_saved_bytes)).answer.ok);
  CHECK(read_one(text_of(max_saved_bytes + 1)).error == "value");
  const auto list = [](std::size_t items) { return nlohmann::json{{"a", std::vector<std::string>(items, "x")}}.dump(); };
  CHECK(read_one(list(max_saved_items)).answer.ok);
  CHECK(read_one(list(max_saved_items + 1)).error == "value");
  CHECK(read_one(R"({"a":[")" + std::string(max_saved_bytes + 1, 'x') + "\"]}").error == "value");
}

TEST_CASE("an answer that is nested deeper than 32 is no JSON to us") {
  const auto nested = [](std::size_t depth) { return R"({"a":1,"b":)" + std::string(depth, '[') + std::string(depth, ']') + "}"; };
  CHECK(read_one(nested(31)).answer.ok);
  CHECK(read_one(nested(32)).error == "not_json");
}

TEST_CASE("a call's id is its conversation's and the turn that made it, without a dot") {
  CHECK(to_string(CallKey{{{7}, 2}, 4}) == "cnv_7_2-t4");
}

TEST_CASE("calls to one host are one queue, however their URLs are spelt") {
  const auto host = [](const std::string& url) {
    engine::CallRequest call;
    call.url = url;
    return host_of(call);
  };
  CHECK(host("https://CRM.example/a?b=c") == "crm.example");
  CHECK(host("http://crm.example:8080/") == "crm.example");
  CHECK(host("https://[2001:db8::1]/") == "2001:db8::1");
  CHECK(host("not a url") == "?");
}
