// The words that the flow format itself knows, and the spelling that it demands of the words an author makes up.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace answerback::flows {

inline constexpr std::size_t max_name_length = 64;
inline constexpr std::size_t max_name_parts = 4;

bool is_flow_name(std::string_view text);  // [a-z0-9-]{1,64}
bool is_name(std::string_view text);       // of a step, an answer, a field: [A-Za-z0-9_-]{1,64}
bool is_answer_name(std::string_view text);  // the same, or up to four of them with dots between: "visit.zip" of a `run` as visit
bool is_reason(std::string_view text);     // [a-z0-9_]{1,64}; of a secret too
bool is_language(std::string_view text);   // "en", "es-MX": RFC 5646's language and region

const std::vector<std::string>& verbs();              // outcomes not among them
const std::vector<std::string>& outcome_words();      // complete, bail, discard
const std::vector<std::string>& expect_kinds();
const std::vector<std::string>& field_types();        // of contact fields, in the order of FieldType behind `any`
const std::vector<std::string>& contact_fields();     // that every contact has

}  // namespace answerback::flows
