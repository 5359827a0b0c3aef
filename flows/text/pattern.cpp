#include "flows/text/pattern.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

namespace answerback::flows {

namespace {

constexpr std::int64_t max_memory_bytes = 1 << 20;

const re2::RE2& as_re2(const std::shared_ptr<const void>& compiled) { return *static_cast<const re2::RE2*>(compiled.get()); }

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Pattern::Pattern(std::string source, std::string* error) : source_(std::move(source)) {
  if (source_.size() > max_length) {
    if (error) *error = fmt::format("is longer than {} characters", max_length);
    return;
  }
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_memory_bytes);
  auto compiled = std::make_shared<const re2::RE2>(source_, options);
  if (compiled->ok()) {
    compiled_ = std::move(compiled);
  } else if (error) {
    *error = compiled->error();
  }
}

bool Pattern::matches_whole(std::string_view text) const {
  return compiled_ && re2::RE2::FullMatch(piece(text), as_re2(compiled_));
}

bool Pattern::finds_in(std::string_view text) const {
  return compiled_ && re2::RE2::PartialMatch(piece(text), as_re2(compiled_));
}

}  // namespace answerback::flows
