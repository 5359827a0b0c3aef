#include "storage/codec.hpp"

namespace answerback::storage {

namespace {

constexpr std::uint8_t version = 1;
// Of a conversation's state. 2: what is awaited, language, splits, prefilled, subflows, trail. 3: how sure answers are, what was not
// understood, what was left. Older ones are still read.
constexpr std::uint8_t state_version = 3;

void begin(ByteReader& in) {
  if (in.byte() != version) throw DamagedBytes("an unknown version");
}

// A value's tag is its place in the variant; both are part of the stored form.
enum class Tag : std::uint8_t { none, boolean, integer, real, text, texts, money, range };

void write(ByteWriter& out, const std::vector<std::string>& texts) {
  out.number(texts.size());
  for (const auto& text : texts) out.text(text);
}

std::vector<std::string> read_texts(ByteReader& in) {
  std::vector<std::string> texts;
  for (auto left = in.count(); left > 0; --left) texts.push_back(in.text());
  return texts;
}

void write(ByteWriter& out, const flows::Value& value);

struct ValueWriter {
  ByteWriter& out;
  void operator()(std::monostate) const {}
  void operator()(bool value) const { out.byte(value ? 1 : 0); }
  void operator()(std::int64_t value) const { out.signed_number(value); }
  void operator()(double value) const { out.real(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const std::vector<std::string>& value) const { write(out, value); }
  void operator()(const flows::Money& value) const {
    out.real(value.amount);
    out.text(value.currency);
  }
  void operator()(const flows::Range& value) const {
    write(out, value.from());
    write(out, value.to());
  }
};

void write(ByteWriter& out, const flows::Value& value) {
  static_assert(std::variant_size_v<flows::Value> == 8, "a new kind of value needs a tag");
  out.byte(static_cast<std::uint8_t>(value.index()));
  std::visit(ValueWriter{out}, value);
}

// The ends of a range are no ranges, so that no bytes make this go deep.
flows::Value read_value(ByteReader& in, bool is_end = false) {
  switch (static_cast<Tag>(in.byte())) {
    case Tag::none: return std::monostate{};
    case Tag::boolean: return in.byte() != 0;
    case Tag::integer: return in.signed_number();
    case Tag::real: return in.real();
    case Tag::text: return in.text();
    case Tag::texts: return read_texts(in);
    case Tag::money: {
      const auto amount = in.real();
      return flows::Money{amount, in.text()};
    }
    case Tag::range: {
      if (is_end) break;
      auto from = read_value(in, true);
      return flows::Range(std::move(from), read_value(in, true));
    }
  }
  throw DamagedBytes("an unknown kind of value");
}

void write(ByteWriter& out, const flows::Values& values) {
  out.number(values.size());
  for (const auto& [name, value] : values) {
    out.text(name);
    write(out, value);
  }
}

flows::Values read_values(ByteReader& in) {
  flows::Values values;
  for (auto left = in.count(); left > 0; --left) {
    auto name = in.text();
    values.emplace_back(std::move(name), read_value(in));
  }
  return values;
}

void write(ByteWriter& out, const engine::Interaction& interaction) {
  out.text(interaction.step);
  out.text(interaction.answer);
  out.text(interaction.question);
  out.text(interaction.reply);
  write(out, interaction.value);
  out.number(interaction.attempts);
  out.instant(interaction.asked_at);
  out.instant(interaction.answered_at);
}

engine::Interaction read_interaction(ByteReader& in) {
  engine::Interaction interaction;
  interaction.step = in.text();
  interaction.answer = in.text();
  interaction.question = in.text();
  interaction.reply = in.text();
  interaction.value = read_value(in);
  interaction.attempts = in.small_number();
  interaction.asked_at = in.instant();
  interaction.answered_at = in.instant();
  return interaction;
}

void write(ByteWriter& out, const std::optional<engine::OpenQuestion>& open) {
  out.byte(open ? 1 : 0);
  if (!open) return;
  out.text(open->question);
  out.instant(open->first_asked_at);
  out.instant(open->asked_at);
  out.number(open->attempts);
  out.number(open->reminded);
}

std::optional<engine::OpenQuestion> read_open(ByteReader& in) {
  if (in.byte() == 0) return std::nullopt;
  engine::OpenQuestion open;
  open.question = in.text();
  open.first_asked_at = in.instant();
  open.asked_at = in.instant();
  open.attempts = in.small_number();
  open.reminded = in.small_number();
  return open;
}

void write_waiting(ByteWriter& out, const std::optional<engine::OpenQuestion>& open) {
  if (!open) return;
  out.byte(static_cast<std::uint8_t>(open->awaited));
  write(out, open->offered);
  out.text(open->reply);
  out.instant(open->until);
  out.number(open->made_in);
}

void read_waiting(ByteReader& in, std::optional<engine::OpenQuestion>& open) {
  if (!open) return;
  const auto awaited = in.byte();
  if (awaited > static_cast<std::uint8_t>(engine::Awaited::call)) throw DamagedBytes("an unknown thing that is awaited");
  open->awaited = static_cast<engine::Awaited>(awaited);
  open->offered = read_values(in);
  open->reply = in.text();
  open->until = in.instant();
  open->made_in = in.small_number();
}

void write(ByteWriter& out, const engine::Prefilled& found) {
  out.text(found.step);
  write(out, found.value);
  out.text(found.reply);
  out.instant(found.at);
}

engine::Prefilled read_prefilled(ByteReader& in) {
  engine::Prefilled found;
  found.step = in.text();
  found.value = read_value(in);
  found.reply = in.text();
  found.at = in.instant();
  return found;
}

void write(ByteWriter& out, const engine::Subflow& subflow) {
  out.text(subflow.flow);
  out.number(subflow.revision);
  out.text(subflow.step);
  out.text(subflow.prefix);
}

engine::Subflow read_subflow(ByteReader& in) {
  engine::Subflow subflow;
  subflow.flow = in.text();
  subflow.revision = in.small_number();
  subflow.step = in.text();
  subflow.prefix = in.text();
  return subflow;
}

void write_version_2(ByteWriter& out, const engine::Conversation& conversation) {
  write_waiting(out, conversation.open);
  out.text(conversation.language);
  out.number(conversation.splits.size());
  for (const auto& [experiment, way] : conversation.splits) {
    out.text(experiment);
    out.text(way);
  }
  out.number(conversation.prefilled.size());
  for (const auto& found : conversation.prefilled) write(out, found);
  out.number(conversation.inside.size());
  for (const auto& subflow : conversation.inside) write(out, subflow);
  out.number(conversation.trail.size());
  for (const auto& passage : conversation.trail) {
    out.number(passage.step);
    out.number(passage.exit);
  }
}

void read_version_2(ByteReader& in, engine::Conversation& into) {
  read_waiting(in, into.open);
  into.language = in.text();
  into.splits.clear();
  for (auto left = in.count(); left > 0; --left) {
    auto experiment = in.text();
    into.splits.emplace_back(std::move(experiment), in.text());
  }
  into.prefilled.clear();
  for (auto left = in.count(); left > 0; --left) into.prefilled.push_back(read_prefilled(in));
  into.inside.clear();
  for (auto left = in.count(); left > 0; --left) into.inside.push_back(read_subflow(in));
  into.trail.clear();
  for (auto left = in.count(); left > 0; --left) {
    const auto step = in.small_number();
    into.trail.push_back({step, static_cast<flows::ExitNumber>(in.small_number())});
  }
}

void write(ByteWriter& out, const std::vector<engine::Misunderstood>& replies) {
  out.number(replies.size());
  for (const auto& reply : replies) {
    out.text(reply.reply);
    out.text(reply.cause);
    out.instant(reply.at);
  }
}

std::vector<engine::Misunderstood> read_misunderstood(ByteReader& in) {
  std::vector<engine::Misunderstood> replies;
  for (auto left = in.count(); left > 0; --left) {
    auto reply = in.text();
    auto cause = in.text();
    replies.push_back({std::move(reply), std::move(cause), in.instant()});
  }
  return replies;
}

void write(ByteWriter& out, const engine::Rare<engine::LeftQuestion>& left) {
  out.byte(left ? 1 : 0);
  if (!left) return;
  out.text(left->step);
  out.text(left->question);
  out.instant(left->asked_at);
  write(out, left->not_understood);
}

engine::Rare<engine::LeftQuestion> read_left(ByteReader& in) {
  if (in.byte() == 0) return {};
  engine::LeftQuestion left;
  left.step = in.text();
  left.question = in.text();
  left.asked_at = in.instant();
  left.not_understood = read_misunderstood(in);
  return left;
}

void write_version_3(ByteWriter& out, const engine::Conversation& conversation) {
  for (const auto& interaction : conversation.interactions) {
    out.byte(interaction.sure ? 1 : 0);
    out.text(interaction.label);
  }
  if (conversation.open) write(out, conversation.open->not_understood);
  write(out, conversation.left);
  out.text(conversation.phrase);
}

void read_version_3(ByteReader& in, engine::Conversation& into) {
  for (auto& interaction : into.interactions) {
    interaction.sure = in.byte() != 0;
    interaction.label = in.text();
  }
  if (into.open) into.open->not_understood = read_misunderstood(in);
  into.left = read_left(in);
  into.phrase = in.text();
}

engine::Trigger::Kind read_trigger_kind(ByteReader& in) {
  const auto kind = in.byte();
  if (kind > static_cast<std::uint8_t>(engine::Trigger::Kind::campaign)) throw DamagedBytes("an unknown trigger");
  return static_cast<engine::Trigger::Kind>(kind);
}

}  // namespace

std::string encode_state(const engine::Conversation& conversation) {
  ByteWriter out;
  out.byte(state_version);
  out.text(conversation.step);
  out.byte(static_cast<std::uint8_t>(conversation.trigger.kind));
  out.text(conversation.trigger.value);
  out.text(conversation.sender);
  out.number(conversation.messages_in);
  out.number(conversation.messages_out);
  write(out, conversation.open);
  write(out, conversation.answers);
  write(out, conversation.vars);
  out.number(conversation.interactions.size());
  for (const auto& interaction : conversation.interactions) write(out, interaction);
  write_version_2(out, conversation);
  write_version_3(out, conversation);
  return out.take();
}

void decode_state(std::string_view bytes, engine::Conversation& into) {
  ByteReader in(bytes);
  const auto written = in.byte();
  if (written == 0 || written > state_version) throw DamagedBytes("an unknown version");
  into.step = in.text();
  into.trigger.kind = read_trigger_kind(in);
  into.trigger.value = in.text();
  into.sender = in.text();
  into.messages_in = in.small_number();
  into.messages_out = in.small_number();
  into.open = read_open(in);
  into.answers = read_values(in);
  into.vars = read_values(in);
  into.interactions.clear();
  for (auto left = in.count(); left > 0; --left) into.interactions.push_back(read_interaction(in));
  if (written >= 2) read_version_2(in, into);
  if (written >= 3) read_version_3(in, into);
  in.end();
}

std::string encode_values(const flows::Values& values) {
  ByteWriter out;
  out.byte(version);
  write(out, values);
  return out.take();
}

flows::Values decode_values(std::string_view bytes) {
  ByteReader in(bytes);
  begin(in);
  auto values = read_values(in);
  in.end();
  return values;
}

std::string encode_texts(const std::vector<std::string>& texts) {
  ByteWriter out;
  out.byte(version);
  write(out, texts);
  return out.take();
}

std::vector<std::string> decode_texts(std::string_view bytes) {
  ByteReader in(bytes);
  begin(in);
  auto texts = read_texts(in);
  in.end();
  return texts;
}

std::string encode_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::vector<std::string> flat;
  flat.reserve(pairs.size() * 2);
  for (const auto& [name, value] : pairs) {
    flat.push_back(name);
    flat.push_back(value);
  }
  return encode_texts(flat);
}

std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view bytes) {
  auto flat = decode_texts(bytes);
  if (flat.size() % 2 != 0) throw DamagedBytes("a pair lacks its value");
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t i = 0; i < flat.size(); i += 2) pairs.emplace_back(std::move(flat[i]), std::move(flat[i + 1]));
  return pairs;
}

}  // namespace answerback::storage
