#include "flows/text/code_points.hpp"

#include <utf8proc.h>

#include <array>

namespace answerback::flows {

namespace {

constexpr char32_t replacement = 0xFFFD;

const utf8proc_uint8_t* bytes(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

}  // namespace

CodePoint first_of_several_bytes(std::string_view text) {
  utf8proc_int32_t value = 0;
  const auto size = utf8proc_iterate(bytes(text), static_cast<utf8proc_ssize_t>(text.size()), &value);
  if (size <= 0) return {replacement, 1, false};
  return {static_cast<char32_t>(value), static_cast<std::size_t>(size), true};
}

void append_utf8(char32_t value, std::string& out) {
  if (value < 0x80) {
    out.push_back(static_cast<char>(value));
    return;
  }
  std::array<utf8proc_uint8_t, 4> encoded{};
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(value), encoded.data());
  for (utf8proc_ssize_t i = 0; i < size; ++i) out.push_back(static_cast<char>(encoded[static_cast<std::size_t>(i)]));
}

bool is_space(char32_t value) {
  if (value < 0x80) return value == U' ' || (value >= 0x09 && value <= 0x0D);
  if (value == 0x85) return true;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

bool is_foreign_word_character(char32_t value) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

std::string_view first_characters(std::string_view text, std::size_t characters) {
  if (text.size() <= characters) return text;
  std::size_t at = 0;
  for (std::size_t i = 0; i < characters && at < text.size(); ++i) at += first_code_point(text.substr(at)).size;
  return text.substr(0, at);
}

}  // namespace answerback::flows
