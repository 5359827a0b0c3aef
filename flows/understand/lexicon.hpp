// Words and phrases with the part that they play in a grammar, as data; and a reply's tokens looked up in such a lexicon once,
// so that a grammar may ask again and again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "flows/understand/token_view.hpp"

namespace answerback::flows {

enum class Role : unsigned char {
  // numbers
  unit, teen, ten, hundreds, hundred, big, collective, half, part, ordinal, article, couple, minus, point, oh, joint, time_unit,
  // dates
  month, weekday, neighbour, date_unit, which, which_after, of, the, ahead, ago, ago_before, since, from_now, edge, holiday, week_after,
  // times
  meridiem, day_part, o_clock, clock_word, half_hour, quarter_hour, past, to, at, now, minutes, clock_unit, bound, about,
  // money
  currency, cents, currency_kind,
};

struct Phrase {
  std::string_view words;  // folded, parted by one space; between two of them a reply may have a hyphen or a dot
  Role role;
  double value = 0;
};

// Sorts the phrases by their words.
std::vector<Phrase> make_lexicon(std::vector<Phrase> phrases);

class Lexed {
 public:
  struct Match {
    double value = 0;
    std::size_t next = 0;  // token behind it
    bool sure = true;      // false: a slip of the hand
  };

  // A foreign lexicon's short names do not count: "mar" and "sam" are other words elsewhere.
  Lexed(const TokenView& tokens, std::span<const Phrase> lexicon, bool foreign);

  // The longest phrase of that role that begins at `at`.
  std::optional<Match> find(std::size_t at, Role role) const;
  std::size_t skip(std::size_t at, Role role) const;  // behind it when it is there
  bool has(std::size_t at, Role role) const { return find(at, role).has_value(); }

 private:
  struct Known {
    std::uint16_t first = 0;  // the phrases that begin with the token
    std::uint16_t last = 0;
    bool misspelt = false;
  };
  std::size_t end_of(std::string_view words, std::size_t at) const;
  Known look_up(std::size_t at) const;
  Known look_up_misspelt(std::size_t at) const;

  TokenView tokens_;
  std::span<const Phrase> lexicon_;
  bool foreign_;
  std::vector<Known> known_;
};

}  // namespace answerback::flows
