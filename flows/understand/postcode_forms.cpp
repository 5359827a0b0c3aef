#include "flows/understand/postcode_forms.hpp"

#include <algorithm>
#include <array>

#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

using CodeShape = std::string_view;

constexpr std::array<CodeShape, 2> us_shapes{"DDDDD", "DDDDD-DDDD"};
constexpr std::array<CodeShape, 1> ca_shapes{"LDL DLD"};
constexpr std::array<CodeShape, 7> gb_shapes{"LLDD DLL", "LLDL DLL", "LLD DLL", "LDD DLL", "LDL DLL", "LD DLL", "LLL DLL"};
constexpr std::array<CodeShape, 1> five_digits{"DDDDD"};

char as_digit(char c) {
  if (c == 'o') return '0';
  return c == 'i' || c == 'l' ? '1' : c;
}

char as_letter(char c) {
  if (c == '0') return 'o';
  return c == '1' ? 'i' : c;
}

bool is_place(char kind) { return kind == 'L' || kind == 'D'; }

std::size_t places_in(CodeShape shape) { return static_cast<std::size_t>(std::count_if(shape.begin(), shape.end(), is_place)); }

bool is_any_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

unsigned two_digits(std::string_view code) { return static_cast<unsigned>((code[0] - '0') * 10 + (code[1] - '0')); }

// USPS Publication 65: the lowest ZIP Code in use is 00501, the highest 99950.
bool is_us(std::string_view code) { return code.substr(0, 5) >= "00501" && code.substr(0, 5) <= "99950"; }

// Canada Post, Addressing Guidelines: D F I O Q U are not used, W and Z not first.
bool is_ca(std::string_view code) {
  const auto letters = {code[0], code[2], code[5]};
  return !is_any_of(code[0], "wz") && std::none_of(letters.begin(), letters.end(), [](char c) { return is_any_of(c, "dfioqu"); });
}

// The 121 postcode areas of Royal Mail's Postcode Address File, and those of the Channel Islands and Man.
constexpr std::string_view gb_areas =
    " ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs "
    "hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn "
    "so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze bf bx ";

// BS 7666: C I K M O V are not used behind the digit; a letter ends the district in a few ways only.
bool is_gb(std::string_view code, CodeShape shape) {
  if (shape == "LLL DLL") return code == "gir 0aa";
  const auto space = code.find(' ');
  const auto inward = code.substr(space + 1);
  if (is_any_of(inward[1], "cikmov") || is_any_of(inward[2], "cikmov")) return false;
  const auto area = code.substr(0, is_digit(code[1]) ? 1 : 2);
  const auto last = code[space - 1];
  if (!is_digit(last) && !is_any_of(last, area.size() == 1 ? "abcdefghjkpstuw" : "abehmnprvwxy")) return false;
  return gb_areas.find(" " + std::string(area) + " ") != std::string_view::npos;
}

// Correos: the province, 01 to 52, then three digits.
bool is_es(std::string_view code) { return two_digits(code) >= 1 && two_digits(code) <= 52; }

// La Poste: the department (20 is Corsica), 97 and 98 overseas and Monaco.
bool is_fr(std::string_view code) { return two_digits(code) >= 1 && two_digits(code) <= 98 && two_digits(code) != 96; }

// SEPOMEX: 01000 to 99999.
bool is_mx(std::string_view code) { return two_digits(code) >= 1; }

bool is_in_use(std::string_view code, CodeShape shape, std::string_view country) {
  if (country == "US") return is_us(code);
  if (country == "CA") return is_ca(code);
  if (country == "GB") return is_gb(code, shape);
  if (country == "ES") return is_es(code);
  return country == "FR" ? is_fr(code) : is_mx(code);
}

}  // namespace

std::span<const CodeShape> postcode_shapes(std::string_view country) {
  if (country == "US") return us_shapes;
  if (country == "CA") return ca_shapes;
  if (country == "GB") return gb_shapes;
  if (country == "ES" || country == "FR" || country == "MX") return five_digits;
  return {};
}

std::optional<Postcode> postcode_of(std::string_view joined, CodeShape shape, std::string_view country) {
  if (joined.size() != places_in(shape)) return std::nullopt;
  Postcode postcode;
  std::size_t at = 0;
  std::size_t slips = 0;
  for (const char kind : shape) {
    if (!is_place(kind)) {
      postcode.code.push_back(kind);
      continue;
    }
    const char c = kind == 'D' ? as_digit(joined[at]) : as_letter(joined[at]);
    if (kind == 'D' ? !is_digit(c) : !is_lower(c)) return std::nullopt;
    if (c != joined[at]) ++slips;
    postcode.code.push_back(c);
    ++at;
  }
  const std::size_t most_slips = country == "CA" ? 3 : 2;  // "KIA OBI" has a digit in every other place
  if (slips > most_slips || !is_in_use(postcode.code, shape, country)) return std::nullopt;
  postcode.slipped = slips > 0;
  for (char& c : postcode.code) c = is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
  return postcode;
}

}  // namespace answerback::flows
