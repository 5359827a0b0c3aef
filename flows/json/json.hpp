// Strict JSON from outside: one reader for flow files, configuration and HTTP bodies. It keeps the place of every value
// and refuses what later code could stumble over: depth, node count, duplicate keys, invalid UTF-8, NUL, huge numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/issue.hpp"

namespace answerback::flows {

struct JsonLimits {
  std::size_t max_bytes = 1'048'576;
  std::size_t max_depth = 32;
  std::size_t max_nodes = 10'000;
  bool comments = false;  // `//` and `/* */`, for files written by hand
};

struct JsonMember;

// An immutable JSON value with the place where it begins. Object members keep the order of the text.
struct Json {
  enum class Kind { null, boolean, integer, real, string, array, object };
  Kind kind = Kind::null;
  bool boolean = false;
  std::int64_t integer = 0;  // also set for kind real, when the number is integral (2.0)
  double real = 0;           // also set for kind integer
  std::string string;
  std::vector<Json> items;          // array
  std::vector<JsonMember> members;  // object
  Position at;

  const Json* find(std::string_view key) const;
};

struct JsonMember {
  std::string key;
  Position key_at;
  Json value;
};

// The parsed value, or exactly one issue: `json_syntax`, `json_depth`, `json_nodes`, `json_size`, `json_duplicate_key`,
// `json_utf8`, `json_number`.
std::variant<Json, Issue> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace answerback::flows
