#include <algorithm>
#include <optional>

#include "flows/text/letter_case.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/postcode_forms.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_pieces = 400;
constexpr std::size_t most_pieces_of_code = 3;  // "SW1A 1AA" sloppily: "SW 1A 1AA"

// Letters and digits without anything between them; bytes of the folded text.
struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

bool is_alphanumeric(char c) { return is_lower(c) || is_digit(c); }

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size() && pieces.size() < max_pieces;) {
    if (!is_alphanumeric(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && is_alphanumeric(text[end])) ++end;
    pieces.push_back({at, end});
    at = end;
  }
  return pieces;
}

struct FoundPostcode {
  Postcode postcode;
  Piece place;
  bool tidy = true;
};

class PostcodeReader {
 public:
  PostcodeReader(std::string_view text, std::string_view country)
      : text_(text),
        country_(country),
        shapes_(postcode_shapes(country)),
        digits_only_(country != "CA" && country != "GB"),
        pieces_(pieces_of(text)) {}

  std::vector<FoundPostcode> find() const {
    std::vector<FoundPostcode> found;
    for (std::size_t at = 0; at < pieces_.size();) {
      std::size_t taken = 0;
      for (auto count = std::min(most_pieces_of_code, pieces_.size() - at); count > 0 && taken == 0; --count) {
        auto code = code_of(at, count);
        if (!code) continue;
        found.push_back(std::move(*code));
        taken = count;
      }
      at += std::max<std::size_t>(taken, 1);
    }
    return found;
  }

 private:
  // Between the halves of a code: nothing but a space, a hyphen or a dot.
  bool are_joined(std::size_t piece) const {
    const auto gap = text_.substr(pieces_[piece].end, pieces_[piece + 1].begin - pieces_[piece].end);
    return gap == " " || gap == "-" || gap == " - " || gap == "- " || gap == " -" || gap == ".";
  }

  bool is_any_at(std::size_t at, std::string_view set) const { return at < text_.size() && set.find(text_[at]) != std::string_view::npos; }

  bool is_digit_at(std::size_t at) const { return at < text_.size() && is_digit(text_[at]); }

  bool is_beyond_at(std::size_t at) const { return at < text_.size() && static_cast<unsigned char>(text_[at]) >= 0x80; }

  // No amount ("$78701", "78,701"), and no word of other letters glued to it. Before the first byte, `before` is past the end.
  bool stands_free(const Piece& place) const {
    const auto before = place.begin - 1;
    if (is_any_at(before, "$+")) return false;
    if (is_any_at(place.end, ",.") && is_digit_at(place.end + 1)) return false;
    if (is_any_at(before, ",.") && place.begin > 1 && is_digit_at(before - 1)) return false;
    return digits_only_ || (!is_beyond_at(before) && !is_beyond_at(place.end));
  }

  // "tx78701", "f75008": the letters of a state or country may stand before digits.
  Piece without_letters(Piece piece) const {
    if (!digits_only_) return piece;
    auto begin = piece.begin;
    while (begin < piece.end && is_lower(text_[begin])) ++begin;
    auto end = piece.end;
    while (end > begin && is_lower(text_[end - 1])) --end;
    const bool slipped = piece.end - piece.begin == 5;  // "o7870" is a slip, "tx78701" is not
    return slipped ? piece : Piece{begin, end};
  }

  std::string joined(std::size_t first, std::size_t count) const {
    std::string text;
    for (auto i = first; i < first + count; ++i) {
      const auto piece = count == 1 ? without_letters(pieces_[i]) : pieces_[i];
      text.append(text_.substr(piece.begin, piece.end - piece.begin));
    }
    return text;
  }

  // The pieces meet where the country puts the joint.
  bool is_tidy(std::size_t first, std::size_t count, std::string_view shape) const {
    const auto joint = shape.find_first_of(" -");
    if (count == 1) return true;
    if (count > 2 || joint == std::string_view::npos) return false;
    return pieces_[first].end - pieces_[first].begin == joint;
  }

  std::optional<FoundPostcode> code_of(std::size_t first, std::size_t count) const {
    for (auto i = first; i + 1 < first + count; ++i) {
      if (!are_joined(i)) return std::nullopt;
    }
    const auto text = joined(first, count);
    const auto start = count == 1 ? without_letters(pieces_[first]) : pieces_[first];
    const Piece place{start.begin, count == 1 ? start.end : pieces_[first + count - 1].end};
    if (!stands_free(place)) return std::nullopt;
    for (const auto shape : shapes_) {
      auto postcode = postcode_of(text, shape, country_);
      if (!postcode) continue;
      const bool tidy = is_tidy(first, count, shape);
      // Words of a sentence pass for a code easily: three pieces, or halves that meet elsewhere, may not need slips too.
      if (!tidy && (postcode->slipped || !is_sloppy(first, count))) continue;
      return FoundPostcode{std::move(*postcode), place, tidy};
    }
    return std::nullopt;
  }

  // "28 013", "SW 1A 1AA": each piece has a digit, but for a leading pair of letters.
  bool is_sloppy(std::size_t first, std::size_t count) const {
    if (country_ == "US") return false;
    for (auto i = first; i < first + count; ++i) {
      const auto piece = text_.substr(pieces_[i].begin, pieces_[i].end - pieces_[i].begin);
      const bool area = i == first && piece.size() <= 2 && !digits_only_;
      if (!area && std::none_of(piece.begin(), piece.end(), is_digit)) return false;
    }
    return !digits_only_ || (count == 2 && pieces_[first].end - pieces_[first].begin == 2);
  }

  std::string_view text_;
  std::string_view country_;
  std::span<const std::string_view> shapes_;
  bool digits_only_;
  std::vector<Piece> pieces_;
};

}  // namespace

Understood understand_postcode(const ExpectPostcode& expect, const Reply& reply, const ReplyContext&) {
  const auto country = to_upper(expect.country);
  const auto found = PostcodeReader(reply.folded(), country).find();
  if (found.empty()) return {};
  // An address may begin with a house number of five digits; the postcode comes last.
  const auto& chosen = found.back();
  Understood understood{Value(chosen.postcode.code), !chosen.postcode.slipped && chosen.tidy, reply.span(chosen.place.begin, chosen.place.end), {}};
  for (const auto& other : found) {
    Value value(other.postcode.code);
    const bool known = value == *understood.value || std::find(understood.others.begin(), understood.others.end(), value) != understood.others.end();
    if (!known) understood.others.push_back(std::move(value));
  }
  if (!understood.others.empty()) understood.sure = false;
  return understood;
}

}  // namespace answerback::flows
