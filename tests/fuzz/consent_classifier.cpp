// Any bytes as a text: the class never depends on letter case of ASCII or on white space around, and what collides is a class.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "engine/keywords.hpp"

using namespace answerback::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4'096) return 0;
  const std::string text(data, data + size);
  std::string shouted = text;
  for (auto& c : shouted) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  for (const bool opted_out : {false, true}) {
    for (const auto* language : {"en", "es"}) {
      const KeywordContext context{opted_out, language};
      const auto keyword = classify(text, context);
      if (keyword.what != KeywordClass::none && (keyword.word.empty() || keyword.language.empty())) std::abort();
      if (classify(shouted, context).what != keyword.what) std::abort();
      // The limit counts the characters around it too.
      if (size < 400 && classify(" " + text + "\n", context).what != keyword.what) std::abort();
    }
  }
  collides(text);
  return 0;
}
