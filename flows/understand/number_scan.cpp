#include "flows/understand/number_scan.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "flows/understand/digits.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/number_words.hpp"
#include "flows/words.hpp"

namespace answerback::flows {

namespace {

using Role = NumberWord::Role;

class Scanner {
 public:
  Scanner(const Reply& reply, const ReplyContext& context) : reply_(reply), tokens_(reply.tokens()), context_(context) {}

  std::vector<FoundNumber> run() {
    while (at_ < tokens_.size() && valid_) step();
    if (!valid_) found_.clear();
    return std::move(found_);
  }

 private:
  std::string_view word(std::size_t at) const { return at < tokens_.size() ? std::string_view(tokens_[at].text) : std::string_view(); }
  std::optional<NumberWord> number_at(std::size_t at) const { return number_word(word(at), context_.language); }

  void step() {
    if (tokens_[at_].kind == Token::Kind::digits) {
      take_digits();
    } else if (!take_words()) {
      ++at_;
    }
  }

  void take_digits() {
    // "B52" and "x2" are names, not numbers; "+1" begins a phone number more often than a sum.
    const bool named = tokens_[at_].glued && at_ > 0 && tokens_[at_ - 1].kind == Token::Kind::word;
    const auto read = read_digits(reply_, at_, is_language(context_, "es") || is_language(context_, "fr"));
    valid_ = read.number.has_value();
    at_ = read.next;
    if (!valid_ || named) return;
    auto number = *read.number;
    take_multipliers(number);
    take_half(number);
    add(number);
  }

  // "2 million", "3 dozen", "1.5 thousand"
  void take_multipliers(FoundNumber& number) {
    for (auto next = number_at(at_); next && next->role == Role::multiplier; next = number_at(at_)) {
      number.value *= next->value;
      number.last = at_++;
    }
  }

  // "and a half", "and a quarter", "and three quarters"; "2 years and a half" too
  void take_half(FoundNumber& number) {
    const bool unit_between = word(at_ + 1) == "and" && word(at_ + 3) == "half" && tokens_[at_].kind == Token::Kind::word;
    if (unit_between) ++at_;
    if (word(at_) != "and" && word(at_) != "&") return;
    const std::size_t part = word(at_ + 1) == "a" || word(at_ + 1) == "one" || word(at_ + 1) == "three" ? at_ + 2 : at_ + 1;
    const bool half = word(part) == "half";
    const bool quarter = word(part) == "quarter" || word(part) == "quarters";
    if (!half && !quarter) return;
    const double quarters = word(at_ + 1) == "three" ? 3 : 1;
    number.value += half ? 0.5 : quarters / 4;
    number.last = part;
    at_ = part + 1;
  }

  bool take_words() {
    if (take_fraction() || take_one_and_a_half() || take_couple()) return true;
    const auto start = at_;
    const bool article = (word(at_) == "a" || word(at_) == "an") && number_at(at_ + 1) && number_at(at_ + 1)->role == Role::multiplier;
    const auto first = number_at(article ? at_ + 1 : at_);
    if (!first || (first->value == 1 && first->role == Role::unit && is_pointing())) return false;
    if (first->role == Role::multiplier && !article) return false;
    at_ += article ? 1 : 0;
    FoundNumber number{compose(article), start, at_ - 1, true};
    if (start > 0 && (word(start - 1) == "minus" || word(start - 1) == "negative")) {
      number.value = -number.value;
      number.first = start - 1;
    }
    take_half(number);
    add(number);
    return true;
  }

  // "a year and a half"
  bool take_one_and_a_half() {
    if (word(at_) != "a" || word(at_ + 2) != "and" || word(at_ + 3) != "a" || word(at_ + 4) != "half") return false;
    add({1.5, at_, at_ + 4, true});
    at_ += 5;
    return true;
  }

  // "half a dozen", "half", "three quarters"
  bool take_fraction() {
    if (word(at_) == "three" && word(at_ + 1) == "quarters") {
      add({0.75, at_, at_ + 1, true});
      at_ += 2;
      return true;
    }
    if (word(at_) != "half") return false;
    const auto start = at_;
    const bool dozen = word(at_ + 1) == "a" && number_at(at_ + 2) && number_at(at_ + 2)->role == Role::multiplier;
    const double value = dozen ? number_at(at_ + 2)->value / 2 : 0.5;
    at_ += dozen ? 3 : 1;
    add({value, start, at_ - 1, dozen});
    return true;
  }

  // "a couple" is two, more or less; "none" is zero when it is the whole reply.
  bool take_couple() {
    const bool couple = word(at_) == "couple";
    const bool none = tokens_.size() <= 2 && (word(at_) == "none" || word(at_) == "nothing");
    if (!couple && !none) return false;
    add({couple ? 2.0 : 0.0, at_, at_, false});
    ++at_;
    return true;
  }

  // "that one", "the old one": points at something instead of counting. "one of them" counts no better.
  bool is_pointing() const {
    constexpr auto pointers = std::to_array<std::string_view>({"the", "this", "that", "another", "which", "each", "no", "any", "every", "new", "old", "big",
                                                               "last", "first", "second", "next", "other", "good", "right", "wrong", "some", "small"});
    return (at_ > 0 && is_one_of(word(at_ - 1), pointers)) || (word(at_ + 1) == "of" && word(at_ + 2) != "");
  }

  // Reads a run of number words from at_: "two hundred and thirty-five thousand".
  double compose(bool article) {
    double total = 0;
    double group = article ? 1 : 0;
    auto last_role = Role::multiplier;
    double last_value = 0;
    for (;;) {
      const auto next = number_at(at_);
      if (!next || !can_follow(*next, last_role, last_value, group, article)) break;
      if (next->role == Role::multiplier) {
        group = (group > 0 ? group : 1) * next->value;
        if (next->value >= 1'000) total += std::exchange(group, 0.0);
      } else {
        group += next->value;
      }
      last_role = next->role;
      last_value = next->value;
      article = false;
      ++at_;
      skip_joint(last_role);
    }
    return total + group;
  }

  static bool can_follow(const NumberWord& next, Role last_role, double last_value, double group, bool article) {
    if (next.role == Role::multiplier) return article || group > 0 || last_value > 0;
    if (article) return false;
    if (last_role == Role::multiplier) return true;
    return last_role == Role::ten && next.role == Role::unit && next.value > 0 && next.value < 10;
  }

  // The hyphen of "twenty-one"; "and" of "one hundred and five", "y" of "treinta y dos", "et" of "vingt et un".
  void skip_joint(Role before) {
    const bool hyphen = word(at_) == "-" && tokens_[at_].glued;
    const bool joint = (word(at_) == "and" && before == Role::multiplier) || ((word(at_) == "y" || word(at_) == "et") && before == Role::ten);
    if (!hyphen && !joint) return;
    const auto next = number_at(at_ + 1);
    const bool fits = next && (before == Role::multiplier ? next->role != Role::multiplier : next->role == Role::unit && next->value < 10);
    if (fits) ++at_;
  }

  void add(FoundNumber number) {
    constexpr auto vague = std::to_array<std::string_view>({"over", "under", "than", "least", "most", "below", "above"});
    if (number.first > 0 && is_one_of(word(number.first - 1), vague)) number.sure = false;
    if (word(number.last + 1) == "+") number.sure = false;
    found_.push_back(number);
  }

  const Reply& reply_;
  const std::vector<Token>& tokens_;
  const ReplyContext& context_;
  std::vector<FoundNumber> found_;
  std::size_t at_ = 0;
  bool valid_ = true;
};

}  // namespace

std::vector<FoundNumber> scan_numbers(const Reply& reply, const ReplyContext& context) { return Scanner(reply, context).run(); }

}  // namespace answerback::flows
