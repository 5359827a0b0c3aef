#include "server/http/problem.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <utility>

namespace answerback::server {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::pair<int, std::string_view>, 33> reasons{{
    {100, "Continue"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"}, {304, "Not Modified"},
    {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"}, {404, "Not Found"},
    {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"},
    {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
    {415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {421, "Misdirected Request"},
    {422, "Unprocessable Content"}, {425, "Too Early"}, {428, "Precondition Required"}, {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"}, {501, "Not Implemented"},
    {502, "Bad Gateway"}, {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"}}};

Json errors_json(const std::vector<flows::Issue>& errors) {
  Json list = Json::array();
  for (const auto& issue : errors)
    list.push_back({{"pointer", issue.pointer}, {"code", issue.code}, {"detail", issue.message}});
  return list;
}

}  // namespace

std::string_view reason_phrase(int status) {
  const auto* found = std::find_if(reasons.begin(), reasons.end(), [&](const auto& entry) { return entry.first == status; });
  return found == reasons.end() ? "Error" : found->second;
}

HttpResponse problem(int status, std::string_view code, std::string_view detail, std::string_view request_id,
                     const std::vector<flows::Issue>& errors) {
  Json body{{"type", "urn:answerback:problem:" + std::string(code)},
            {"title", reason_phrase(status)},
            {"status", status},
            {"code", code},
            {"detail", detail},
            {"request_id", request_id}};
  if (!errors.empty()) body["errors"] = errors_json(errors);
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json";
  // A sentence may quote what the caller sent; bytes that are no UTF-8 must not make the answer fail.
  response.body = body.dump(-1, ' ', false, Json::error_handler_t::replace);
  return response;
}

}  // namespace answerback::server
