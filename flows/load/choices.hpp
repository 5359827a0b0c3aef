// Reads the choices of a question: key -> synonyms, all of which a reply may name, so that none may name two.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

ExpectChoice read_choices(Loading& loading, const Part& part);

}  // namespace answerback::flows
