#include "flows/text/text.hpp"

#include "flows/understand/kinds.hpp"

namespace answerback::flows {

Understood understand_text(const ExpectText& expect, const Reply& reply, const ReplyContext&) {
  std::string value = trim(clean_utf8(reply.raw()));
  const auto characters = count_characters(value);
  if (characters < expect.min || characters > expect.max) return {};
  if (expect.matches && !expect.matches->matches_whole(value)) return {};
  return {std::move(value), true, reply.trimmed()};
}

}  // namespace answerback::flows
