#include "server/api/json_values.hpp"

#include <catch2/catch.hpp>

#include "flows/fields.hpp"
#include "flows/json/json.hpp"

using namespace answerback;

namespace {

flows::Values read_fields(const std::string& text) {
  const auto parsed = flows::parse_json(text);
  flows::Report report;
  auto values = server::read_values(std::get<flows::Json>(parsed), "", report);
  CHECK(report.ok());
  return values;
}

}  // namespace

TEST_CASE("a field's number of more than fifteen digits is a name made of digits, and stays what it is") {
  const auto values = read_fields(R"({"id": 9007199254740993, "negative": -1234567890123456, "longest": 999999999999999, "real": 2.50})");
  CHECK(values == flows::Values{{"id", std::string("9007199254740993")}, {"negative", std::string("-1234567890123456")},
                                {"longest", std::int64_t{999'999'999'999'999}}, {"real", 2.5}});
}
