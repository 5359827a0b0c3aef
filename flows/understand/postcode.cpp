#include <re2/re2.h>

#include <algorithm>
#include <array>

#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

// One country's postcode: what it looks like in folded text, in one to two groups, and what joins the groups.
struct PostcodeForm {
  std::string_view country;
  std::string_view pattern;
  std::string_view joint;
  std::string_view outside;  // what may stand right before and behind it
};

// Sources: USPS Publication 28 (ZIP+4); Canada Post (letters D F I O Q U are not used, W and Z not first); BS 7666 for GB;
// Correos (two digits of the province, 01 to 52); La Poste (department, 01 to 98); SEPOMEX (01000 to 99999).
constexpr std::array forms{
    PostcodeForm{"US", "([0-9]{5})(?:(?: ?- ?| )?([0-9]{4}))?", "-", "[^0-9]"},  // "TX78701" is usual
    PostcodeForm{"CA", "([abceghj-nprstvxy][0-9][abceghj-nprstv-z])[ -]?([0-9][abceghj-nprstv-z][0-9])", " ", "[^a-z0-9]"},
    PostcodeForm{"GB",
                 "(gir|[a-pr-uwyz](?:[0-9]{1,2}|[a-hk-y][0-9]|[a-hk-y][0-9][0-9abehmnprv-y]|[0-9][a-hjkps-uw]))[ -]?"
                 "([0-9][abd-hjlnp-uw-z]{2})",
                 " ", "[^a-z0-9]"},
    PostcodeForm{"ES", "((?:0[1-9]|[1-4][0-9]|5[0-2])[0-9]{3})()", "", "[^a-z0-9]"},
    PostcodeForm{"FR", "((?:0[1-9]|[1-8][0-9]|9[0-8])[0-9]{3})()", "", "[^a-z0-9]"},
    PostcodeForm{"MX", "((?:0[1-9]|[1-9][0-9])[0-9]{3})()", "", "[^a-z0-9]"},
};

struct Compiled {
  std::string_view country;
  std::string_view joint;
  re2::RE2 pattern;
  explicit Compiled(const PostcodeForm& form)
      : country(form.country), joint(form.joint), pattern(around(form.outside, "^") + "(" + std::string(form.pattern) + ")" + around(form.outside, "$")) {}

  static std::string around(std::string_view outside, std::string_view edge) {
    return "(?:" + std::string(edge) + "|" + std::string(outside) + ")";
  }
};

const Compiled* form_of(std::string_view country) {
  static const std::array<Compiled, forms.size()> compiled{Compiled(forms[0]), Compiled(forms[1]), Compiled(forms[2]),
                                                           Compiled(forms[3]), Compiled(forms[4]), Compiled(forms[5])};
  const auto* it = std::find_if(compiled.begin(), compiled.end(), [&](const Compiled& form) { return form.country == country; });
  return it == compiled.end() ? nullptr : it;
}

std::string upper(std::string text) {
  for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

struct Found {
  std::string code;
  std::size_t begin;
  std::size_t end;
};

std::vector<Found> find_all(const Compiled& form, std::string_view text) {
  std::vector<Found> found;
  const re2::StringPiece whole(text.data(), text.size());
  std::size_t from = 0;
  std::array<re2::StringPiece, 4> groups;
  while (from <= text.size() && form.pattern.Match(whole, from, text.size(), re2::RE2::UNANCHORED, groups.data(), groups.size())) {
    const auto begin = static_cast<std::size_t>(groups[1].data() - whole.data());
    const auto end = begin + groups[1].size();
    std::string code(groups[2].data(), groups[2].size());
    if (!groups[3].empty()) code.append(form.joint).append(groups[3].data(), groups[3].size());
    if (code != "00000") found.push_back({upper(std::move(code)), begin, end});
    from = end;
  }
  return found;
}

}  // namespace

Understood understand_postcode(const ExpectPostcode& expect, const Reply& reply, const ReplyContext&) {
  const auto* form = form_of(upper(expect.country));
  if (!form) return {};
  const auto found = find_all(*form, reply.folded());
  if (found.empty()) return {};
  const bool single = std::all_of(found.begin(), found.end(), [&](const Found& other) { return other.code == found.front().code; });
  // An address may begin with a house number of five digits; the postcode comes last.
  const auto& chosen = found.back();
  return {Value(chosen.code), single, reply.span(chosen.begin, chosen.end)};
}

}  // namespace answerback::flows
