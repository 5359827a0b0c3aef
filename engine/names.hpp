// Spelling of enums: one table per enum, in the order of its enumerators, read in both directions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace answerback::engine {

template <std::size_t count>
using Names = std::array<std::string_view, count>;

template <typename Enum, std::size_t count>
constexpr std::string_view name_of(const Names<count>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

template <typename Enum, std::size_t count>
constexpr std::optional<Enum> named(const Names<count>& names, std::string_view text) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names[i] == text) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace answerback::engine
