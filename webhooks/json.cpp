#include "webhooks/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "flows/text/number_text.hpp"

namespace answerback::webhooks {

using Json = nlohmann::ordered_json;

namespace {

struct ValueWriting {
  JsonWriter& out;
  void operator()(std::monostate) const { out.value(nullptr); }
  // One of an earlier version may have more digits than a reader of JSON keeps.
  void operator()(std::int64_t whole) const { flows::keeps_its_digits(whole) ? out.value(whole) : out.value(std::to_string(whole)); }
  void operator()(const flows::Money& money) const {
    out.open_object();
    out.member("amount", money.amount);
    out.member("currency", money.currency);
    out.close_object();
  }
  void operator()(const flows::Range& range) const {
    out.open_object();
    out.name(flows::range_from);
    std::visit(*this, range.from());
    out.name(flows::range_to);
    std::visit(*this, range.to());
    out.close_object();
  }
  template <class T>
  void operator()(const T& value) const {
    out.value(value);
  }
  void operator()(const std::vector<std::string>& texts) const {
    out.open_array();
    for (const auto& text : texts) out.value(text);
    out.close_array();
  }
};

// Each thing has one description, the written one.
template <class Thing>
Json tree(const Thing& thing) {
  JsonWriter out;
  write(out, thing);
  return Json::parse(out.take());
}

}  // namespace

void write(JsonWriter& out, const flows::Value& value) { std::visit(ValueWriting{out}, value); }

namespace {

bool is_below(const std::pair<std::string, flows::Value>& value, std::string_view prefix) { return value.first.starts_with(prefix); }

// The values whose names begin with `prefix`. A subflow's, "visit.zip", stand in an object of their own.
void write_below(JsonWriter& out, const flows::Values& values, const std::string& prefix) {
  out.open_object();
  for (auto it = values.begin(); it != values.end(); ++it) {
    if (!is_below(*it, prefix)) continue;
    const auto rest = std::string_view(it->first).substr(prefix.size());
    const auto dot = rest.find('.');
    if (dot == std::string_view::npos) {
      out.name(rest);
      write(out, it->second);
      continue;
    }
    const auto inner = prefix + std::string(rest.substr(0, dot + 1));
    if (std::any_of(values.begin(), it, [&](const auto& earlier) { return is_below(earlier, inner); })) continue;
    out.name(rest.substr(0, dot));
    write_below(out, values, inner);
  }
  out.close_object();
}

}  // namespace

void write(JsonWriter& out, const flows::Values& values) { write_below(out, values, ""); }

void write(JsonWriter& out, const engine::Interaction& interaction) {
  out.open_object();
  out.member("step", interaction.step);
  out.member("answer", interaction.answer);
  out.member("question", interaction.question);
  out.member("reply", interaction.reply);
  out.name("value");
  write(out, interaction.value);
  out.member("attempts", interaction.attempts);
  write_instant(out, "asked_at", interaction.asked_at);
  write_instant(out, "answered_at", interaction.answered_at);
  out.member("sure", interaction.sure);
  out.member_or_null("label", interaction.label);
  out.close_object();
}

void write(JsonWriter& out, const engine::Contact& contact) {
  out.open_object();
  out.member("id", engine::to_string(contact.key));
  out.member_or_null("phone", contact.phone);
  out.member("consent", engine::to_string(contact.consent));
  out.member_or_null("external_id", contact.external_id);
  out.member_or_null("source", contact.source);
  out.member_or_null("language", contact.spoken);
  out.name("fields");
  write(out, contact.fields);
  out.close_object();
}

namespace {

// The members of the open object.
void write_members(JsonWriter& out, const engine::Conversation& conversation) {
  const auto outcome = engine::outcome_of(conversation.life);
  out.member("id", engine::to_string(conversation.id));
  out.member("flow", conversation.flow);
  out.member("revision", conversation.revision);
  out.member_or_null("outcome", outcome ? flows::to_string(*outcome) : std::string_view());
  out.member_or_null("reason", conversation.reason);
  write_instant(out, "started_at", conversation.started_at);
  write_instant(out, "ended_at", conversation.ended_at);
  out.member("messages_in", conversation.messages_in);
  out.member("messages_out", conversation.messages_out);
  out.name("trigger");
  out.open_object();
  out.member("kind", engine::to_string(conversation.trigger.kind));
  out.member_or_null("value", conversation.trigger.value);
  out.close_object();
  if (!conversation.splits.empty()) {
    out.name("splits");
    out.open_object();
    for (const auto& [experiment, way] : conversation.splits) out.member(experiment, way);
    out.close_object();
  }
}

}  // namespace

void write(JsonWriter& out, const engine::Conversation& conversation) {
  out.open_object();
  write_members(out, conversation);
  out.close_object();
}

void write(JsonWriter& out, const engine::Conversation& conversation, const Circumstances& around) {
  out.open_object();
  write_members(out, conversation);
  out.member_or_null("title", around.title);
  out.member_or_null("language", around.language);
  out.member_or_null("our_number", around.our_number);
  out.close_object();
}

void write(JsonWriter& out, const engine::Message& message) {
  out.open_object();
  out.member("id", engine::to_string(message.id));
  out.member("direction", engine::to_string(message.direction));
  out.member("from", message.from);
  out.member("to", message.to);
  out.member("text", message.text);
  out.name("media");
  ValueWriting{out}(message.media);
  out.member("status", engine::to_string(message.status));
  out.member_or_null("error", message.error);
  write_instant(out, "at", message.at);
  out.close_object();
}

void write_instant(JsonWriter& out, std::string_view name, engine::Instant at) {
  out.member_or_null(name, at == engine::Instant{} ? std::string() : flows::to_iso8601(at));
}

Json to_json(const flows::Value& value) { return tree(value); }
Json to_json(const flows::Values& values) { return tree(values); }
Json to_json(const engine::Interaction& interaction) { return tree(interaction); }
Json contact_json(const engine::Contact& contact) { return tree(contact); }
Json conversation_json(const engine::Conversation& conversation) { return tree(conversation); }
Json message_json(const engine::Message& message) { return tree(message); }

Json instant_json(engine::Instant at) { return at == engine::Instant{} ? Json() : Json(flows::to_iso8601(at)); }

Json or_null(const std::string& text) { return text.empty() ? Json() : Json(text); }

std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace answerback::webhooks
