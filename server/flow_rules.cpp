#include "server/flow_rules.hpp"

#include "engine/keywords.hpp"

namespace answerback::server {

namespace {

flows::ReservedWord reserved(std::string_view text) {
  switch (engine::collides(text)) {
    case engine::KeywordClass::none: return flows::ReservedWord::none;
    case engine::KeywordClass::stop: return flows::ReservedWord::stop;
    case engine::KeywordClass::start: return flows::ReservedWord::start;
    case engine::KeywordClass::help: return flows::ReservedWord::help;
  }
  return flows::ReservedWord::none;
}

}  // namespace

flows::FlowLimits flow_rules() {
  flows::FlowLimits limits;
  limits.reserved = reserved;
  return limits;
}

}  // namespace answerback::server
