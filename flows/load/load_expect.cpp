#include "flows/load/load_expect.hpp"

#include "flows/load/expect.hpp"

namespace answerback::flows {

namespace {

Json kind_alone(const std::string& kind) {
  Json json;
  json.kind = Json::Kind::string;
  json.string = kind;
  return json;
}

Json kind_with(const std::string& kind, Json options) {
  Json json;
  json.kind = Json::Kind::object;
  json.members.push_back({kind, {}, std::move(options)});
  return json;
}

}  // namespace

LoadedExpect load_expect(const std::string& kind, std::string_view options, const FlowLimits& limits) {
  Json json = kind_alone(kind);
  if (!options.empty()) {
    auto parsed = parse_json(options);
    if (auto* issue = std::get_if<Issue>(&parsed)) return {std::nullopt, {std::move(*issue)}};
    json = kind_with(kind, std::get<Json>(std::move(parsed)));
  }
  Loading loading(options, limits);
  auto expect = read_expect(loading, {json, ""});
  LoadedExpect loaded{std::nullopt, loading.report.take()};
  if (!has_errors(loaded.issues)) loaded.expect = std::move(expect);
  return loaded;
}

}  // namespace answerback::flows
