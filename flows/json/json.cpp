#include "flows/json/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "flows/fields.hpp"
#include "flows/json/json_places.hpp"
#include "flows/json/json_syntax.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr int number_overflow = 406;  // nlohmann's id of the one error that is not about syntax
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_integral(double number) {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  return number >= -limit && number < limit && std::trunc(number) == number;
}

Json make(Json::Kind kind) {
  Json json;
  json.kind = kind;
  return json;
}

// Builds the tree while nlohmann's parser, which does not recurse, walks the text.
class TreeBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits), places_(text, limits.comments) {}

  Json& root() { return root_; }
  Issue& issue() { return issue_; }

  bool null() override { return add(make(Json::Kind::null)); }

  bool boolean(bool value) override {
    auto json = make(Json::Kind::boolean);
    json.boolean = value;
    return add(std::move(json));
  }

  bool number_integer(std::int64_t value) override {
    auto json = make(Json::Kind::integer);
    json.integer = value;
    json.real = static_cast<double>(value);
    return add(std::move(json));
  }

  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return refuse_number();
    return number_integer(static_cast<std::int64_t>(value));
  }

  bool number_float(double value, const std::string& spelling) override {
    // The parser hands over whole numbers beyond 64 bits as reals, which would change them.
    if (spelling.find_first_of(".eE") == std::string::npos) return refuse_number();
    auto json = make(Json::Kind::real);
    json.real = value;
    if (is_integral(value)) json.integer = static_cast<std::int64_t>(value);
    return add(std::move(json));
  }

  bool string(std::string& value) override {
    if (value.find('\0') != std::string::npos) return refuse_nul();
    auto json = make(Json::Kind::string);
    json.string = std::move(value);
    return add(std::move(json));
  }

  bool binary(binary_t&) override { return false; }  // never occurs in text

  bool start_object(std::size_t) override { return open(Json::Kind::object); }
  bool start_array(std::size_t) override { return open(Json::Kind::array); }

  bool key(std::string& name) override {
    if (name.find('\0') != std::string::npos) return refuse_nul();
    open_.back()->members.push_back({std::move(name), places_.take(), {}});
    return true;
  }

  bool end_object() override { return names_differ(*open_.back()) && close(); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t read, const std::string&, const nlohmann::detail::exception& error) override {
    if (error.id == number_overflow) return refuse_number();
    auto explained = explain_syntax_error(error.what());
    const auto gave_up_at = std::min(text_.size(), read == 0 ? 0 : read - 1);
    const auto offset = explained.at_token ? std::min(places_.next_offset(), gave_up_at) : gave_up_at;
    return refuse("json_syntax", std::move(explained.message), position_of(text_, offset));
  }

 private:
  bool refuse(std::string code, std::string message, Position at, std::string pointer = "") {
    issue_ = {Severity::error, std::move(code), std::move(message), std::move(pointer), at};
    return false;
  }

  bool refuse_number() { return refuse("json_number", "this number is too large to be kept exactly", places_.take(), here()); }
  bool refuse_nul() { return refuse("json_utf8", "the character U+0000 (NUL) is not allowed", places_.take()); }

  bool add(Json json) { return put(std::move(json)) != nullptr; }

  Json* put(Json json) {
    json.at = places_.take();
    if (++nodes_ > limits_.max_nodes) {
      refuse("json_nodes", fmt::format("more than {} values", limits_.max_nodes), json.at);
      return nullptr;
    }
    if (open_.empty()) return &(root_ = std::move(json));
    Json& parent = *open_.back();
    if (parent.kind == Json::Kind::array) return &parent.items.emplace_back(std::move(json));
    return &(parent.members.back().value = std::move(json));
  }

  bool open(Json::Kind kind) {
    if (open_.size() >= limits_.max_depth) {
      return refuse("json_depth", fmt::format("nested deeper than {} levels", limits_.max_depth), places_.take());
    }
    Json* const container = put(make(kind));
    if (container) open_.push_back(container);
    return container != nullptr;
  }

  bool close() {
    places_.take();
    open_.pop_back();
    return true;
  }

  // Sorted once per object: no hash that a sender could make collide, no scan that grows with the square.
  bool names_differ(const Json& object) {
    std::vector<const JsonMember*> sorted;
    sorted.reserve(object.members.size());
    for (const auto& member : object.members) sorted.push_back(&member);
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
    const auto same = std::adjacent_find(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->key == b->key; });
    if (same == sorted.end()) return true;
    const auto& first = **same;
    const auto& second = **(same + 1);
    const auto name = first_characters(second.key, max_shown_characters);
    return refuse("json_duplicate_key", fmt::format("\"{}\" stands here already, at line {}", name, first.key_at.line), second.key_at,
                  pointer_append(pointer_to_open(), second.key));
  }

  std::string pointer_to_open() const {
    std::string pointer;
    for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
      const auto& outer = *open_[i];
      const bool is_array = outer.kind == Json::Kind::array;
      pointer = pointer_append(pointer, is_array ? std::to_string(outer.items.size() - 1) : outer.members.back().key);
    }
    return pointer;
  }

  // The pointer to the value that is being read and stands in no container yet.
  std::string here() const {
    if (open_.empty()) return "";
    const auto& container = *open_.back();
    const bool is_array = container.kind == Json::Kind::array;
    return pointer_append(pointer_to_open(), is_array ? std::to_string(container.items.size()) : container.members.back().key);
  }

  std::string_view text_;
  const JsonLimits& limits_;
  Places places_;
  Json root_;
  Issue issue_;
  std::vector<Json*> open_;  // a parent does not move while its child is open
  std::size_t nodes_ = 0;
};

std::size_t first_unusable_byte(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && text[at] != '\0') {
    const auto character = first_code_point(text.substr(at));
    if (!character.valid) break;
    at += character.size;
  }
  return at;
}

Issue refused(std::string code, std::string message, Position at) {
  return {Severity::error, std::move(code), std::move(message), "", at};
}

}  // namespace

const Json* Json::find(std::string_view key) const {
  const auto it = std::find_if(members.begin(), members.end(), [&](const JsonMember& member) { return member.key == key; });
  return it == members.end() ? nullptr : &it->value;
}

std::variant<Json, Issue> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return refused("json_size", fmt::format("{} bytes, at most {} are allowed", text.size(), limits.max_bytes), {1, 1});
  }
  // RFC 8259 section 8.1: a byte order mark must not be sent.
  if (text.starts_with(byte_order_mark)) return refused("json_syntax", "begins with a byte order mark, save it without one", {1, 1});
  const auto unusable = first_unusable_byte(text);
  if (unusable < text.size()) {
    const auto* what = text[unusable] == '\0' ? "the character U+0000 (NUL) is not allowed" : "not valid UTF-8";
    return refused("json_utf8", what, position_of(text, unusable));
  }
  TreeBuilder builder(text, limits);
  const bool ok = nlohmann::json::sax_parse(text.begin(), text.end(), &builder, nlohmann::json::input_format_t::json, true, limits.comments);
  if (!ok) return std::move(builder.issue());
  return std::move(builder.root());
}

}  // namespace answerback::flows
