// As much of JSON Schema draft-07 as the flow schema uses. A keyword that it does not know is an error, never ignored.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace answerback::tests {

class JsonSchema {
 public:
  explicit JsonSchema(nlohmann::json schema) : root_(std::move(schema)) {}

  // Why `value` does not fit, or "" when it does. Throws std::logic_error on an unknown keyword.
  std::string problem(const nlohmann::json& value) const { return check(root_, value, ""); }

 private:
  std::string check(const nlohmann::json& schema, const nlohmann::json& value, const std::string& at) const;
  std::string check_keyword(const std::string& keyword, const nlohmann::json& schema, const nlohmann::json& value, const std::string& at) const;
  std::string check_string(const std::string& keyword, const nlohmann::json& limit, const std::string& value) const;
  std::string check_array(const std::string& keyword, const nlohmann::json& limit, const nlohmann::json& value, const std::string& at) const;
  std::string check_object(const std::string& keyword, const nlohmann::json& schema, const nlohmann::json& value, const std::string& at) const;
  std::string check_rest(const nlohmann::json& schema, const nlohmann::json& value, const std::string& at) const;
  nlohmann::json root_;
};

}  // namespace answerback::tests
