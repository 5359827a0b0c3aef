#include "flows/load/call_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "flows/load/names.hpp"
#include "flows/load/texts.hpp"
#include "flows/text/text.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// Those that frame the request or that the sender sets itself (RFC 9112 sections 3.2, 6, 9; RFC 9110 sections 7.6.1, 10.1.1).
constexpr std::array<std::string_view, 12> own_headers{"host",    "content-length", "connection", "transfer-encoding",
                                                       "te",      "trailer",        "upgrade",    "keep-alive",
                                                       "expect",  "proxy-connection", "proxy-authorization", "idempotency-key"};

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// RFC 9110 section 5.6.2: token.
bool is_token(std::string_view text) {
  const auto is_token_character = [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_host_character(char c) { return is_letter(c) || is_digit(c) || std::string_view("-._:[]").find(c) != std::string_view::npos; }

// What is wrong with the beginning of a URL, up to the end of its host; "" when nothing is.
std::string_view why_no_url(const Text& url) {
  const auto* literal = url.pieces.empty() ? nullptr : std::get_if<std::string>(&url.pieces.front());
  std::string_view rest = literal == nullptr ? std::string_view() : std::string_view(*literal);
  const bool secure = rest.starts_with("https://");
  if (!secure && !rest.starts_with("http://")) return "a URL begins with https:// or http://, no placeholder before it";
  rest.remove_prefix(secure ? 8 : 7);
  const auto end = rest.find_first_of("/?#");
  if (end == std::string_view::npos && url.pieces.size() > 1) return "no placeholder may stand in the host of a URL, end it with \"/\" first";
  const auto host = rest.substr(0, end);
  if (host.empty()) return "the URL names no host";
  if (host.find('@') != std::string_view::npos) return "a URL carries no password, send one as a header with a secret";
  return std::all_of(host.begin(), host.end(), is_host_character) ? "" : "the host of the URL is none";
}

bool has_bad_character(const Text& text, std::string_view also) {
  return std::any_of(text.pieces.begin(), text.pieces.end(), [&](const auto& piece) {
    const auto* literal = std::get_if<std::string>(&piece);
    if (literal == nullptr) return false;
    return std::any_of(literal->begin(), literal->end(), [&](char c) { return is_control(c) || also.find(c) != std::string_view::npos; });
  });
}

void read_secret(Loading& loading, const Part& part, CallHeader& header) {
  Fields fields(part.json, part.pointer, loading.report);
  header.secret = fields.required_string("secret");
  if (fields.has("secret") && !is_reason(header.secret)) {
    fields.error("secret", "bad_name", fmt::format("\"{}\" is no secret's name, use 1 to 64 of a-z, 0-9 and _", header.secret));
  }
  fields.done();
}

CallHeader read_header_value(Loading& loading, const Part& part, const std::string& name) {
  CallHeader header{name, {}, ""};
  if (part.json.kind == Json::Kind::object) {
    read_secret(loading, part, header);
  } else if (part.json.kind != Json::Kind::string) {
    loading.wrong_type(part, "a text or {\"secret\": \"NAME\"}");
  } else if (count_characters(part.json.string) > loading.limits.max_header_characters) {
    loading.error(part, "limit", fmt::format("a header of more than {} characters", loading.limits.max_header_characters));
  } else {
    header.value = read_value_text(loading, part);
    if (has_bad_character(header.value, "")) loading.error(part, "call_header", "a header is one line without control characters");
  }
  return header;
}

std::string lowered(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; });
  return lower;
}

std::string why_no_header(const std::string& name, std::set<std::string>& seen) {
  if (!is_token(name)) return fmt::format("\"{}\" is no header's name", name);
  if (is_one_of(lowered(name), own_headers)) return fmt::format("\"{}\" is set by what sends the request", name);
  return seen.insert(lowered(name)).second ? "" : fmt::format("\"{}\" stands here already, whatever the case of its letters", name);
}

}  // namespace

void read_url(Loading& loading, Fields& request, Call& call) {
  const auto* json = request.any("url");
  if (json == nullptr) return request.missing("url");
  const Part part{*json, request.pointer_to("url")};
  if (json->kind != Json::Kind::string) return loading.wrong_type(part, "a text");
  if (count_characters(json->string) > loading.limits.max_url_characters) {
    return loading.error(part, "limit", fmt::format("a URL of more than {} characters", loading.limits.max_url_characters));
  }
  call.url = read_value_text(loading, part);
  const auto why = why_no_url(call.url);
  if (!why.empty()) {
    loading.error(part, "call_url", std::string(why));
  } else if (has_bad_character(call.url, " ")) {
    loading.error(part, "call_url", "a URL has no blanks, write %20");
  }
}

void read_headers(Loading& loading, Fields& request, Call& call) {
  const auto* json = request.object("headers");
  if (json == nullptr) return;
  const Part list{*json, request.pointer_to("headers")};
  if (!loading.within(list, json->members.size(), loading.limits.max_headers, "headers")) return;
  std::set<std::string> seen;
  for (const auto& member : json->members) {
    const auto part = list.member(member);
    auto why = why_no_header(member.key, seen);
    if (!why.empty()) loading.report.error("call_header", std::move(why), part.pointer, member.key_at);
    call.headers.push_back(read_header_value(loading, part, member.key));
  }
}

}  // namespace answerback::flows
