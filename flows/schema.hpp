// The JSON Schema of flow files, as published: flows/schema/answerback-flow.v1.schema.json, compiled in.
#pragma once

#include <string_view>

namespace answerback::flows {

std::string_view flow_schema();

}  // namespace answerback::flows
