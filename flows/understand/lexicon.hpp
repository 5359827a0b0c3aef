// Words and phrases with the part that they play in a grammar, as data; and a reply's tokens looked up in such a table once,
// so that a grammar may ask again and again.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "flows/understand/token_view.hpp"

namespace answerback::flows {

enum class Role : unsigned char {
  // numbers
  unit, teen, ten, hundreds, hundred, big, collective, half, part, ordinal, article, couple, minus, point, oh, joint, time_unit,
  // dates
  month, weekday, neighbour, date_unit, which, which_after, of, the, ahead, ago, ago_before, since, until, from_now, edge, holiday, week_after,
  // times
  meridiem, day_part, o_clock, clock_word, half_hour, quarter_hour, past, to, at, now, minutes, clock_unit, bound, about,
  // money
  currency, cents, currency_kind,
};

// A set of roles, a bit each.
using Roles = std::uint64_t;
constexpr Roles only(Role role) { return Roles{1} << static_cast<unsigned>(role); }

struct Phrase {
  std::string_view words;  // folded, parted by one space; between two of them a reply may have a hyphen or a dot
  Role role;
  double value = 0;
};

// One grammar's phrases, found by their first word. Every reply looks all its words up, so this is a hash table.
class Vocabulary {
 public:
  explicit Vocabulary(std::vector<Phrase> phrases);

  struct Known {
    std::uint16_t first = 0;  // the phrases that begin with a word, `first` to before `last`
    std::uint16_t last = 0;
    Roles roles = 0;          // that one of them has
    bool misspelt = false;
  };
  Known find(std::string_view word, std::uint32_t hash) const;
  // The one name of a month, day or neighbour of today that the word is a slip of.
  Known find_misspelt(std::string_view word) const;
  const Phrase& operator[](std::size_t place) const { return phrases_[place]; }

 private:
  Known known(std::size_t first, std::size_t last) const;

  std::vector<Phrase> phrases_;      // by their words
  std::vector<Known> table_;         // by the hash of the first word; open addressing
  std::array<std::vector<std::uint16_t>, 26> names_;  // that may be misspelt, by their first letter
};

class Lexed {
 public:
  struct Match {
    double value = 0;
    std::size_t next = 0;  // token behind it
    bool sure = true;      // false: a slip of the hand
  };

  // A foreign vocabulary's short names do not count: "mar" and "sam" are other words elsewhere.
  Lexed(const TokenView& tokens, const Vocabulary& vocabulary, bool foreign);

  // The longest phrase of that role that begins at `at`.
  std::optional<Match> find(std::size_t at, Role role) const {
    return (roles(at) & only(role)) != 0 ? longest(at, role) : std::nullopt;
  }
  Roles roles(std::size_t at) const { return at < known_.size() ? known_[at].roles : Roles{0}; }  // of what may begin there
  bool has_somewhere(Roles wanted) const { return (all_roles_ & wanted) != 0; }
  std::size_t skip(std::size_t at, Role role) const {  // behind it when it is there
    const auto found = find(at, role);
    return found ? found->next : at;
  }
  bool has(std::size_t at, Role role) const { return find(at, role).has_value(); }
  bool knows(std::size_t at) const { return roles(at) != 0; }
  bool knows_any() const { return knows_any_; }  // word

 private:
  std::optional<Match> longest(std::size_t at, Role role) const;
  std::size_t end_of(std::string_view words, std::size_t at) const;

  const TokenView& tokens_;
  const Vocabulary& vocabulary_;
  bool foreign_;
  bool knows_any_ = false;
  Roles all_roles_ = 0;
  std::vector<Vocabulary::Known> known_;
};

}  // namespace answerback::flows
