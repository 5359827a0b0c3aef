#include "flows/understand/money_words.hpp"

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

// ISO 4217. The first ones stand for a family (dollar, peso, pound, franc, crown, yen, rupee, real) unless a country is named.
constexpr auto codes = std::to_array<std::string_view>(
    {"USD", "EUR", "GBP", "MXN", "CHF", "SEK", "JPY", "INR", "BRL", "CAD", "AUD", "NZD", "SGD", "HKD", "CNY", "KRW", "RUB", "PHP", "ILS", "VND", "UAH",
     "NGN", "PLN", "TRY", "ZAR", "DKK", "NOK", "CZK", "HUF", "RON", "ARS", "CLP", "COP", "PEN", "UYU", "BOB", "CRC", "GTQ", "HNL", "NIO", "DOP", "CUP",
     "PYG", "VES", "PAB", "JMD", "TTD", "BBD", "BSD", "BZD", "XOF", "XAF", "XPF", "MAD", "DZD", "TND", "EGP", "AED", "SAR", "THB", "IDR", "MYR", "TWD",
     "PKR", "BDT", "LKR", "NPR", "KES", "GHS", "TZS", "UGX", "ETB", "ISK", "BGN", "RSD", "GEL", "KZT", "QAR", "KWD", "JOD", "LBP"});

constexpr auto dollars = std::to_array<std::string_view>({"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "JMD", "TTD", "BBD", "BSD", "BZD"});
constexpr auto pesos = std::to_array<std::string_view>({"MXN", "ARS", "CLP", "COP", "UYU", "DOP", "CUP", "PHP"});
constexpr auto pounds = std::to_array<std::string_view>({"GBP", "EGP", "LBP"});
constexpr auto francs = std::to_array<std::string_view>({"CHF", "XOF", "XAF", "XPF"});
constexpr auto crowns = std::to_array<std::string_view>({"SEK", "DKK", "NOK", "CZK", "ISK"});
constexpr auto yens = std::to_array<std::string_view>({"JPY", "CNY"});
constexpr auto rupees = std::to_array<std::string_view>({"INR", "PKR", "LKR", "NPR"});

double place_of(std::string_view code) {
  return static_cast<double>(std::find(codes.begin(), codes.end(), code) - codes.begin());
}

struct CurrencySpelling {
  std::string_view words;
  std::string_view code;
};

// "of" one family, by its sign or plain name
constexpr auto family_names = std::to_array<CurrencySpelling>(
    {{"$", "USD"},      {"dollar", "USD"},   {"dollars", "USD"},  {"buck", "USD"},   {"bucks", "USD"},     {"dolar", "USD"},     {"dolares", "USD"},
     {"peso", "MXN"},   {"pesos", "MXN"},    {"varos", "MXN"},    {"£", "GBP"},      {"pound", "GBP"},     {"pounds", "GBP"},    {"libra", "GBP"},
     {"libras", "GBP"}, {"livre", "GBP"},    {"livres", "GBP"},   {"franc", "CHF"},  {"francs", "CHF"},    {"franco", "CHF"},    {"francos", "CHF"},
     {"kr", "SEK"},     {"krona", "SEK"},    {"kronor", "SEK"},   {"crowns", "SEK"}, {"coronas", "SEK"},   {"¥", "JPY"},         {"rupee", "INR"},
     {"rupees", "INR"}, {"rupias", "INR"},   {"roupies", "INR"},  {"rs", "INR"}});

// Of one country
constexpr auto own_names = std::to_array<CurrencySpelling>(
    {{"€", "EUR"},                 {"euro", "EUR"},              {"euros", "EUR"}, {"balles", "EUR"},             {"quid", "GBP"},           {"pound sterling", "GBP"},
     {"pounds sterling", "GBP"},   {"sterling", "GBP"},          {"libras esterlinas", "GBP"}, {"livres sterling", "GBP"}, {"us $", "USD"},
     {"u s $", "USD"},             {"us dollar", "USD"},         {"us dollars", "USD"},        {"american dollars", "USD"}, {"dolares americanos", "USD"},
     {"dollars americains", "USD"}, {"dollars us", "USD"},       {"c $", "CAD"},               {"ca $", "CAD"},           {"can $", "CAD"},
     {"cdn $", "CAD"},             {"canadian dollar", "CAD"},   {"canadian dollars", "CAD"},  {"dolares canadienses", "CAD"}, {"dollars canadiens", "CAD"},
     {"a $", "AUD"},               {"au $", "AUD"},              {"aus $", "AUD"},             {"australian dollars", "AUD"}, {"nz $", "NZD"},
     {"s $", "SGD"},               {"hk $", "HKD"},              {"nt $", "TWD"},              {"mx $", "MXN"},           {"mex $", "MXN"},
     {"mexican pesos", "MXN"},     {"mexican peso", "MXN"},      {"pesos mexicanos", "MXN"},   {"pesos argentinos", "ARS"}, {"pesos chilenos", "CLP"},
     {"pesos colombianos", "COP"}, {"philippine pesos", "PHP"},  {"r $", "BRL"},               {"real", "BRL"},           {"reais", "BRL"},
     {"reales", "BRL"},            {"swiss francs", "CHF"},      {"francos suizos", "CHF"},    {"francs suisses", "CHF"}, {"fr .", "CHF"},
     {"yen", "JPY"},               {"yens", "JPY"},              {"yenes", "JPY"},             {"yuan", "CNY"},           {"yuans", "CNY"},
     {"rmb", "CNY"},               {"₹", "INR"},                 {"₩", "KRW"},                 {"won", "KRW"},            {"₽", "RUB"},
     {"rubles", "RUB"},            {"roubles", "RUB"},           {"₱", "PHP"},                 {"₪", "ILS"},              {"shekels", "ILS"},
     {"₫", "VND"},                 {"₴", "UAH"},                 {"₦", "NGN"},                 {"naira", "NGN"},          {"zloty", "PLN"},
     {"zl", "PLN"},                {"₺", "TRY"},                 {"lira", "TRY"},              {"rand", "ZAR"},           {"soles", "PEN"},
     {"quetzales", "GTQ"},         {"lempiras", "HNL"},          {"colones", "CRC"},           {"bolivares", "VES"},      {"guaranies", "PYG"},
     {"dirhams", "AED"},           {"baht", "THB"}});

// Hundredths
constexpr auto cent_names = std::to_array<CurrencySpelling>(
    {{"cent", ""},      {"cents", ""},     {"¢", ""},          {"penny", ""},     {"pennies", ""},
     {"centavo", ""},   {"centavos", ""},  {"centimo", ""},    {"centimos", ""},  {"centime", ""},
     {"centimes", ""},  {"pence", "GBP"},  {"p", "GBP"},       {"euro cents", "EUR"}, {"centimes d'euro", "EUR"}});

Vocabulary all_money_words(std::vector<std::string>& lowered) {
  std::vector<Phrase> phrases;
  lowered.reserve(codes.size());
  for (const auto code : codes) {
    std::string& folded = lowered.emplace_back(code);
    for (char& c : folded) c = static_cast<char>(c | 0x20);
    phrases.push_back({folded, Role::currency, place_of(code)});
  }
  for (const auto& name : own_names) phrases.push_back({name.words, Role::currency, place_of(name.code)});
  for (const auto& name : family_names) phrases.push_back({name.words, Role::currency_kind, place_of(name.code)});
  for (const auto& name : cent_names) phrases.push_back({name.words, Role::cents, name.code.empty() ? -1 : place_of(name.code)});
  return Vocabulary(std::move(phrases));
}

template <class Family>
bool share(const Family& family, std::string_view a, std::string_view b) {
  return is_one_of(a, family) && is_one_of(b, family);
}

}  // namespace

std::string_view currency_code(double value) { return codes.at(static_cast<std::size_t>(value)); }

const Vocabulary& money_words() {
  static std::vector<std::string> lowered;
  static const auto words = all_money_words(lowered);
  return words;
}

std::string_view settled_currency(std::string_view code, std::string_view own, bool by_sign) {
  if (by_sign && code == "USD" && is_one_of(own, pesos)) return own;
  const bool same = share(dollars, code, own) || share(pesos, code, own) || share(pounds, code, own) || share(francs, code, own) || share(crowns, code, own) ||
                    share(yens, code, own) || share(rupees, code, own);
  return same ? own : code;
}

}  // namespace answerback::flows
