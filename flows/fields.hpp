// Takes an object apart by name and remembers every problem with its pointer: wrong type, missing, out of range, unknown.
// Flow files, configuration and HTTP bodies are all read through this, so that they complain alike.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flows/json/json.hpp"

namespace answerback::flows {

// Collects issues for one document.
class Report {
 public:
  void error(std::string code, std::string message, std::string pointer, Position at);
  void warning(std::string code, std::string message, std::string pointer, Position at);
  const std::vector<Issue>& issues() const { return issues_; }
  std::vector<Issue> take() { return std::move(issues_); }
  bool ok() const { return !has_errors(issues_); }

 private:
  std::vector<Issue> issues_;
};

// One object being read. Each taker marks its name as known; `done()` reports those that nobody took.
// Issue codes: `wrong_type`, `required`, `unknown_field`, `out_of_range`, `too_long`.
class Fields {
 public:
  // `json` must outlive this. When it is no object that is reported and every taker returns nothing.
  Fields(const Json& json, std::string pointer, Report& report);

  const Json* any(std::string_view name);  // no type demanded; null when absent
  std::optional<std::string> string(std::string_view name, std::size_t max_bytes = 4096);
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::int64_t> integer(std::string_view name, std::int64_t min, std::int64_t max);
  std::optional<double> number(std::string_view name);
  const Json* object(std::string_view name);
  const Json* array(std::string_view name);
  std::optional<std::vector<std::string>> strings(std::string_view name, std::size_t max_items = 1000);

  // The same, and `required` is reported when it is absent.
  std::string required_string(std::string_view name, std::size_t max_bytes = 4096);

  bool has(std::string_view name) const;
  void error(std::string_view name, std::string code, std::string message);    // at that member, or at the object
  void warning(std::string_view name, std::string code, std::string message);
  void missing(std::string_view name);
  void done();  // reports unknown names with "did you mean"
  void allow(std::string_view name) { known_.emplace_back(name); }

  const std::string& pointer() const { return pointer_; }
  std::string pointer_to(std::string_view name) const;
  Report& report() { return report_; }

 private:
  const Json* take(std::string_view name, Json::Kind kind, std::string_view what);
  const Json& json_;
  std::string pointer_;
  Report& report_;
  std::vector<std::string> known_;
};

std::string pointer_append(std::string_view pointer, std::string_view token);  // with RFC 6901 escapes

}  // namespace answerback::flows
