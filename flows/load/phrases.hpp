// Words that people type, as an author lists them: keywords, synonyms, phrases. Compared folded, kept as written.
#pragma once

#include "flows/load/loading.hpp"
#include "flows/cue.hpp"

namespace answerback::flows {

struct WrittenPhrase {
  Cue phrase;
  Part part;
};

// A list of texts, or lists by language; `what` names them when there are too many.
std::vector<WrittenPhrase> read_phrases(Loading& loading, const Part& part, std::size_t max, std::string_view what);

// Reports what consent rules take before a flow sees it: an error for the STOP family, a warning for START and HELP.
void refuse_reserved(Loading& loading, const std::string& written, const std::string& pointer, Position at, bool answers = false);

// Where each phrase stands that was read from `list`, in the order of reading.
std::string pointer_of_phrase(const Json& list, std::string_view pointer, std::size_t index);

}  // namespace answerback::flows
