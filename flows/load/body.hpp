// Reads the JSON body of a call as a template: texts with placeholders stay texts to render, all else is as it is written.
#pragma once

#include "flows/load/loading.hpp"

namespace answerback::flows {

BodyTemplate read_body_template(Loading& loading, const Part& part);

}  // namespace answerback::flows
