// Any bytes as a form: fields of valid UTF-8 without NUL that come back when they are encoded again, or one issue.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "flows/text/text.hpp"
#include "server/carriers/carrier.hpp"
#include "server/http/form.hpp"

using namespace answerback::server;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  for (const auto plus : {Plus::space, Plus::literal}) {
    const auto parsed = parse_form(body, plus, {4'096, 50});
    const auto* form = std::get_if<Form>(&parsed);
    if (form == nullptr) continue;
    if (form->size() > 50 || size > 4'096) std::abort();
    for (const auto& [name, value] : *form) {
      if (!answerback::flows::is_valid_utf8(name) || !answerback::flows::is_valid_utf8(value)) std::abort();
      if ((name + value).find('\0') != std::string::npos) std::abort();
    }
    const auto again = parse_form(encode_form(*form), plus, {64 * 1'024, 50});
    if (std::get<Form>(again) != *form) std::abort();
  }
  return 0;
}
