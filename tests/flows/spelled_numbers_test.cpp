// ICU spells numbers out by the rules of each language (CLDR's RBNF); what it says must be understood as the same number.
#include <unicode/rbnf.h>

#include <catch2/catch.hpp>
#include <cstdint>

#include "flows/understand/understand.hpp"

namespace answerback::flows {
namespace {

class Speller {
 public:
  explicit Speller(const char* language) {
    UErrorCode status = U_ZERO_ERROR;
    rules_ = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, icu::Locale(language), status);
    REQUIRE(U_SUCCESS(status));
  }

  std::vector<std::string> rule_sets() const {
    std::vector<std::string> names;
    for (int32_t i = 0; i < rules_->getNumberOfRuleSetNames(); ++i) {
      std::string name;
      rules_->getRuleSetName(i).toUTF8String(name);
      const bool ordinal = name.find("ordinal") != std::string::npos || name.find("year") != std::string::npos;
      if (!ordinal && name != "%spellout-numbering-verbose") names.push_back(name);
    }
    return names;
  }

  std::string spell(std::int64_t number, const std::string& rule_set) const {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString spelled;
    icu::FieldPosition position;
    rules_->format(number, icu::UnicodeString::fromUTF8(rule_set), spelled, position, status);
    REQUIRE(U_SUCCESS(status));
    std::string text;
    return spelled.toUTF8String(text);
  }

 private:
  std::unique_ptr<icu::RuleBasedNumberFormat> rules_;
};

// xorshift64: the same numbers on every run
struct Sample {
  std::uint64_t state = 0x9E3779B97F4A7C15;
  std::int64_t next(std::int64_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::int64_t>(state % static_cast<std::uint64_t>(below));
  }
};

void check_spelled(const Speller& speller, const std::string& language, const std::string& rule_set, std::int64_t number) {
  const auto reply = speller.spell(number, rule_set);
  CAPTURE(language, rule_set, number, reply);
  ReplyContext context;
  context.language = language;
  const auto found = understand(ExpectNumber{}, reply, context);
  REQUIRE(found.value == Value(number));
}

TEST_CASE("every number that ICU spells out is understood as that number") {
  constexpr std::int64_t all_below = 2'001;
  for (const std::string language : {"en", "es", "fr", "fr-BE", "fr-CH"}) {
    const Speller speller(language.c_str());
    const auto rule_sets = speller.rule_sets();
    REQUIRE_FALSE(rule_sets.empty());
    for (const auto& rule_set : rule_sets) {
      Sample sample;
      for (std::int64_t number = 0; number < all_below; ++number) check_spelled(speller, language, rule_set, number);
      for (const std::int64_t below : {10'000, 1'000'000, 100'000'000, 1'000'000'000}) {
        for (int i = 0; i < 500; ++i) check_spelled(speller, language, rule_set, sample.next(below));
      }
    }
  }
}

}  // namespace
}  // namespace answerback::flows
