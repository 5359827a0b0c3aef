#include "server/http/framing.hpp"

#include <algorithm>
#include <optional>

#include "server/http/header_rules.hpp"

namespace answerback::server {
namespace {

using std::string_view;
using Fault = std::optional<Refusal>;

// The longest method and version around a target, with their two spaces.
constexpr std::size_t request_line_extra = 64;

constexpr Refusal bad_request_line{400, "bad_request_line", "The request line is not 'METHOD target HTTP/1.1'."};
constexpr Refusal target_too_long{414, "target_too_long", "The request target is too long."};
constexpr Refusal head_too_large{431, "head_too_large", "The request's head is too large."};
constexpr Refusal bare_lf{400, "bare_lf", "A line of the head does not end with CR LF."};

Fault check_version(string_view version, Head& head) {
  if (version == "HTTP/1.1" || version == "HTTP/1.0") {
    head.http_1_1 = version.back() == '1';
    return std::nullopt;
  }
  const bool well_formed = version.size() == 8 && version.substr(0, 5) == "HTTP/" && is_digit(version[5]) && version[6] == '.' &&
                           is_digit(version[7]);
  // RFC 9110 section 15.6.6; HTTP/0.9 has no version at all and is a broken request line.
  return well_formed ? Refusal{505, "version_not_supported", "Only HTTP/1.1 and HTTP/1.0 are spoken here."} : bad_request_line;
}

// RFC 9110 section 9.3.8 lets a server refuse TRACE, which would echo credentials; CONNECT is for proxies.
Fault check_method(string_view method) {
  if (!is_token(method) || method.size() > 32) return bad_request_line;
  if (method == "TRACE" || method == "CONNECT") return Refusal{405, "method_not_allowed", "This method is never served here."};
  return std::nullopt;
}

// Takes scheme and authority off an absolute form (RFC 9112 section 3.2.2); the authority must then be Host's.
Fault take_authority(string_view& target, string_view& authority) {
  if (target.empty() || target.front() == '/') return std::nullopt;
  for (const string_view scheme : {"http://", "https://"}) {
    if (!equal_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
    target.remove_prefix(scheme.size());
    authority = target.substr(0, target.find_first_of("/?"));
    target.remove_prefix(authority.size());
    if (authority.empty()) break;
    return std::nullopt;
  }
  return Refusal{400, "bad_target", "The request target must begin with '/' or name a host."};
}

Fault check_target(string_view target, Head& head, string_view& authority) {
  const auto visible = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
  if (target.empty() || !std::all_of(target.begin(), target.end(), visible))
    return Refusal{400, "bad_target", "The request target has bytes that must be percent-encoded."};
  if (target == "*") {
    head.path = target;
    return head.method == "OPTIONS" ? std::nullopt : Fault(Refusal{400, "bad_target", "'*' is only for OPTIONS."});
  }
  if (auto fault = take_authority(target, authority)) return fault;
  const auto question = target.find('?');
  head.path = target.substr(0, question);
  if (head.path.empty()) head.path = "/";
  if (question != string_view::npos) head.query = target.substr(question + 1);
  return std::nullopt;
}

Fault check_request_line(string_view line, const HttpLimits& limits, Head& head, string_view& authority) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == string_view::npos || first == last) return bad_request_line;
  head.method = line.substr(0, first);
  const auto target = line.substr(first + 1, last - first - 1);
  if (target.size() > limits.max_target_bytes) return target_too_long;
  if (auto fault = check_version(line.substr(last + 1), head)) return fault;
  if (auto fault = check_method(head.method)) return fault;
  return check_target(target, head, authority);
}

}  // namespace

std::variant<Head, Refusal> check_head(string_view raw, const HttpLimits& limits) {
  Head head;
  HeaderRules rules(limits);
  string_view authority;
  bool first = true;
  while (true) {
    const auto end = raw.find("\r\n");
    if (end == string_view::npos) return bare_lf;
    const auto line = raw.substr(0, end);
    raw.remove_prefix(end + 2);
    if (line.empty() && !first) break;
    const auto fault = first ? check_request_line(line, limits, head, authority) : rules.line(line);
    if (fault) return *fault;
    first = false;
  }
  if (!raw.empty()) return Refusal{400, "bad_head", "There is more after the head's empty line."};
  if (const auto fault = rules.conclude(head, authority)) return *fault;
  return head;
}

HeadScanner::Result HeadScanner::scan(string_view bytes) {
  while (true) {
    const auto lf = bytes.substr(0, limits_.max_head_bytes).find('\n', scanned_);
    if (lf == string_view::npos) break;
    if (lf == 0 || bytes[lf - 1] != '\r') return bare_lf;
    const auto line = bytes.substr(line_begin_, lf - 1 - line_begin_);
    const bool first = line_begin_ == 0;
    scanned_ = line_begin_ = lf + 1;
    if (line.empty() && !first) return lf + 1;
    Head head;
    string_view authority;
    if (first)
      if (const auto fault = check_request_line(line, limits_, head, authority)) return *fault;
  }
  if (line_begin_ == 0 && bytes.size() > limits_.max_target_bytes + request_line_extra) return target_too_long;
  if (bytes.size() >= limits_.max_head_bytes) return head_too_large;
  scanned_ = bytes.size();
  return Incomplete{};
}

}  // namespace answerback::server
