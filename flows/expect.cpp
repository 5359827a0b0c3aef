#include "flows/expect.hpp"

#include <type_traits>

#include "flows/value.hpp"

namespace answerback::flows {

namespace {

struct KindName {
  std::string_view operator()(const ExpectText&) const { return "text"; }
  std::string_view operator()(const ExpectYesNo&) const { return "yes_no"; }
  std::string_view operator()(const ExpectChoice&) const { return "choice"; }
  std::string_view operator()(const ExpectNumber&) const { return "number"; }
  std::string_view operator()(const ExpectEmail&) const { return "email"; }
  std::string_view operator()(const ExpectPhone&) const { return "phone"; }
  std::string_view operator()(const ExpectPostcode&) const { return "postcode"; }
  std::string_view operator()(const ExpectDate&) const { return "date"; }
  std::string_view operator()(const ExpectMoney&) const { return "money"; }
  std::string_view operator()(const ExpectTime&) const { return "time"; }
  std::string_view operator()(const ExpectDateTime&) const { return "datetime"; }
  std::string_view operator()(const ExpectName&) const { return "name"; }
  std::string_view operator()(const ExpectMedia&) const { return "media"; }
};

struct RangeOption {
  template <class Kind>
  auto operator()(Kind& kind) const -> std::conditional_t<std::is_const_v<Kind>, const bool*, bool*> {
    if constexpr (requires { kind.range; }) return &kind.range;
    return nullptr;
  }
};

}  // namespace

std::string_view kind_name(const Expect& expect) { return std::visit(KindName{}, expect); }

Expect end_of_range(const Expect& expect) {
  auto end = expect;
  if (auto* range = std::visit(RangeOption{}, end)) *range = false;
  return end;
}

bool wants_range(const Expect& expect) {
  const auto* range = std::visit(RangeOption{}, expect);
  return range != nullptr && *range;
}

std::vector<std::string> answer_paths(const std::string& answer, const Expect& expect) {
  if (!wants_range(expect)) return {answer};
  return {answer, answer + "." + std::string(range_from), answer + "." + std::string(range_to)};
}

}  // namespace answerback::flows
