#include "engine/decide/sayings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/phone/phone.hpp"
#include "flows/text/spoken_values.hpp"
#include "flows/text/text.hpp"
#include "flows/text/text_filters.hpp"
#include "flows/understand/choice_forms.hpp"

namespace answerback::engine {

namespace {

struct Sayings {
  std::string_view language, read_back, offer, either, noted;
};

constexpr std::array<Sayings, 3> sayings{
    {{"en", "I have {}. Is that right? Reply yes or no.", "Do you mean {}?", " or ", "Got it: {}."},
     {"es", "Tengo {}. ¿Es correcto? Responda si o no.", "¿Quiere decir {}?", " o ", "Anotado: {}."},
     {"fr", "J'ai noté {}. Est-ce exact ? Répondez oui ou non.", "Voulez-vous dire {} ?", " ou ", "C'est noté : {}."}}};

const Sayings& in(std::string_view language) {
  const auto base = language.substr(0, language.find_first_of("-_"));
  const auto found = std::find_if(sayings.begin(), sayings.end(), [&](const Sayings& one) { return one.language == base; });
  return found == sayings.end() ? sayings.front() : *found;
}

std::string fill(std::string_view pattern, std::string_view value) { return fmt::format(fmt::runtime(pattern), value); }

struct Asked {
  std::string_view wish, language;
};

constexpr std::array<Asked, 16> wishes{{{"english", "en"},      {"in english", "en"}, {"ingles", "en"},           {"en ingles", "en"},
                                        {"anglais", "en"},      {"en anglais", "en"}, {"spanish", "es"},          {"in spanish", "es"},
                                        {"espanol", "es"},      {"en espanol", "es"}, {"hablas espanol", "es"},   {"habla espanol", "es"},
                                        {"french", "fr"},       {"in french", "fr"},  {"francais", "fr"},         {"en francais", "fr"}}};
constexpr std::array<std::string_view, 5> manners{" please", " por favor", " svp", " s'il vous plait", " pls"};

std::string spoken_choice(const flows::ExpectChoice& choice, std::string key, std::string_view language) {
  const auto found = std::find_if(choice.choices.begin(), choice.choices.end(), [&](const auto& one) { return one.key == key; });
  return found != choice.choices.end() ? flows::spoken_choice(*found, language) : flows::without_underscores(std::move(key));
}

std::string spoken_as(const flows::Value& value, const flows::Expect& expect, std::string_view language, flows::DateStyle style) {
  if (const auto* money = std::get_if<flows::Money>(&value)) return flows::speak_money(fmt::format("{}", money->amount), money->currency, language);
  if (const auto* range = std::get_if<flows::Range>(&value)) {
    return flows::speak_range(*range, [&](const flows::Value& end) { return spoken_as(end, expect, language, style); }, language);
  }
  auto text = flows::to_text(value);
  const auto kind = flows::kind_name(expect);
  if (kind == "date") return flows::speak_date(text, language, style);
  if (kind == "time") return flows::speak_time(text, language);
  if (kind == "datetime") return fmt::format("{}, {}", flows::speak_date(text, language, style), flows::speak_time(text, language));
  if (kind == "phone") return flows::format_phone(text);
  if (const auto* choice = std::get_if<flows::ExpectChoice>(&expect)) return spoken_choice(*choice, std::move(text), language);
  return text;
}

}  // namespace

std::string spoken(const flows::Value& value, const flows::Expect& expect, std::string_view language) {
  return spoken_as(value, expect, language, flows::DateStyle::usual);
}

std::string spoken_in_full(const flows::Value& value, const flows::Expect& expect, std::string_view language) {
  return spoken_as(value, expect, language, flows::DateStyle::full);
}

std::string read_back(std::string_view value, std::string_view language) { return fill(in(language).read_back, value); }

std::string offer(const std::vector<std::string>& values, std::string_view language) {
  std::string list;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) list += i + 1 == values.size() ? in(language).either : std::string_view(", ");
    list += fmt::format("{}) {}", i + 1, values[i]);
  }
  return fill(in(language).offer, list);
}

std::string noted(const std::vector<std::string>& facts, std::string_view language) {
  return fill(in(language).noted, fmt::format("{}", fmt::join(facts, ", ")));
}

std::string_view requested_language(std::string_view reply) {
  constexpr std::size_t longest_wish_bytes = 60;
  if (reply.size() > longest_wish_bytes) return "";
  auto words = flows::fold_words(reply);
  for (const auto polite : manners) {
    if (words.ends_with(polite)) words.erase(words.size() - polite.size());
  }
  const auto found = std::find_if(wishes.begin(), wishes.end(), [&](const Asked& one) { return one.wish == words; });
  return found == wishes.end() ? std::string_view() : found->language;
}

}  // namespace answerback::engine
