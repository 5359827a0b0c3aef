#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "flows/check/checks.hpp"
#include "flows/check/places.hpp"
#include "flows/json/json_pointer.hpp"
#include "flows/load/names.hpp"
#include "flows/load/times.hpp"
#include "flows/ways.hpp"

namespace answerback::flows {

namespace {

bool is_full_time(const std::string& text) { return parse_iso8601(text).has_value() || parse_local_time(text).has_value(); }

bool fits_type(FieldType type, const Json& value) {
  const bool is_text = value.kind == Json::Kind::string;
  switch (type) {
    case FieldType::any: return true;
    case FieldType::number: return value.kind == Json::Kind::integer || value.kind == Json::Kind::real;
    case FieldType::boolean: return value.kind == Json::Kind::boolean;
    case FieldType::date: return is_text && parse_date(value.string);
    case FieldType::time: return is_text && parse_time_of_day(value.string);
    case FieldType::datetime: return is_text && is_full_time(value.string);
    case FieldType::phone: return is_text && value.string.starts_with('+');
    case FieldType::email: return is_text && value.string.find('@') != std::string::npos;
    case FieldType::text: return is_text;
  }
  return true;
}

class FieldTypes {
 public:
  explicit FieldTypes(Loading& loading) : loading_(loading) {
    for (const auto& field : loading.flow.contact_fields) types_.emplace(field.name, field.type);
  }

  void run() {
    for (const auto& use : loading_.path_uses) {
      const auto type = use.compared ? type_of(use.path) : FieldType::any;
      const auto* json = type == FieldType::any ? nullptr : at_pointer(*loading_.root, use.pointer);
      if (json != nullptr) judge_comparison(type, *json, use);
    }
    for (const auto& step : loading_.flow.steps) judge_step(step);
  }

 private:
  FieldType type_of(const Path& path) const {
    const auto found = path.root == Path::Root::contact ? types_.find(path.name) : types_.end();
    return found == types_.end() ? FieldType::any : found->second;
  }

  void mismatch(FieldType type, const std::string& name, const std::string& pointer, Position at) {
    loading_.report.error("field_type", fmt::format("contact.{} is declared as {}, this value is none", name,
                                                    field_types()[static_cast<std::size_t>(type) - 1]),
                          pointer, at);
  }

  void judge_value(FieldType type, const Json& value, const PathUse& use, const std::string& pointer) {
    if (fits_type(type, value)) return;
    loading_.conditions_read = false;
    mismatch(type, use.path.name, pointer, value.at);
  }

  void judge_operand(FieldType type, const JsonMember& member, const PathUse& use) {
    const auto pointer = pointer_append(use.pointer, member.key);
    if (member.value.kind == Json::Kind::object) return;  // another value, of which no type is known
    if (member.key == "exists" || member.key == "contains" || member.key == "matches") return;
    if (member.value.kind != Json::Kind::array) return judge_value(type, member.value, use, pointer);
    for (const auto& item : member.value.items) judge_value(type, item, use, pointer);
  }

  void judge_comparison(FieldType type, const Json& json, const PathUse& use) {
    if (json.kind == Json::Kind::object) {
      for (const auto& member : json.members) judge_operand(type, member, use);
    } else if (json.kind == Json::Kind::array) {
      for (const auto& item : json.items) judge_value(type, item, use, use.pointer);
    } else {
      judge_value(type, json, use, use.pointer);
    }
  }

  void judge_step(const Step& step) {
    const auto* set = std::get_if<Set>(&step.verb);
    for (std::size_t i = 0; set != nullptr && i < set->assignments.size(); ++i) {
      const auto& assignment = set->assignments[i];
      const auto type = type_of(assignment.to);
      if (type == FieldType::any || !std::holds_alternative<Value>(assignment.value)) continue;
      const auto found = find_in_step(loading_, step, pointer_append("/set", to_string(assignment.to)));
      if (found.json != nullptr && !fits_type(type, *found.json)) mismatch(type, assignment.to.name, found.pointer, found.json->at);
    }
    if (const auto* wait = std::get_if<Wait>(&step.verb)) judge_wait(step, *wait);
  }

  // What is waited for must be able to be a time.
  void judge_wait(const Step& step, const Wait& wait) {
    if (wait.kind != Wait::Kind::value) return;
    const auto type = type_of(wait.value);
    const bool timely = type == FieldType::any || type == FieldType::text || type == FieldType::date || type == FieldType::time ||
                        type == FieldType::datetime;
    if (timely && may_be_time(wait.value)) return;
    const auto found = find_in_step(loading_, step, "/wait/until");
    loading_.report.error("field_type", fmt::format("{} holds no date or time to wait for", to_string(wait.value)), found.pointer,
                          found.json == nullptr ? step.at : found.json->at);
  }

  // False when every question that gives the answer asks for something else.
  bool may_be_time(const Path& path) const {
    if (path.root != Path::Root::answers) return true;
    bool asked = false;
    for (const auto& step : loading_.flow.steps) {
      const auto answer = answer_of(step);
      if (!answer || answer->name != path.name) continue;
      asked = true;
      if (wants_range(answer->expect)) continue;  // one of its ends is
      const auto kind = kind_name(answer->expect);
      if (kind == "date" || kind == "time" || kind == "datetime" || kind == "text") return true;
    }
    return !asked;
  }

  Loading& loading_;
  std::map<std::string, FieldType> types_;
};

}  // namespace

void check_field_types(Loading& loading) { FieldTypes(loading).run(); }

}  // namespace answerback::flows
