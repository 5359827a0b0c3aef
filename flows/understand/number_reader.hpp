// Reads the number that begins at one place of a reply, in digits or in words of one language.
#pragma once

#include "flows/understand/number_cardinal.hpp"
#include "flows/understand/number_digits.hpp"

namespace answerback::flows {

struct FoundNumber {
  double value = 0;
  std::size_t first = 0;        // tokens, both included
  std::size_t last = 0;
  bool sure = true;             // false for "a couple", a comma that could be either, "5th"
  bool weak = false;            // an article or an ordinal: counts only when the reply has no better number
  std::optional<double> other{};  // what it could mean as well
};

class NumberReader {
 public:
  NumberReader(const TokenView& tokens, const ReplyContext& context, Language language, bool foreign, bool money = false);
  NumberReader(const NumberReader&) = delete;  // its parts know each other by place
  NumberReader& operator=(const NumberReader&) = delete;

  // Nothing when there is none; `is_number` false in `digits` when the digits there are something else.
  struct Result {
    std::optional<FoundNumber> number;
    std::size_t next = 0;
    bool other_digits = false;
  };
  Result read(std::size_t at) const;

  // A whole number for counting: 3, "three", "a", "a couple of"; no fraction, no sign.
  struct Count {
    double value = 0;
    std::size_t next = 0;
    bool sure = true;
  };
  std::optional<Count> count(std::size_t at) const;
  std::optional<Count> small(std::size_t at) const;    // 0 to 59, as of a clock: one or two digits or words
  std::optional<Count> ordinal(std::size_t at) const;  // "fifth", "twenty-first", "5th", "1er"
  const Lexed& words() const { return words_; }

 private:
  std::optional<FoundNumber> worded(std::size_t at) const;
  std::optional<FoundNumber> fraction(std::size_t at) const;
  std::optional<FoundNumber> couple(std::size_t at) const;
  std::optional<FoundNumber> cardinal(std::size_t at) const;
  std::optional<FoundNumber> collective(std::size_t at) const;
  std::optional<FoundNumber> bare_point(std::size_t at) const;
  std::optional<FoundNumber> pointing(std::size_t at) const;
  Result digits(std::size_t at) const;
  CardinalReader::Part share_behind(const Lexed::Match& point) const;
  void take_point(FoundNumber& number) const;
  double take_multipliers(FoundNumber& number) const;
  void take_year(FoundNumber& number) const;
  bool take_share(FoundNumber& number, double scale) const;
  bool is_article(std::size_t at) const;

  const TokenView& tokens_;
  Language language_;
  DigitStyle style_;
  bool spaces_;
  Lexed words_;
  CardinalReader cardinals_;
};

}  // namespace answerback::flows
