#include "server/http/problem.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "server/http/response_writer.hpp"

using namespace answerback::server;

TEST_CASE("a problem document has the members of RFC 9457 and ours") {
  answerback::flows::Issue issue;
  issue.code = "required";
  issue.message = "\"from\" is missing.";
  issue.pointer = "/from";
  const auto response = problem(422, "invalid_request", "The body has problems.", "r-1", {issue});
  CHECK(response.status == 422);
  CHECK(response.content_type == "application/problem+json");
  CHECK(nlohmann::json::parse(response.body) ==
        nlohmann::json{{"type", "urn:answerback:problem:invalid_request"},
                       {"title", "Unprocessable Content"},
                       {"status", 422},
                       {"code", "invalid_request"},
                       {"detail", "The body has problems."},
                       {"request_id", "r-1"},
                       {"errors", {{{"pointer", "/from"}, {"code", "required"}, {"detail", "\"from\" is missing."}}}}});
  CHECK_FALSE(nlohmann::json::parse(problem(404, "not_found", "x", "r").body).contains("errors"));
}

TEST_CASE("a problem that quotes bytes which are no UTF-8 is still a document") {
  const auto body = nlohmann::json::parse(problem(400, "x", "bad \xff byte", "r").body);
  CHECK(body.at("detail") == "bad \xef\xbf\xbd byte");
}

TEST_CASE("dates are written as RFC 9110 section 5.6.7 wants them") {
  using namespace std::chrono;
  CHECK(http_date(sys_days(year{1994} / 11 / 6) + 8h + 49min + 37s) == "Sun, 06 Nov 1994 08:49:37 GMT");
  CHECK(http_date(sys_days(year{2024} / 2 / 29)) == "Thu, 29 Feb 2024 00:00:00 GMT");
}
