// Currencies by their signs, codes and names, as data. Many countries share a sign or a name: then the question's own currency
// decides, or else the one that most people would mean.
#pragma once

#include <string_view>

#include "flows/understand/lexicon.hpp"

namespace answerback::flows {

// The values of Role::currency and Role::cents are places in this list.
std::string_view currency_code(double value);

const Vocabulary& money_words();

// The currency that a name such as "pesos" means where `own` is the question's; `by_sign`: "$", which is the peso's sign too.
std::string_view settled_currency(std::string_view code, std::string_view own, bool by_sign);

}  // namespace answerback::flows
