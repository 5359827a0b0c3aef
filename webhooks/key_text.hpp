// Reads the keys that the outside sees: a prefix and a positive number, spelled in the one way that we write it.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace answerback::webhooks {

inline std::optional<std::int64_t> parse_key(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  if (text.empty() || text[0] < '1' || text[0] > '9') return std::nullopt;
  std::int64_t value = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace answerback::webhooks
