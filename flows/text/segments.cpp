#include "flows/text/segments.hpp"

#include "flows/text/code_points.hpp"

namespace answerback::flows {

namespace {

// 3GPP 23.038 section 6.2.1: the default alphabet and, costing two septets each, its extension table.
constexpr std::string_view basic =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::string_view extension = "\f^{}\\[~]|€";

constexpr std::size_t gsm7_single = 160, gsm7_part = 153;  // a part loses 7 septets to the header that joins them
constexpr std::size_t ucs2_single = 70, ucs2_part = 67;

// 0 when the character is not in GSM-7.
std::size_t septets(std::string_view character) {
  if (basic.find(character) != std::string_view::npos) return 1;
  return extension.find(character) != std::string_view::npos ? 2 : 0;
}

std::size_t utf16_units(const CodePoint& character) { return character.value > 0xFFFF ? 2 : 1; }

// Fills segments one character after the other; a character of two units moves on whole.
class Packer {
 public:
  Packer(std::size_t single, std::size_t part) : single_(single), part_(part) {}
  void add(std::size_t units) {
    total_ += units;
    if (used_ + units > part_) {
      ++parts_;
      used_ = 0;
    }
    used_ += units;
  }
  std::size_t total() const { return total_; }
  std::size_t count() const { return total_ <= single_ ? 1 : parts_; }

 private:
  std::size_t single_, part_;
  std::size_t total_ = 0, used_ = 0, parts_ = 1;
};

template <class Visit>
void for_each_character(std::string_view text, Visit visit) {
  for (std::size_t at = 0; at < text.size();) {
    const auto character = first_code_point(text.substr(at));
    if (!visit(character, text.substr(at, character.size))) return;
    at += character.size;
  }
}

}  // namespace

Segments count_segments(std::string_view utf8) {
  Segments segments;
  Packer gsm7(gsm7_single, gsm7_part);
  for_each_character(utf8, [&](const CodePoint& decoded, std::string_view character) {
    const auto units = decoded.valid ? septets(character) : 0;
    if (units == 0) segments.first_ucs2 = character;
    gsm7.add(units);
    return units > 0;
  });
  if (segments.first_ucs2.empty()) {
    segments.count = gsm7.count();
    segments.units = gsm7.total();
    return segments;
  }
  Packer ucs2(ucs2_single, ucs2_part);
  for_each_character(utf8, [&](const CodePoint& character, std::string_view) {
    ucs2.add(utf16_units(character));
    return true;
  });
  segments.encoding = Segments::Encoding::ucs2;
  segments.count = ucs2.count();
  segments.units = ucs2.total();
  return segments;
}

}  // namespace answerback::flows
