#include <algorithm>
#include <array>
#include <cmath>

#include "flows/text/number_text.hpp"
#include "flows/text/words.hpp"
#include "flows/understand/kinds.hpp"
#include "flows/understand/money_words.hpp"
#include "flows/understand/number_scan.hpp"

namespace answerback::flows {

namespace {

struct Amount {
  double value = 0;
  std::string_view currency{};  // none said: the question's
  std::size_t first = 0;        // tokens, both included
  std::size_t last = 0;
  bool sure = true;
  bool joined = false;          // "$20 or $30"
};

struct MoneyUnit {
  std::string_view currency{};
  std::size_t next = 0;
  bool cents = false;
  bool exact = false;  // names one country's money
};

class MoneyScanner {
 public:
  MoneyScanner(const TokenView& tokens, const ExpectMoney& expect, const NumberReader& numbers, const Lexed& words)
      : tokens_(tokens), expect_(expect), numbers_(numbers), words_(words) {}

  std::vector<Amount> run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const auto read = number_at(at);
      at = read.other_digits ? behind_row(read.next) : std::max(read.next, at + 1);
      if (!read.number) continue;
      auto amount = amount_of(*read.number);
      if (!amount) continue;
      at = std::max(at, amount->last + 1);
      if (!add_to_last(*amount)) found_.push_back(*amount);
    }
    keep_named();
    return found_;
  }

  bool has_range() const {
    return range_ || std::any_of(found_.begin(), found_.end(), [](const Amount& amount) { return amount.joined; });
  }

 private:
  // Digits that are no number, "20-30", "512-555-0142": goes on behind all of them.
  std::size_t behind_row(std::size_t at) {
    range_ = range_ || tokens_.is(at, "-") || tokens_.is(at, "~");
    while (tokens_.is_symbol(at) && tokens_.is_glued_digits(at + 1)) at += 2;
    return at;
  }

  // A number; "a" of "a dollar"
  NumberReader::Result number_at(std::size_t at) const {
    auto read = numbers_.read(at);
    const bool one = !read.number && numbers_.words().has(at, Role::article) && tokens_.is_word(at + 1) && unit_at(at + 1);
    return one ? NumberReader::Result{FoundNumber{1, at, at}, at + 1, false} : read;
  }

  std::optional<MoneyUnit> unit_at(std::size_t at) const {
    const bool is_joint = tokens_.is(at, "a") && !tokens_.is_glued(at + 1);  // "$2 a $3" is no Australian sum
    if (const auto exact = is_joint ? std::nullopt : words_.find(at, Role::currency)) return MoneyUnit{currency_code(exact->value), exact->next, false, true};
    if (const auto family = words_.find(at, Role::currency_kind)) {
      return MoneyUnit{settled_currency(currency_code(family->value), expect_.currency, tokens_.is(at, "$")), family->next, false, false};
    }
    const auto cents = words_.find(at, Role::cents);
    if (!cents) return std::nullopt;
    return MoneyUnit{cents->value < 0 ? std::string_view() : currency_code(cents->value), cents->next, true, false};
  }

  // The longest sign or name that ends right before `first`; gives its first token too.
  std::optional<std::pair<MoneyUnit, std::size_t>> unit_before(std::size_t first) const {
    constexpr std::size_t longest_phrase = 3;
    std::optional<std::pair<MoneyUnit, std::size_t>> found;
    for (std::size_t back = 1; back <= longest_phrase && back <= first; ++back) {
      const auto unit = unit_at(first - back);
      if (unit && unit->next == first && !unit->cents) found.emplace(*unit, first - back);
    }
    return found;
  }

  std::optional<Amount> amount_of(const FoundNumber& number) const {
    Amount amount{number.value, {}, number.first, number.last, number.sure};
    auto before_at = number.first;
    const bool inner_minus = before_at > 1 && tokens_.is(before_at - 1, "-") && tokens_.is_glued(before_at);  // "$-5"
    auto before = unit_before(inner_minus ? before_at - 1 : before_at);
    const bool of = tokens_.is(amount.last + 1, "de") || tokens_.is(amount.last + 1, "of");
    const auto after = unit_at(of ? amount.last + 2 : amount.last + 1);
    if (before && !is_own(before->second)) before.reset();
    if (before) {
      amount.first = before->second;
      amount.currency = before->first.currency;
      if (inner_minus || has_minus(amount.first)) amount.value = -std::abs(amount.value);
      if (has_minus(amount.first)) --amount.first;
    }
    if (after && (!before || after->exact)) {
      amount.currency = after->currency.empty() ? std::string_view(expect_.currency) : after->currency;
      amount.last = after->next - 1;
      if (after->cents) amount.value /= 100;
    }
    if (number.weak && amount.currency.empty()) return std::nullopt;
    if (is_bounded(tokens_, amount.first) || tokens_.is(amount.last + 1, "+")) amount.sure = false;
    return amount;
  }

  // A sign that the amount before has not used: "5 € 50".
  bool is_own(std::size_t unit_first) const { return found_.empty() || unit_first > found_.back().last; }

  bool has_minus(std::size_t first) const {
    return first > 0 && tokens_.is(first - 1, "-") && tokens_.is_glued(first) && !tokens_.is_glued(first - 1);
  }

  // "5 dollars and 50 cents", "5€50", "a buck fifty": hundredths behind a sum. Else notes what joins the two.
  bool add_to_last(Amount& amount) {
    if (found_.empty()) return false;
    auto& last = found_.back();
    auto joint = last.last + 1;
    const bool word = numbers_.words().has(joint, Role::joint) || tokens_.is(joint, "con");
    if (word) ++joint;
    const bool close = joint == amount.first;
    const bool cents = words_.has(amount.last, Role::cents);
    const double hundredths = cents ? amount.value : amount.value / 100;
    const bool two_digits = cents || (amount.currency.empty() && (tokens_.is_digits(amount.first, 2, 2) || !tokens_.is_digits(amount.first)));
    if (close && !last.currency.empty() && two_digits && hundredths > 0 && hundredths < 1 && last.value == std::floor(last.value)) {
      last.value += hundredths;
      last.last = amount.last;
      return true;
    }
    amount.joined = is_range(tokens_, last.first, last.last, amount.first);
    return false;
  }

  // Of "2 rooms at $50" only what is named as money is meant.
  void keep_named() {
    const bool named = std::any_of(found_.begin(), found_.end(), [](const Amount& amount) { return !amount.currency.empty(); });
    if (named && !has_range()) std::erase_if(found_, [](const Amount& amount) { return amount.currency.empty(); });
  }

  const TokenView& tokens_;
  const ExpectMoney& expect_;
  const NumberReader& numbers_;
  const Lexed& words_;
  std::vector<Amount> found_;
  bool range_ = false;
};

// Sums below zero are refused unless the question's bounds ask for them.
bool suits(const ExpectMoney& expect, double value) {
  if (!keeps_its_digits(value) || value < expect.min.value_or(0)) return false;
  return !expect.max || value <= *expect.max;
}

double to_cents(double value) {
  constexpr double largest = 1e13;
  return std::abs(value) < largest ? std::round(value * 100) / 100 : value;
}

std::optional<Amount> free_of_charge(const TokenView& tokens) {
  constexpr auto words = std::to_array<std::string_view>({"free", "nothing", "nada", "gratis", "gratuit", "rien", "none"});
  if (tokens.size() == 0 || tokens.size() > 2 || !is_one_of(tokens.word(0), words)) return std::nullopt;
  return Amount{0, {}, 0, 0, false};
}

Attempt attempt_money(const ExpectMoney& expect, const Reply& reply, const TokenView& tokens, MoneyScanner scanner) {
  auto amounts = scanner.run();
  if (scanner.has_range()) return {{}, true};
  if (const auto none = amounts.empty() ? free_of_charge(tokens) : std::nullopt) amounts.push_back(*none);
  if (amounts.empty()) return {};
  const auto& front = amounts.front();
  const auto same = [&](const Amount& amount) { return amount.value == front.value && amount.currency == front.currency; };
  const bool single = std::all_of(amounts.begin(), amounts.end(), same);
  if (!single) {
    std::erase_if(amounts, [&](const Amount& amount) { return !suits(expect, amount.value); });
    if (amounts.size() != 1) return {{}, true};
  }
  const auto& amount = amounts.front();
  if (!suits(expect, to_cents(amount.value))) return {{}, true};
  Money money{to_cents(amount.value), amount.currency.empty() ? expect.currency : std::string(amount.currency)};
  return {{std::move(money), single && amount.sure, reply.span_of(amount.first, amount.last)}, false};
}

}  // namespace

Understood understand_money(const ExpectMoney& expect, const Reply& reply, const ReplyContext& context) {
  const TokenView tokens(reply.tokens());
  const Lexed money(tokens, money_words(), false);
  return in_any_language(context, [&](Language language, bool foreign) {
    const NumberReader numbers(tokens, context, language, foreign, true);
    const bool idle = foreign && !numbers.words().knows_any();
    return idle ? Attempt{} : attempt_money(expect, reply, tokens, MoneyScanner(tokens, expect, numbers, money));
  });
}

}  // namespace answerback::flows
