#include "webhooks/client/response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <string>
#include <utility>

#include "flows/letter_case.hpp"

namespace answerback::webhooks::client {

namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using Error = boost::system::error_code;
using Progress = ResponseReader::Progress;

constexpr std::uint32_t max_header_bytes = 16 * 1024;
constexpr std::size_t max_fields = 100;
constexpr int max_interim = 8;

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
    if (answer.headers.size() >= max_fields) error = http::error::header_limit;
    answer.headers.emplace_back(flows::to_lower_ascii(name), std::string(value));
  }

  void on_header_impl(Error& error) override {
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
  bool has_length_ = false;
  bool has_coding_ = false;
};

}  // namespace

struct ResponseReader::Impl {
  Impl(std::size_t max_body_bytes, bool without_body) : max_body(max_body_bytes), has_no_body(without_body) { renew(); }

  void renew() { parser.emplace(max_body, has_no_body); }
  Progress advance();
  Progress finish();

  std::size_t max_body;
  bool has_no_body;
  std::optional<Parser> parser;
  std::string pending;  // bytes that the parser has not taken yet
  int interim = 0;
  bool has_begun = false;
};

Progress ResponseReader::Impl::advance() {
  while (!pending.empty()) {
    Error error;
    const auto taken = parser->put(boost::asio::const_buffer(pending.data(), pending.size()), error);
    pending.erase(0, taken);
    if (parser->is_cut) return Progress::complete;
    if (error == http::error::need_more) return Progress::more;
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
  impl_->pending.append(bytes);
  return impl_->advance();
}

Progress ResponseReader::close() {
  if (!impl_->parser->got_some()) return Progress::broken;
  Error error;
  impl_->parser->put_eof(error);
  if (error || !impl_->parser->is_done()) return Progress::broken;
  return impl_->finish() == Progress::complete ? Progress::complete : Progress::broken;
}

bool ResponseReader::has_begun() const { return impl_->has_begun; }

bool ResponseReader::leaves_reusable() const {
  return !impl_->parser->is_cut && impl_->parser->is_done() && impl_->parser->keep_alive() && impl_->pending.empty();
}

HttpAnswer ResponseReader::take() { return std::move(impl_->parser->answer); }

}  // namespace answerback::webhooks::client
