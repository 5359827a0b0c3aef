// What we say about consent by ourselves: the confirmation of STOP, of START, and the answer to HELP. No marketing in any
// of them (47 CFR 64.1200(a)(12)); each fits one SMS segment as long as the brand is short.
#pragma once

#include <string>
#include <string_view>

namespace answerback::engine {

enum class Notice { opted_out, opted_in, help };

// Languages: "en", "fr", "es"; any other reads as English.
std::string notice(Notice what, std::string_view brand, std::string_view language);

}  // namespace answerback::engine
