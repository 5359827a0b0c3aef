// Numbers as events carry them: in the one form that every reader keeps.
#include <catch2/catch.hpp>

#include "webhooks/json.hpp"

using namespace answerback;
using namespace answerback::webhooks;

namespace {

std::string number_written(const flows::Value& value) {
  JsonWriter out;
  write(out, value);
  return out.take();
}

}  // namespace

TEST_CASE("an event writes a number as JSON.stringify does, and what has too many digits as a text") {
  CHECK(number_written(12.0) == "12");
  CHECK(number_written(-0.0) == "0");
  CHECK(number_written(0.1) == "0.1");
  CHECK(number_written(1e21) == "1e+21");
  CHECK(number_written(1e16) == "10000000000000000");
  CHECK(number_written(std::int64_t{999'999'999'999'999}) == "999999999999999");
  CHECK(number_written(std::int64_t{9'007'199'254'740'993}) == "\"9007199254740993\"");
  CHECK(number_written(flows::Money{250.0, "USD"}) == R"({"amount":250,"currency":"USD"})");
  CHECK(number_written(flows::Range(std::int64_t{2}, 4.5)) == R"({"from":2,"to":4.5})");
  CHECK(number_written(flows::Range(flows::Money{250.0, "USD"}, {})) == R"({"from":{"amount":250,"currency":"USD"},"to":null})");
}
