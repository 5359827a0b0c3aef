#include "flows/understand/date_words.hpp"

namespace answerback::flows {

const Vocabulary& date_words(Language language) {
  switch (language) {
    case Language::en: break;
    case Language::es: return spanish_date_words();
    case Language::fr: return french_date_words();
  }
  return english_date_words();
}

}  // namespace answerback::flows
