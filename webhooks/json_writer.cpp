#include "webhooks/json_writer.hpp"

#include <cstring>

#include "flows/text/code_points.hpp"
#include "flows/text/number_text.hpp"

namespace answerback::webhooks {

namespace {

constexpr std::uint64_t in_each(std::uint8_t byte) { return 0x0101010101010101U * byte; }

// Whether one of eight characters may not stand for itself: none below a space, none beyond ASCII, no quote, no backslash. A byte of
// `(x - 1) & ~x` has its highest bit exactly when x is zero, up to the first such byte ("haszero" of Anderson, Bit Twiddling Hacks).
bool is_any_special(std::uint64_t eight) {
  const auto has_zero = [](std::uint64_t bytes) { return (bytes - in_each(1)) & ~bytes; };
  const auto below_space = (eight - in_each(0x20)) & ~eight;
  return ((eight | below_space | has_zero(eight ^ in_each('"')) | has_zero(eight ^ in_each('\\'))) & in_each(0x80)) != 0;
}

// How many characters at the beginning stand for themselves.
std::size_t plain_run(std::string_view text) {
  std::size_t run = 0;
  for (std::uint64_t eight = 0; run + sizeof eight <= text.size(); run += sizeof eight) {
    std::memcpy(&eight, text.data() + run, sizeof eight);
    if (is_any_special(eight)) break;
  }
  for (; run < text.size(); ++run) {
    const auto byte = static_cast<unsigned char>(text[run]);
    if (byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\') break;
  }
  return run;
}

// RFC 8259 section 7; the short forms where there are any.
void append_escaped(std::string& out, char c) {
  constexpr std::string_view hex = "0123456789abcdef";
  switch (c) {
    case '"': out.append("\\\""); return;
    case '\\': out.append("\\\\"); return;
    case '\b': out.append("\\b"); return;
    case '\t': out.append("\\t"); return;
    case '\n': out.append("\\n"); return;
    case '\f': out.append("\\f"); return;
    case '\r': out.append("\\r"); return;
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  out.append("\\u00").append(1, hex[byte >> 4]).append(1, hex[byte & 0xf]);
}

// Appends the first character and returns how many bytes it takes.
std::size_t append_first(std::string& out, std::string_view text) {
  const auto character = flows::first_code_point(text);
  if (!character.valid) {
    flows::append_utf8(character.value, out);
  } else if (character.size == 1) {
    append_escaped(out, text.front());
  } else {
    out.append(text.substr(0, character.size));
  }
  return character.size;
}

}  // namespace

void JsonWriter::separate() {
  if (after_value_) out_.push_back(',');
  after_value_ = true;
}

void JsonWriter::open(char bracket) {
  separate();
  out_.push_back(bracket);
  after_value_ = false;
}

void JsonWriter::close(char bracket) {
  out_.push_back(bracket);
  after_value_ = true;
}

void JsonWriter::word(std::string_view text) {
  separate();
  out_.append(text);
}

void JsonWriter::quoted(std::string_view text, std::string_view closing) {
  out_.append(after_value_ ? ",\"" : "\"");
  while (!text.empty()) {
    const auto run = plain_run(text);
    out_.append(text.substr(0, run));
    text.remove_prefix(run);
    if (!text.empty()) text.remove_prefix(append_first(out_, text));
  }
  out_.append(closing);
}

void JsonWriter::name(std::string_view text) {
  quoted(text, "\":");
  after_value_ = false;
}

void JsonWriter::value(std::string_view text) {
  quoted(text, "\"");
  after_value_ = true;
}

void JsonWriter::value(std::nullptr_t) { word("null"); }

void JsonWriter::value(double number) { word(flows::number_text(number)); }

void JsonWriter::member_or_null(std::string_view its_name, std::string_view text) {
  name(its_name);
  text.empty() ? value(nullptr) : value(text);
}

}  // namespace answerback::webhooks
