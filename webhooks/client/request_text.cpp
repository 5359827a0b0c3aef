#include "webhooks/client/request_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/beast/core/string.hpp>
#include <string_view>

namespace answerback::webhooks::client {

namespace {

// RFC 9110 5.6.2.
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return c == '\t' || (byte >= 0x20 && byte != 0x7F);
}

// Framing is this client's own, and an answer that is never unpacked must not be packed.
bool is_ours(std::string_view name) {
  constexpr std::array<std::string_view, 8> ours = {"host",    "content-length", "transfer-encoding", "connection",
                                                    "upgrade", "te",             "trailer",           "accept-encoding"};
  return std::any_of(ours.begin(), ours.end(), [&](std::string_view each) { return boost::beast::iequals(name, each); });
}

bool may_be_written(const std::string& name, const std::string& value) {
  return is_token(name) && !is_ours(name) && std::all_of(value.begin(), value.end(), is_plain);
}

std::string host_field(const Url& url) {
  const bool usual = url.port == (url.https ? 443 : 80);
  const auto host = url.host.find(':') == std::string::npos ? url.host : '[' + url.host + ']';
  return usual ? host : fmt::format("{}:{}", host, url.port);
}

}  // namespace

std::optional<std::string> request_text(const HttpRequest& request, const Url& url) {
  if (!is_token(request.method)) return std::nullopt;
  auto text = fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", request.method, url.target, host_field(url));
  const bool carries_body = request.method != "GET" && request.method != "HEAD" && request.method != "DELETE";
  if (carries_body || !request.body.empty()) text += fmt::format("Content-Length: {}\r\n", request.body.size());
  for (const auto& [name, value] : request.headers) {
    if (!may_be_written(name, value)) return std::nullopt;
    text.append(name).append(": ").append(value).append("\r\n");
  }
  return text.append("\r\n").append(request.body);
}

std::string origin(const Url& url) { return (url.https ? "https://" : "http://") + host_field(url); }

}  // namespace answerback::webhooks::client
