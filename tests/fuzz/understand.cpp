// Any bytes as a reply to any kind of question (the first byte picks it): the span lies in the reply, and only what was
// understood can be sure.
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "flows/understand/understand.hpp"
#include "flows/understand/why_refused.hpp"

namespace {

using namespace answerback::flows;

// Mondays and Tuesdays from 8 to 17.
OfferedTimes office() {
  OfferedTimes offered;
  offered.weekdays = {false, true, true, false, false, false, false};
  offered.between = OpenRange{std::chrono::hours(8), std::chrono::hours(17)};
  return offered;
}

const std::vector<Expect>& kinds() {
  static const std::vector<Expect> all{
      ExpectText{2, 100, Pattern("^[a-z]+$")},
      ExpectText{},
      ExpectYesNo{},
      ExpectChoice{{{"repair", {{"1", "1", ""}, {"fix", "fix", ""}, {"leak", "leak", "en"}}}, {"replacement", {{"2", "2", ""}, {"new roof", "new roof", ""}}, {{"en", "a new roof"}}}, {"👍", {}}}},
      ExpectNumber{0.0, 150.0, false},
      ExpectNumber{{}, {}, true},
      ExpectEmail{},
      ExpectPhone{"US"},
      ExpectPhone{"FR"},
      ExpectPostcode{"US"},
      ExpectPostcode{"GB"},
      ExpectDate{},
      ExpectDate{DateBound{true, {}}, {}},
      ExpectMoney{},
      ExpectMoney{-10.0, 1'000.0, "MXN"},
      ExpectTime{},
      ExpectDateTime{},
      ExpectDateTime{DateBound{true, {}}, DateBound{false, std::chrono::year{2027} / 1 / 1}},
      ExpectNumber{2.0, 50.0, false, true},
      ExpectMoney{{}, {}, "USD", true},
      ExpectDate{DateBound{true, {}}, {}, true},
      ExpectTime{true},
      ExpectTime{true, OfferedTimes{{}, OpenRange{std::chrono::hours(8), std::chrono::hours(17)}, {}}},
      ExpectDateTime{{}, {}, true},
      ExpectName{},
      ExpectMedia{},
      ExpectNumber{0.0, 150.0, true, true},
      ExpectMoney{{}, 1'000.0, "USD", true},
      ExpectTime{false, office()},
      ExpectDate{DateBound{true, {}}, {}, true, office()},
      ExpectDateTime{{}, {}, true, office()}};
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto& expect = kinds()[data[0] % kinds().size()];
  const std::string_view reply(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const auto* language : {"en", "es", "fr"}) {
    const ReplyContext context{std::chrono::sys_days(std::chrono::year{2026} / 11 / 23), language, std::chrono::hours{15}};
    const auto understood = understand(expect, reply, context);
    if (understood.span.begin > understood.span.end || understood.span.end > reply.size()) std::abort();
    if (understood.sure && (!understood.value || !understood.others.empty())) std::abort();
    if (understand(expect, reply, context) != understood) std::abort();
    if (to_string(why_refused(expect, reply, context)).empty()) std::abort();
  }
  return 0;
}
