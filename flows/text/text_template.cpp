#include "flows/text/text_template.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "flows/issue.hpp"
#include "flows/text/code_points.hpp"
#include "flows/text/spoken_values.hpp"
#include "flows/text/text_filters.hpp"
#include "flows/text/words.hpp"

namespace answerback::flows {

namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool ends_word(char c) { return is_blank(c) || c == '|' || c == ':' || c == '{' || c == '}' || c == '\'' || c == '"'; }

// Reads one placeholder; `at` stands behind its "{{". After a problem the reader has stopped there.
class PlaceholderReader {
 public:
  PlaceholderReader(std::string_view source, std::size_t at, std::vector<TemplateProblem>& problems)
      : source_(source), begin_(at - opening.size()), at_(at), problems_(problems) {}

  std::size_t at() const { return at_; }

  std::optional<Placeholder> read() {
    Placeholder placeholder;
    placeholder.offset = begin_;
    if (!read_path(placeholder.path)) return std::nullopt;
    while (skip("|")) {
      if (!read_filter(placeholder)) return std::nullopt;
    }
    if (skip(closing)) return placeholder;
    syntax(is_unclosed() ? "\"{{\" is not closed by \"}}\"" : "expected \"|\" or \"}}\"", is_unclosed() ? begin_ : at_);
    return std::nullopt;
  }

 private:
  bool problem(std::string code, std::string message, std::size_t offset) {
    problems_.push_back({std::move(code), std::move(message), offset});
    return false;
  }

  bool syntax(std::string message, std::size_t offset) { return problem("template_syntax", std::move(message), offset); }

  bool is_unclosed() const { return source_.find(closing, at_) == std::string_view::npos; }

  void skip_blanks() {
    while (at_ < source_.size() && is_blank(source_[at_])) ++at_;
  }

  bool skip(std::string_view token) {
    skip_blanks();
    const bool found = source_.substr(at_).starts_with(token);
    if (found) at_ += token.size();
    return found;
  }

  std::string_view word() {
    skip_blanks();
    const auto begin = at_;
    while (at_ < source_.size() && !ends_word(source_[at_])) ++at_;
    return source_.substr(begin, at_ - begin);
  }

  bool read_path(Path& path) {
    const auto text = word();
    const auto offset = at_ - text.size();
    if (is_unclosed()) return syntax("\"{{\" is not closed by \"}}\"", begin_);
    if (text.empty()) return syntax("expected a path like \"contact.first_name\"", offset);
    auto parsed = parse_path(text);
    if (!parsed) return problem("unknown_path", why_no_path(text), offset);
    path = std::move(*parsed);
    return true;
  }

  bool read_filter(Placeholder& placeholder) {
    const auto text = word();
    const auto offset = at_ - text.size();
    if (text.empty()) return syntax("expected a filter after \"|\"", offset);
    const auto name = parse_filter_name(text);
    if (!name) {
      return problem("unknown_filter",
                     fmt::format("there is no filter \"{}\"{}", first_characters(text, max_shown_characters), did_you_mean(text, filter_names())),
                     offset);
    }
    Filter filter{*name, ""};
    if (!read_argument(filter, text, offset)) return false;
    if (filter.name == Filter::Name::date && !parse_date_style(filter.argument)) return syntax(R"("date" takes "weekday", "full" or nothing)", offset);
    placeholder.filters.push_back(std::move(filter));
    return true;
  }

  bool read_argument(Filter& filter, std::string_view name, std::size_t offset) {
    const auto wanted = argument_of(filter.name);
    if (!skip(":")) {
      return wanted != Argument::required || syntax(fmt::format("\"{}\" needs an argument: {}: 'text'", name, name), offset);
    }
    if (wanted == Argument::none) return syntax(fmt::format("\"{}\" takes no argument", name), offset);
    skip_blanks();
    const bool quoted = at_ < source_.size() && (source_[at_] == '\'' || source_[at_] == '"');
    if (quoted) return read_quoted(filter);
    filter.argument = word();
    return !filter.argument.empty() || syntax("expected an argument after \":\"", at_);
  }

  bool read_quoted(Filter& filter) {
    const auto end = source_.find(source_[at_], at_ + 1);
    if (end == std::string_view::npos) return syntax("this quote is not closed", at_);
    filter.argument = source_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    return true;
  }

  std::string_view source_;
  std::size_t begin_;
  std::size_t at_;
  std::vector<TemplateProblem>& problems_;
};

bool spells_values(Filter::Name name) {
  return name == Filter::Name::date || name == Filter::Name::time || name == Filter::Name::money || name == Filter::Name::phone;
}

// A range is always spelled out: each end by the first filter that spells values, else by what it is.
std::string spelled_range(const Range& range, const std::vector<Filter>& filters, std::string_view language) {
  const auto filter = std::find_if(filters.begin(), filters.end(), [](const Filter& one) { return spells_values(one.name); });
  const auto speak = [&](const Value& end) {
    const bool by_filter = filter != filters.end() && std::holds_alternative<std::string>(end) == (filter->name != Filter::Name::money);
    return by_filter ? apply(*filter, to_text(end), language) : speak_plainly(end, language);
  };
  return speak_range(range, speak, language);
}

// Behind the placeholder that could not be read, so that the next one is still checked.
std::size_t resume_after(std::string_view source, std::size_t at) {
  const auto close = source.find(closing, at);
  const auto open = source.find(opening, at);
  if (close == std::string_view::npos) return source.size();
  return open < close ? open : close + closing.size();
}

}  // namespace

Text parse_text(std::string_view source, std::vector<TemplateProblem>& problems) {
  Text text;
  std::size_t at = 0;
  while (at < source.size()) {
    const auto open = std::min(source.find(opening, at), source.size());
    if (open > at) text.pieces.emplace_back(std::string(source.substr(at, open - at)));
    if (open == source.size()) break;
    PlaceholderReader reader(source, open + opening.size(), problems);
    auto placeholder = reader.read();
    at = placeholder ? reader.at() : resume_after(source, reader.at());
    if (placeholder) text.pieces.emplace_back(std::move(*placeholder));
  }
  return text;
}

namespace {

// The filters that look at the value itself, which the others see as a text.
std::string spoken_value(const Placeholder& placeholder, const Value& value, const Names& names) {
  const auto has = [&](Filter::Name name) {
    return std::any_of(placeholder.filters.begin(), placeholder.filters.end(), [&](const Filter& filter) { return filter.name == name; });
  };
  const auto* list = std::get_if<std::vector<std::string>>(&value);
  if (list != nullptr && has(Filter::Name::numbered)) return numbered(*list);
  if (!has(Filter::Name::label)) return to_text(value);
  const auto name = names ? names(placeholder.path, value) : std::nullopt;
  return name ? *name : without_underscores(to_text(value));
}

}  // namespace

std::string render(const Text& text, const Lookup& lookup, std::string_view language, const Names& names) {
  std::string rendered;
  for (const auto& piece : text.pieces) {
    if (const auto* literal = std::get_if<std::string>(&piece)) {
      rendered += *literal;
      continue;
    }
    const auto& placeholder = std::get<Placeholder>(piece);
    const auto* value = lookup(placeholder.path);
    const auto* range = value ? std::get_if<Range>(value) : nullptr;
    auto spoken = range ? spelled_range(*range, placeholder.filters, language) : value ? spoken_value(placeholder, *value, names) : std::string();
    for (const auto& filter : placeholder.filters) spoken = apply(filter, std::move(spoken), language);
    rendered += spoken;
  }
  return rendered;
}

}  // namespace answerback::flows
