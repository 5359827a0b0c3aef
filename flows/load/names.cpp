#include "flows/load/names.hpp"

#include <algorithm>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

template <typename Allowed>
bool consists_of(std::string_view text, Allowed allowed) {
  return !text.empty() && text.size() <= max_name_length && std::all_of(text.begin(), text.end(), allowed);
}

}  // namespace

bool is_flow_name(std::string_view text) {
  return consists_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_name(std::string_view text) {
  return consists_of(text, [](char c) { return is_lower(c) || is_upper(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool is_answer_name(std::string_view text) {
  for (std::size_t parts = 1; parts <= max_name_parts; ++parts) {
    const auto dot = text.find('.');
    if (!is_name(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
  return false;
}

bool is_reason(std::string_view text) {
  return consists_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_language(std::string_view text) {
  const auto language = text.substr(0, text.find('-'));
  const auto region = text.substr(std::min(text.size(), language.size() + 1));
  const bool has_region = language.size() != text.size();
  const bool language_ok = (language.size() == 2 || language.size() == 3) && std::all_of(language.begin(), language.end(), is_lower);
  return language_ok && (!has_region || (region.size() == 2 && std::all_of(region.begin(), region.end(), is_upper)));
}

const std::vector<std::string>& verbs() {
  static const std::vector<std::string> words{"say", "ask", "route", "set", "call", "run", "wait", "split"};
  return words;
}

const std::vector<std::string>& outcome_words() {
  static const std::vector<std::string> words{"complete", "bail", "discard"};
  return words;
}

const std::vector<std::string>& expect_kinds() {
  static const std::vector<std::string> words{"text",     "yes_no", "choice", "number", "email",    "phone", "postcode",
                                              "date",     "money",  "time",   "datetime", "name",   "media"};
  return words;
}

const std::vector<std::string>& field_types() {
  static const std::vector<std::string> words{"text", "number", "boolean", "date", "time", "datetime", "phone", "email"};
  return words;
}

const std::vector<std::string>& contact_fields() {
  static const std::vector<std::string> words{"first_name", "last_name", "name",     "email",    "phone",   "state",   "city", "zip",
                                              "postcode",   "country",   "language", "timezone", "company", "address",
                                              "external_id", "source"};
  return words;
}

}  // namespace answerback::flows
