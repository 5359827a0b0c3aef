// Whole numbers in words: "two hundred and thirty-five thousand", "treinta y dos", "quatre-vingt-dix-sept".
#pragma once

#include "flows/understand/number_words.hpp"

namespace answerback::flows {

class CardinalReader {
 public:
  struct Part {
    double value = 0;
    std::size_t next = 0;
  };
  struct Cardinal {
    double value = 0;
    std::size_t next = 0;   // token behind it
    double scale = 1;       // of its last word of a thousand and more: "a million and a half"
  };

  CardinalReader(const TokenView& tokens, const Lexed& words, Language language) : tokens_(tokens), words_(words), language_(language) {}

  std::optional<Cardinal> read(std::size_t at) const;
  std::optional<Part> below_hundred(std::size_t at) const;
  std::size_t skip_joint(std::size_t at) const;  // "and", "y", "et", also between hyphens

 private:
  std::optional<Part> below_thousand(std::size_t at) const;
  std::optional<Part> first_hundred(std::size_t at) const;
  Part after_ten(Part ten) const;
  Part after_teen(Part teen) const;
  bool may_lack_a_count(const Lexed::Match& big, bool thousands) const;

  const TokenView& tokens_;
  const Lexed& words_;
  Language language_;
};

}  // namespace answerback::flows
