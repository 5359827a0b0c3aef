// One reader per kind of question. Each answers nothing understood, or a value with the place that gave it.
#pragma once

#include "flows/understand/reply.hpp"
#include "flows/understand/understand.hpp"

namespace answerback::flows {

Understood understand_text(const ExpectText& expect, const Reply& reply, const ReplyContext& context);
Understood understand_yes_no(const ExpectYesNo& expect, const Reply& reply, const ReplyContext& context);
Understood understand_choice(const ExpectChoice& expect, const Reply& reply, const ReplyContext& context);
Understood understand_number(const ExpectNumber& expect, const Reply& reply, const ReplyContext& context);
Understood understand_email(const ExpectEmail& expect, const Reply& reply, const ReplyContext& context);
Understood understand_phone(const ExpectPhone& expect, const Reply& reply, const ReplyContext& context);
Understood understand_postcode(const ExpectPostcode& expect, const Reply& reply, const ReplyContext& context);
Understood understand_date(const ExpectDate& expect, const Reply& reply, const ReplyContext& context);
Understood understand_money(const ExpectMoney& expect, const Reply& reply, const ReplyContext& context);
Understood understand_time(const ExpectTime& expect, const Reply& reply, const ReplyContext& context);
Understood understand_datetime(const ExpectDateTime& expect, const Reply& reply, const ReplyContext& context);
Understood understand_name(const ExpectName& expect, const Reply& reply, const ReplyContext& context);
Understood understand_media(const ExpectMedia& expect, const Reply& reply, const ReplyContext& context);

// Does a language tag such as "es-MX" name this language?
bool is_language(const ReplyContext& context, std::string_view language);

}  // namespace answerback::flows
