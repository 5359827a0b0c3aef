// JSON written straight into a string, without building a tree first: for what is made once per text. The bytes are those
// that dump() in json.hpp makes, but that numbers have the form of JSON.stringify. Whoever calls sees to it that every name has a value and every bracket its other half.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace answerback::webhooks {

class JsonWriter {
 public:
  void open_object() { open('{'); }
  void close_object() { close('}'); }
  void open_array() { open('['); }
  void close_array() { close(']'); }
  void name(std::string_view text);

  void value(std::string_view text);  // bytes that are no UTF-8 become U+FFFD
  void value(std::nullptr_t);
  void value(double number);
  template <std::integral Number>
  void value(Number number) {
    if constexpr (std::same_as<Number, bool>) {
      word(number ? "true" : "false");
    } else {
      integer(number);
    }
  }

  // A member of the open object.
  template <class Value>
  void member(std::string_view its_name, const Value& its_value) {
    name(its_name);
    value(its_value);
  }
  // Null stands for an empty text.
  void member_or_null(std::string_view its_name, std::string_view text);

  std::string take() { return std::move(out_); }

 private:
  void separate();
  void open(char bracket);
  void close(char bracket);
  void word(std::string_view text);
  template <std::integral Number>
  void integer(Number number) {
    word(std::to_string(number));
  }
  void quoted(std::string_view text, std::string_view closing);  // and what parts it from the value before

  std::string out_;
  bool after_value_ = false;  // what comes next is parted from it by a comma
};

}  // namespace answerback::webhooks
