#include "flows/load/loading.hpp"

#include <fmt/format.h>
#include "flows/text/words.hpp"

namespace answerback::flows {

void Loading::error(const Part& part, std::string code, std::string message) {
  report.error(std::move(code), std::move(message), part.pointer, part.json.at);
}

void Loading::warning(const Part& part, std::string code, std::string message) {
  report.warning(std::move(code), std::move(message), part.pointer, part.json.at);
}

void Loading::wrong_type(const Part& part, std::string_view expected) {
  error(part, "wrong_type", fmt::format("expected {}, found {}", expected, kind_of(part.json)));
}

bool Loading::within(const Part& part, std::size_t count, std::size_t max, std::string_view what) {
  if (count <= max) return true;
  error(part, "limit", fmt::format("{} {}, at most {} are allowed", count, what, max));
  return false;
}

PathCheck Loading::path_check() {
  return [this](const Path& path, const std::string& pointer, Position at) { path_uses.push_back({path, pointer, at, true}); };
}

std::string Loading::hint(std::string_view word, const std::vector<std::string>& candidates) {
  if (hints_left == 0) return "";
  --hints_left;
  return did_you_mean(word, candidates);
}

std::string_view kind_of(const Json& json) {
  switch (json.kind) {
    case Json::Kind::null: return "null";
    case Json::Kind::boolean: return "true or false";
    case Json::Kind::integer:
    case Json::Kind::real: return "a number";
    case Json::Kind::string: return "a text";
    case Json::Kind::array: return "a list";
    case Json::Kind::object: return "an object";
  }
  return "nothing";
}

void Loading::language_seen(const std::string& language) {
  if (!is_one_of(language, flow.languages)) flow.languages.push_back(language);
}

}  // namespace answerback::flows
