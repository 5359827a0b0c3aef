#include "flows/expect.hpp"

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

}  // namespace

std::string_view kind_name(const Expect& expect) { return std::visit(KindName{}, expect); }

}  // namespace answerback::flows
