#include "server/http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <optional>
#include <utility>

namespace answerback::server {
namespace {

namespace http = boost::beast::http;

// A chunk's size line with its extensions, or all trailers: whoever needs more of them is not a client of ours.
constexpr std::size_t max_chunk_line_bytes = 4 * 1024;
// What chunks of one byte each cost on the wire, per byte of body.
constexpr std::size_t max_chunk_overhead = 6;

// "0", CR LF, CR LF: a chunked body that is not complete has at least that much to come. Beast 1.81 asserts that it is shown
// no less in the middle of a last chunk, and an assertion must not be in the hands of whoever cuts the bytes.
constexpr std::size_t last_chunk_bytes = 5;

constexpr Refusal bad_body{400, "bad_chunk", "The chunked body is malformed."};
constexpr Refusal body_too_large{413, "body_too_large", "The body is too large."};

std::string lower(boost::beast::string_view name) {
  std::string text(name.data(), name.size());
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return text;
}

}  // namespace

struct RequestReader::Parser {
  std::optional<http::request_parser<http::string_body>> beast;
};

RequestReader::RequestReader(const HttpLimits& limits) : limits_(limits), scanner_(limits), parser_(std::make_unique<Parser>()) {}
RequestReader::~RequestReader() = default;

std::size_t RequestReader::feed(std::string_view bytes) {
  std::size_t used = 0;
  if (state_ == State::head) used = feed_head(bytes);
  if (state_ == State::body) used += feed_body(bytes.substr(used));
  return used;
}

std::size_t RequestReader::feed_head(std::string_view bytes) {
  // RFC 9112 section 2.2: old clients send one empty line too many after a body.
  if (!skipped_empty_line_ && bytes.substr(0, 2) == "\r\n") {
    skipped_empty_line_ = true;
    return 2 + feed_head(bytes.substr(2));
  }
  if (bytes == "\r") return 0;
  const auto found = scanner_.scan(bytes);
  if (const auto* refusal = std::get_if<Refusal>(&found)) refuse(*refusal);
  const auto* length = std::get_if<std::size_t>(&found);
  return length != nullptr && begin(bytes.substr(0, *length)) ? *length : 0;
}

bool RequestReader::begin(std::string_view raw) {
  const auto verdict = check_head(raw, limits_);
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
    refuse(*refusal);
    return false;
  }
  head_ = std::get<Head>(verdict);
  auto& parser = parser_->beast.emplace();
  parser.header_limit(static_cast<std::uint32_t>(limits_.max_head_bytes));
  parser.body_limit(limits_.max_body_bytes);
  boost::beast::error_code failure;
  const auto used = parser.put(boost::asio::const_buffer(raw.data(), raw.size()), failure);
  // Both readings of the head must agree, else one of them is wrong and the connection cannot be trusted.
  if (failure || used != raw.size() || !parser.is_header_done() || parser.chunked() != (head_.body == Head::Body::chunked) ||
      parser.content_length().value_or(0) != head_.content_length) {
    refuse({400, "bad_head", "The request's head is malformed."});
    return false;
  }
  request_.method = head_.method;
  request_.path = head_.path;
  request_.query = head_.query;
  // Now, because trailers would later be mixed in.
  for (const auto& field : parser.get())
    request_.headers.emplace_back(lower(field.name_string()), std::string(field.value().data(), field.value().size()));
  is_head_method_ = head_.method == "HEAD";
  head_.method = head_.path = head_.query = {};  // they pointed into `raw`
  max_body_bytes_ = limits_.max_body_bytes;
  body_wire_bytes_ = 0;
  parser.eager(true);
  state_ = parser.is_done() ? State::complete : State::body;
  return true;
}

std::size_t RequestReader::feed_body(std::string_view bytes) {
  auto& parser = *parser_->beast;
  boost::beast::error_code failure;
  std::size_t used = 0;
  const auto least = parser.chunked() ? last_chunk_bytes : 1;
  while (bytes.size() - used >= least && !parser.is_done()) {
    const auto rest = bytes.substr(used);
    const auto now = parser.put(boost::asio::const_buffer(rest.data(), rest.size()), failure);
    used += now;
    if (failure || now == 0) break;
  }
  body_wire_bytes_ += used;
  const bool is_too_large = parser.get().body().size() > max_body_bytes_;
  if (parser.is_done() && !is_too_large)
    state_ = State::complete;
  else if (is_too_large || failure == http::error::body_limit ||
           body_wire_bytes_ > max_chunk_overhead * max_body_bytes_ + max_chunk_line_bytes)
    refuse(body_too_large);
  else if ((failure && failure != http::error::need_more) || bytes.size() - used > max_chunk_line_bytes)
    refuse(bad_body);
  return used;
}

void RequestReader::limit_body(std::size_t bytes) {
  max_body_bytes_ = std::min(max_body_bytes_, bytes);
  if (head_.content_length > max_body_bytes_ || parser_->beast->get().body().size() > max_body_bytes_) refuse(body_too_large);
}

HttpRequest RequestReader::take() {
  request_.body = std::move(parser_->beast->get().body());
  HttpRequest request = std::exchange(request_, {});
  scanner_.reset();
  skipped_empty_line_ = false;
  state_ = State::head;
  return request;
}

void RequestReader::refuse(const Refusal& refusal) {
  refusal_ = refusal;
  state_ = State::refused;
}

}  // namespace answerback::server
