// Percent-encoded text taken apart strictly: form bodies (WHATWG URL, application/x-www-form-urlencoded), query strings and
// path segments (RFC 3986). A bad escape, a control byte or text that is no UTF-8 is refused, never repaired.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "flows/issue.hpp"

namespace answerback::server {

// In the order of the text; a name may come more than once.
using Form = std::vector<std::pair<std::string, std::string>>;

struct FormLimits {
  std::size_t max_bytes = 64 * 1024;
  std::size_t max_fields = 200;
};

// Where '+' means a space: in forms. In a query it is a plus, so that `?contact=+15125550142` says what it seems to say.
enum class Plus { space, literal };

// Nothing when an escape is broken, or when the outcome has a NUL or is no UTF-8.
std::optional<std::string> percent_decode(std::string_view text, Plus plus = Plus::literal);

// Issue codes: `too_large`, `too_many_fields`, `bad_encoding`. Pointers name the field: "/Body".
std::variant<Form, flows::Issue> parse_form(std::string_view text, Plus plus = Plus::space, const FormLimits& limits = {});

// The first value of that name.
std::optional<std::string_view> form_value(const Form& form, std::string_view name);

}  // namespace answerback::server
