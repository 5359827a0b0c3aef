#include "flows/understand/number_cardinal.hpp"

#include <limits>

namespace answerback::flows {

namespace {

constexpr double a_thousand = 1e3;
constexpr Roles counting = only(Role::unit) | only(Role::teen) | only(Role::ten) | only(Role::hundreds) | only(Role::hundred) | only(Role::big);
constexpr Roles counted_by_article = only(Role::hundred) | only(Role::big);

}  // namespace

std::size_t CardinalReader::skip_joint(std::size_t at) const {
  const auto joint = words_.find(tokens_.skip_hyphen(at), Role::joint);
  return joint ? tokens_.skip_hyphen(joint->next) : at;
}

// "dix-sept"; "diez y seis" as some write it
CardinalReader::Part CardinalReader::after_teen(Part teen) const {
  constexpr double first_composed = 6;
  if (teen.value != 10 || language_ == Language::en) return teen;
  const auto at = language_ == Language::fr ? tokens_.skip_hyphen(teen.next) : skip_joint(teen.next);
  const auto unit = at > teen.next || language_ == Language::fr ? words_.find(at, Role::unit) : std::nullopt;
  return unit && unit->value >= first_composed ? Part{10 + unit->value, unit->next} : teen;
}

// "twenty-one", "treinta y dos", "vingt et un", "soixante et onze", "quatre-vingt-dix"
CardinalReader::Part CardinalReader::after_ten(Part ten) const {
  auto at = tokens_.skip_hyphen(ten.next);
  if (language_ != Language::en) at = tokens_.skip_hyphen(words_.skip(at, Role::joint));
  const bool counts_on = language_ == Language::fr && (ten.value == 60 || ten.value == 80);
  if (const auto teen = counts_on ? words_.find(at, Role::teen) : std::nullopt) {
    const auto rest = after_teen({teen->value, teen->next});
    return {ten.value + rest.value, rest.next};
  }
  const auto unit = words_.find(at, Role::unit);
  return unit && unit->value > 0 ? Part{ten.value + unit->value, unit->next} : ten;
}

std::optional<CardinalReader::Part> CardinalReader::below_hundred(std::size_t at) const {
  if (const auto ten = words_.find(at, Role::ten)) return after_ten({ten->value, ten->next});
  if (const auto teen = words_.find(at, Role::teen)) return after_teen({teen->value, teen->next});
  const auto unit = words_.find(at, Role::unit);
  if (!unit) return std::nullopt;
  if (language_ == Language::fr && unit->value == 4) {
    const auto score = words_.find(tokens_.skip_hyphen(unit->next), Role::ten);
    if (score && score->value == 20) return after_ten({80, score->next});
  }
  return Part{unit->value, unit->next};
}

// "doscientos", "cent", "a hundred", "fifteen hundred", or what is below
std::optional<CardinalReader::Part> CardinalReader::first_hundred(std::size_t at) const {
  if (const auto whole = words_.find(at, Role::hundreds)) return Part{whole->value, whole->next};
  const auto bare = language_ == Language::en ? words_.skip(at, Role::article) : at;
  if (const auto one = words_.find(bare, Role::hundred); one && (language_ != Language::en || bare > at)) return Part{100, one->next};
  const auto count = below_hundred(at);
  if (!count || count->value < 1) return count;
  const auto many = words_.find(tokens_.skip_hyphen(count->next), Role::hundred);
  return many ? Part{count->value * 100, many->next} : count;
}

std::optional<CardinalReader::Part> CardinalReader::below_thousand(std::size_t at) const {
  const auto sum = first_hundred(at);
  if (!sum || sum->value < 100) return sum;
  auto next = tokens_.skip_hyphen(sum->next);
  if (language_ == Language::en) next = skip_joint(sum->next);
  const auto rest = below_hundred(next);
  return rest && rest->value > 0 ? Part{sum->value + rest->value, rest->next} : sum;
}

// "mil", "mille" need no one before them, "million" only behind thousands ("mil millones").
bool CardinalReader::may_lack_a_count(const Lexed::Match& big, bool thousands) const {
  return thousands ? big.value > a_thousand : language_ != Language::en && big.value == a_thousand;
}

// Each turn takes a smaller word of a thousand and more, so there are few.
std::optional<CardinalReader::Cardinal> CardinalReader::read(std::size_t at) const {
  const bool by_article = (words_.roles(at) & only(Role::article)) != 0 && (words_.roles(at + 1) & counted_by_article) != 0;
  if ((words_.roles(at) & counting) == 0 && !by_article) return std::nullopt;
  double total = 0;
  double thousands = 0;
  double last_big = std::numeric_limits<double>::infinity();
  Cardinal read{0, at, 1};
  for (;;) {
    auto here = tokens_.skip_hyphen(read.next);
    if (read.next > at && language_ != Language::es) here = skip_joint(read.next);
    if (read.next > at && tokens_.is(here, ",")) ++here;
    const auto group = below_thousand(here);
    const auto articled = group ? here : words_.skip(here, Role::article);
    const auto big = words_.find(group ? tokens_.skip_hyphen(group->next) : articled, Role::big);
    if (big && !group && articled == here && !may_lack_a_count(*big, thousands > 0)) break;
    if (!big && (!group || (read.next > at && group->value == 0))) break;
    if (!big) {
      read.next = group->next;
      total += group->value;
      break;
    }
    if (big->value >= last_big || (big->value < 1e5 && thousands > 0)) break;
    const double count = group ? group->value : thousands > 0 ? 0 : 1;
    if (big->value == a_thousand) {
      thousands = count * a_thousand;
    } else {
      total += (thousands + count) * big->value;
      thousands = 0;
    }
    last_big = big->value == a_thousand ? last_big : big->value;
    read.scale = big->value;
    read.next = big->next;
  }
  if (read.next == at) return std::nullopt;
  read.value = total + thousands;
  return read;
}

}  // namespace answerback::flows
