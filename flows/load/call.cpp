#include "flows/load/call.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "flows/json/json_pointer.hpp"
#include "flows/load/assignments.hpp"
#include "flows/load/body.hpp"
#include "flows/load/call_head.hpp"
#include "flows/load/targets.hpp"
#include "flows/load/times.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::array<std::string_view, 5> methods{"GET", "POST", "PUT", "PATCH", "DELETE"};
constexpr Duration min_call_timeout = std::chrono::seconds(1);

std::string read_method(Loading& loading, Fields& request) {
  if (!request.has("method")) return "GET";
  auto method = request.string("method").value_or("GET");
  if (!is_one_of(method, methods)) {
    const std::vector<std::string> words(methods.begin(), methods.end());
    request.error("method", "unknown_method",
                  fmt::format("there is no method \"{}\" here, use one of {}{}", method, fmt::join(methods, ", "), loading.hint(method, words)));
  }
  return method;
}

void read_saved_value(Loading& loading, const Part& list, const JsonMember& member, Call& call) {
  const auto part = list.member(member);
  auto place = read_place(loading, list, member);
  if (part.json.kind != Json::Kind::string) return loading.wrong_type(part, "a JSON pointer such as \"/data/price\"");
  if (!is_json_pointer(part.json.string)) {
    loading.error(part, "bad_pointer", fmt::format("\"{}\" is no JSON pointer, write one such as \"/data/price\"", part.json.string));
  }
  if (place) call.save.push_back({std::move(*place), part.json.string});
}

void read_saved(Loading& loading, Fields& request, Call& call) {
  const auto* json = request.object("save");
  if (json == nullptr) return;
  const Part list{*json, request.pointer_to("save")};
  if (!loading.within(list, json->members.size(), loading.limits.max_saved, "values to save")) return;
  for (const auto& member : json->members) read_saved_value(loading, list, member, call);
}

void read_body(Loading& loading, Fields& request, Call& call) {
  const auto* json = request.any("body");
  if (json == nullptr) return;
  if (call.method == "GET" || call.method == "DELETE") {
    request.error("body", "call_body", fmt::format("a {} has no body, put what it needs into the URL", call.method));
  }
  call.body = read_body_template(loading, {*json, request.pointer_to("body")});
}

void read_timeout(Loading& loading, Fields& request, Call& call) {
  const auto timeout = read_duration(loading, request, "timeout");
  if (!timeout) return;
  call.timeout = *timeout;
  if (*timeout >= min_call_timeout && *timeout <= loading.limits.max_call_timeout) return;
  request.error("timeout", "out_of_range",
                fmt::format("\"timeout\" must be from {} to {}", to_string(min_call_timeout), to_string(loading.limits.max_call_timeout)));
}

void read_request(Loading& loading, Fields& request, Call& call) {
  call.method = read_method(loading, request);
  read_url(loading, request, call);
  read_headers(loading, request, call);
  read_body(loading, request, call);
  read_timeout(loading, request, call);
  read_saved(loading, request, call);
  request.done();
}

}  // namespace

Call read_call(Loading& loading, Fields& fields) {
  Call call;
  call.failed = Ending{Outcome::bailed, "call_failed"};
  if (const auto* json = fields.object("call")) {
    Fields request(*json, fields.pointer_to("call"), loading.report);
    read_request(loading, request, call);
  }
  if (const auto* failed = fields.any("failed")) call.failed = read_target(loading, {*failed, fields.pointer_to("failed")});
  call.next = read_next(loading, fields);
  return call;
}

}  // namespace answerback::flows
