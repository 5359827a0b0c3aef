#include "flows/understand/language.hpp"

#include "flows/phone/region.hpp"

namespace answerback::flows {

std::array<Language, 3> languages_for(std::string_view tag) {
  const auto primary = primary_language(tag);
  if (primary == "es") return {Language::es, Language::en, Language::fr};
  if (primary == "fr") return {Language::fr, Language::en, Language::es};
  return {Language::en, Language::es, Language::fr};
}

}  // namespace answerback::flows
