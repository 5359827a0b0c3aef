#include "flows/understand/understand.hpp"

#include "flows/understand/kinds.hpp"
#include "flows/understand/range.hpp"
#include "flows/understand/range_answer.hpp"

namespace answerback::flows {

namespace {

struct ReadBy {
  const Reply& reply;
  const ReplyContext& context;
  Understood operator()(const ExpectText& expect) const { return understand_text(expect, reply, context); }
  Understood operator()(const ExpectYesNo& expect) const { return understand_yes_no(expect, reply, context); }
  Understood operator()(const ExpectChoice& expect) const { return understand_choice(expect, reply, context); }
  Understood operator()(const ExpectNumber& expect) const { return understand_number(expect, reply, context); }
  Understood operator()(const ExpectEmail& expect) const { return understand_email(expect, reply, context); }
  Understood operator()(const ExpectPhone& expect) const { return understand_phone(expect, reply, context); }
  Understood operator()(const ExpectPostcode& expect) const { return understand_postcode(expect, reply, context); }
  Understood operator()(const ExpectDate& expect) const { return understand_date(expect, reply, context); }
  Understood operator()(const ExpectMoney& expect) const { return understand_money(expect, reply, context); }
  Understood operator()(const ExpectTime& expect) const { return understand_time(expect, reply, context); }
  Understood operator()(const ExpectDateTime& expect) const { return understand_datetime(expect, reply, context); }
  Understood operator()(const ExpectName& expect) const { return understand_name(expect, reply, context); }
  Understood operator()(const ExpectMedia& expect) const { return understand_media(expect, reply, context); }
};

}  // namespace

bool is_language(const ReplyContext& context, std::string_view language) {
  const std::string_view tag = context.language;
  if (!tag.starts_with(language)) return false;
  return tag.size() == language.size() || tag[language.size()] == '-' || tag[language.size()] == '_';
}

Understood understand(const Expect& expect, std::string_view reply, const ReplyContext& context) {
  const Reply ready(reply);
  if (wants_range(expect)) return understand_range(expect, ready, context);
  return with_ranges(expect, ready, context, std::visit(ReadBy{ready, context}, expect));
}

}  // namespace answerback::flows
