#include "webhooks/client/response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <string>
#include <utility>

#include "flows/text/letter_case.hpp"

namespace answerback::webhooks::client {

namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using Error = boost::system::error_code;
using Progress = ResponseReader::Progress;

constexpr std::uint32_t max_header_bytes = 16 * 1024;
constexpr std::size_t max_fields = 100;
constexpr int max_interim = 8;
// What the parser may leave untaken while it waits for the rest: a head, a chunk's size line with its extensions, all trailers.
// Beast bounds the first only.
constexpr std::size_t max_pending_bytes = 16 * 1024;
// On the wire for a body of `n` bytes: chunks of one byte each take six per byte, and some extensions may come with them.
constexpr std::size_t wire_bytes_per_body_byte = 16;
constexpr std::size_t spare_wire_bytes = 64 * 1024;
// Beast 1.81 asserts that it is shown no less of a last chunk: "0", CR LF, CR LF.
constexpr std::size_t last_chunk_bytes = 5;
constexpr std::size_t status_code_end = std::string_view("HTTP/1.1 200").size();

bool is_plain_reason(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) || c == '\t'; });
}

class Parser : public http::basic_parser<false> {
 public:
  Parser(std::size_t max_body, bool has_no_body) : max_body_(max_body) {
    eager(true);
    skip(has_no_body);
    header_limit(max_header_bytes);
    body_limit(boost::none);
  }

  HttpAnswer answer;
  bool is_cut = false;

 private:
  void on_request_impl(http::verb, string_view, string_view, int, Error&) override {}

  void on_response_impl(int code, string_view, int, Error& error) override {
    answer.status = code;
    // 101 was never asked for.
    if (code < 100 || code > 599 || code == 101) error = http::error::bad_status;
  }

  void on_field_impl(http::field field, string_view name, string_view value, Error& error) override {
    has_length_ = has_length_ || field == http::field::content_length;
    has_coding_ = has_coding_ || field == http::field::transfer_encoding;
    if (++fields_ > max_fields) error = http::error::header_limit;
    // Trailers come by here too; RFC 9110 6.5.1: they are not merged into the header.
    if (!is_header_over_) answer.headers.emplace_back(flows::to_lower_ascii(name), std::string(value));
  }

  void on_header_impl(Error& error) override {
    is_header_over_ = true;
    // RFC 9112 6.3: both together are an attempt at smuggling, or an error that looks like one.
    if (has_length_ && has_coding_) error = http::error::bad_transfer_encoding;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, Error&) override {}
  void on_chunk_header_impl(std::uint64_t, string_view, Error&) override {}
  void on_finish_impl(Error&) override {}

  std::size_t on_body_impl(string_view bytes, Error& error) override { return keep(bytes, error); }
  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, Error& error) override { return keep(bytes, error); }

  std::size_t keep(string_view bytes, Error& error) {
    const auto room = max_body_ - answer.body.size();
    answer.body.append(bytes.data(), std::min(room, bytes.size()));
    if (bytes.size() > room) {
      is_cut = true;
      error = http::error::body_limit;
    }
    return bytes.size();
  }

  std::size_t max_body_;
  std::size_t fields_ = 0;
  bool is_header_over_ = false;
  bool has_length_ = false;
  bool has_coding_ = false;
};

}  // namespace

struct ResponseReader::Impl {
  Impl(std::size_t max_body_bytes, bool without_body) : max_body(max_body_bytes), has_no_body(without_body) { renew(); }

  void renew() {
    parser.emplace(max_body, has_no_body);
    has_status_line = false;
  }
  Progress advance();
  Progress take_status_line();
  bool may_be_cut_last_chunk() const;
  Progress finish();

  std::size_t max_body;
  bool has_no_body;
  std::optional<Parser> parser;
  std::string pending;  // bytes that the parser has not taken yet
  std::size_t wire_bytes = 0;
  int interim = 0;
  bool has_begun = false;
  bool has_status_line = false;
};

// The reason is for nobody. Some servers leave it out together with the space that RFC 9112 4 wants before it, some write it in
// letters that Beast does not take; so a plain one is taken away.
Progress ResponseReader::Impl::take_status_line() {
  const auto end = pending.find("\r\n");
  if (end == std::string::npos) return pending.size() > max_pending_bytes ? Progress::broken : Progress::more;
  has_status_line = true;
  const auto line = std::string_view(pending).substr(0, end);
  const bool has_code = line.starts_with("HTTP/1.") && line.size() >= status_code_end;
  if (has_code && (line.size() == status_code_end || line[status_code_end] == ' ') && is_plain_reason(line.substr(status_code_end)))
    pending.replace(status_code_end, end - status_code_end, " ");
  return Progress::complete;
}

bool ResponseReader::Impl::may_be_cut_last_chunk() const {
  return parser->is_header_done() && parser->chunked() && pending.size() < last_chunk_bytes && pending.front() == '0';
}

Progress ResponseReader::Impl::advance() {
  while (!pending.empty()) {
    if (!has_status_line) {
      if (const auto line = take_status_line(); line != Progress::complete) return line;
    }
    if (may_be_cut_last_chunk()) return Progress::more;
    Error error;
    const auto taken = parser->put(boost::asio::const_buffer(pending.data(), pending.size()), error);
    pending.erase(0, taken);
    if (parser->is_cut) return Progress::complete;
    if (error == http::error::need_more) return pending.size() > max_pending_bytes ? Progress::broken : Progress::more;
    if (error) return Progress::broken;
    if (!parser->is_done()) continue;
    if (const auto last = finish(); last != Progress::more) return last;
  }
  return Progress::more;
}

// RFC 9110 15.2: interim responses may come first.
Progress ResponseReader::Impl::finish() {
  if (parser->answer.status >= 200) return Progress::complete;
  if (++interim > max_interim) return Progress::broken;
  renew();
  return Progress::more;
}

ResponseReader::ResponseReader(std::size_t max_body_bytes, bool has_no_body)
    : impl_(std::make_unique<Impl>(max_body_bytes, has_no_body)) {}

ResponseReader::~ResponseReader() = default;

Progress ResponseReader::feed(std::string_view bytes) {
  impl_->has_begun = impl_->has_begun || !bytes.empty();
  impl_->wire_bytes += bytes.size();
  impl_->pending.append(bytes);
  const auto progress = impl_->advance();
  const bool is_endless = impl_->wire_bytes > spare_wire_bytes + wire_bytes_per_body_byte * impl_->max_body;
  return progress == Progress::more && is_endless ? Progress::broken : progress;
}

Progress ResponseReader::close() {
  if (!impl_->parser->got_some()) return Progress::broken;
  Error error;
  impl_->parser->put_eof(error);
  if (error || !impl_->parser->is_done()) return Progress::broken;
  return impl_->finish() == Progress::complete ? Progress::complete : Progress::broken;
}

bool ResponseReader::has_begun() const { return impl_->has_begun; }

int ResponseReader::status() const {
  const auto& parser = *impl_->parser;
  return parser.is_header_done() && parser.answer.status >= 200 ? parser.answer.status : 0;
}

bool ResponseReader::leaves_reusable() const {
  return !impl_->parser->is_cut && impl_->parser->is_done() && impl_->parser->keep_alive() && impl_->pending.empty();
}

HttpAnswer ResponseReader::take() { return std::move(impl_->parser->answer); }

}  // namespace answerback::webhooks::client
