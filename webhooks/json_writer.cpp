#include "webhooks/json_writer.hpp"

#include "flows/code_points.hpp"
#include "flows/number_text.hpp"

namespace answerback::webhooks {

namespace {

// How many characters at the beginning stand for themselves.
std::size_t plain_run(std::string_view text) {
  std::size_t run = 0;
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

void JsonWriter::quoted(std::string_view text) {
  out_.push_back('"');
  while (!text.empty()) {
    const auto run = plain_run(text);
    out_.append(text.substr(0, run));
    text.remove_prefix(run);
    if (!text.empty()) text.remove_prefix(append_first(out_, text));
  }
  out_.push_back('"');
}

void JsonWriter::name(std::string_view text) {
  separate();
  quoted(text);
  out_.push_back(':');
  after_value_ = false;
}

void JsonWriter::value(std::string_view text) {
  separate();
  quoted(text);
}

void JsonWriter::value(std::nullptr_t) { word("null"); }

void JsonWriter::value(double number) { word(flows::number_text(number)); }

void JsonWriter::member_or_null(std::string_view its_name, std::string_view text) {
  name(its_name);
  text.empty() ? value(nullptr) : value(text);
}

}  // namespace answerback::webhooks
