// Carriers that this version does not speak are refused by name, so that nobody waits for texts that can't come.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "server/api/api.hpp"

namespace answerback::server {

namespace {

constexpr std::array<std::string_view, 5> planned{"telnyx", "plivo", "vonage", "bandwidth", "sinch"};

void refuse(Call call) {
  const auto& carrier = call.param("carrier");
  const bool known = std::find(planned.begin(), planned.end(), carrier) != planned.end();
  call.respond(known ? problem_for(call, 501, "carrier_not_supported", fmt::format("the carrier {} is not supported by this version", carrier))
                     : not_found(call, "carrier"));
}

}  // namespace

void add_other_carrier_routes(Router& router) {
  router.add({"POST", "/v1/inbound/{carrier}", Scope::open, BodyKind::any, refuse});
  router.add({"POST", "/v1/carriers/{carrier}/status", Scope::open, BodyKind::any, refuse});
}

}  // namespace answerback::server
