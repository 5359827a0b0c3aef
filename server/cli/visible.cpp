#include "server/cli/visible.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdint>

#include "flows/text/code_points.hpp"

namespace answerback::server {

namespace {

constexpr char32_t first_picture = 0x2400;  // of NUL; the others follow in their order (Unicode, Control Pictures)
constexpr char32_t picture_of_delete = 0x2421;

bool is_joiner(char32_t value) { return value == 0x200C || value == 0x200D; }  // parts of emoji and of words

// C1 controls, and format characters: bidi overrides and isolates, line separators, tags.
bool is_unseen(char32_t value) {
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(value));
  const bool is_format = category == UTF8PROC_CATEGORY_CF && !is_joiner(value);
  return is_format || category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP;
}

}  // namespace

std::string visible(std::string_view text, bool one_line) {
  std::string out;
  while (!text.empty()) {
    const auto point = flows::first_code_point(text);
    const auto bytes = text.substr(0, point.size);
    text.remove_prefix(point.size);
    if (point.value < 0x20 && (one_line || point.value != '\n')) {
      flows::append_utf8(first_picture + point.value, out);
    } else if (point.value == 0x7F) {
      flows::append_utf8(picture_of_delete, out);
    } else if (point.value != '\n' && is_unseen(point.value)) {
      out += fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(point.value));
    } else {
      point.valid ? static_cast<void>(out.append(bytes)) : flows::append_utf8(point.value, out);
    }
  }
  return out;
}

}  // namespace answerback::server
