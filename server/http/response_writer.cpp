#include "server/http/response_writer.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>

#include "server/http/header_rules.hpp"
#include "server/http/problem.hpp"

namespace answerback::server {
namespace {

bool is_safe_value(std::string_view value) {
  return std::all_of(value.begin(), value.end(),
                     [](char c) { return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t'; });
}

bool is_safe(const HttpResponse& response) {
  return is_safe_value(response.content_type) &&
         std::all_of(response.headers.begin(), response.headers.end(),
                     [](const auto& header) { return is_token(header.first) && is_safe_value(header.second); });
}

// RFC 9110 section 8.6: 204 has no length; 304 would have that of the full answer.
bool has_no_content(int status) { return status == 204 || status == 304; }

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool append_head(std::string& out, HttpResponse& response, const AnswerFraming& framing) {
  if (!is_safe(response)) response = problem(500, "internal", "The server made a broken answer.", framing.request_id);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", response.status, reason_phrase(response.status));
  append_header(out, "Date", framing.date);
  if (!has_no_content(response.status)) {
    if (!response.content_type.empty()) append_header(out, "Content-Type", response.content_type);
    fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", response.body.size());
  }
  append_header(out, "X-Request-Id", framing.request_id);
  out.append("Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n");
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  if (!framing.keep_alive)
    out.append("Connection: close\r\n");
  else if (!framing.http_1_1)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
  return !framing.without_body && !has_no_content(response.status);
}

void append_response(std::string& out, HttpResponse response, const AnswerFraming& framing) {
  if (append_head(out, response, framing)) out.append(response.body);
}

std::string http_date(std::chrono::sys_seconds at) {
  // By hand: strftime's names of days and months follow the process's locale, HTTP's do not.
  static constexpr std::string_view days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(at - day);
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace answerback::server
