#include "flows/json/json_pointer.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck/catch.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace answerback::flows {
namespace {

nlohmann::json pointer_cases() { return nlohmann::json::parse(std::ifstream(TESTS_DIR "/flows/data/json_pointers.json")); }

Json document_of(const nlohmann::json& value) { return std::get<Json>(parse_json(value.dump())); }

// Compared by what a document says, not by where its values stand.
nlohmann::json said(const Json& json) {
  switch (json.kind) {
    case Json::Kind::null: return nullptr;
    case Json::Kind::boolean: return json.boolean;
    case Json::Kind::integer: return json.integer;
    case Json::Kind::real: return json.real;
    case Json::Kind::string: return json.string;
    case Json::Kind::array: {
      auto list = nlohmann::json::array();
      for (const auto& item : json.items) list.push_back(said(item));
      return list;
    }
    case Json::Kind::object: {
      auto object = nlohmann::json::object();
      for (const auto& member : json.members) object[member.key] = said(member.value);
      return object;
    }
  }
  return nullptr;
}

TEST_CASE("JSON pointers lead where RFC 6901 says") {
  const auto document = document_of(pointer_cases().at(0).at("leads_to"));
  for (const auto& row : pointer_cases()) {
    const auto pointer = row.at("pointer").get<std::string>();
    INFO(row.at("name") << ": " << pointer);
    CHECK(is_json_pointer(pointer) != row.value("malformed", false));
    const auto* found = at_pointer(document, pointer);
    REQUIRE((found != nullptr) == row.contains("leads_to"));
    if (found != nullptr) CHECK(said(*found) == row.at("leads_to"));
  }
}

TEST_CASE("any bytes are a pointer to something that is there, or to nothing") {
  const auto document = document_of(pointer_cases().at(0).at("leads_to"));
  rc::prop("total", [&](const std::string& pointer) {
    if (!is_json_pointer(pointer)) RC_ASSERT(at_pointer(document, pointer) == nullptr);
    if (pointer.find('/') == std::string::npos && !pointer.empty()) RC_ASSERT(at_pointer(document, pointer) == nullptr);
  });
}

}  // namespace
}  // namespace answerback::flows
