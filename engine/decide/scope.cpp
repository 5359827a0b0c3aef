#include "engine/decide/scope.hpp"

#include <algorithm>

namespace answerback::engine {

namespace {

// Carriers take no longer texts (1,600 characters), and a flow that writes its own variables into each other must not grow
// without end.
constexpr std::size_t max_text_characters = 1'600;

void cut(std::string& text) {
  std::size_t characters = 0;
  const auto end = std::find_if(text.begin(), text.end(), [&](char byte) {
    const bool begins_character = (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    return begins_character && ++characters > max_text_characters;
  });
  text.erase(end, text.end());
}

}  // namespace

Scope::Scope(Turn& turn)
    : turn_(turn), phone_(turn.contact.phone), external_id_(turn.contact.external_id), source_(turn.contact.source) {
  refresh();
}

void Scope::refresh() {
  const auto& inside = turn_.conversation->inside;
  flow_ = inside.empty() ? turn_.running_flow() : turn_.flows.at(inside.back().flow, inside.back().revision);
  prefix_ = inside.empty() ? std::string() : inside.back().prefix;
  brand_ = turn_.brand(flow_.get(), turn_.conversation->sender);
  open_ = flow_ && flow_->hours ? flows::Value(flow_->hours->open_at(office().local(turn_.now))) : flows::Value();
}

const flows::LocalClock& Scope::office() const {
  static const flows::LocalClock utc;
  return turn_.settings.office_clock ? *turn_.settings.office_clock : utc;
}

std::string Scope::language() const {
  const auto& language = turn_.conversation->language;
  return language.empty() && flow_ ? flow_->language : language;
}

const flows::Value* Scope::value(const flows::Path& path) const {
  const auto find = [&](const flows::Values& values) { return prefix_.empty() ? flows::find_part(values, path.name) : flows::find_part(values, name(path.name)); };
  switch (path.root) {
    case flows::Path::Root::contact: return contact_value(path.name);
    case flows::Path::Root::answers: return find(turn_.conversation->answers);
    case flows::Path::Root::vars: return find(turn_.conversation->vars);
    case flows::Path::Root::sender: return &brand_;
    case flows::Path::Root::open: return &open_;
  }
  return nullptr;
}

// A field goes before: it may have been set before contacts had an external id and a source.
const flows::Value* Scope::contact_value(const std::string& name) const {
  if (name == "phone") return &phone_;
  if (const auto* field = flows::find(turn_.contact.fields, name)) return field;
  if (name == "external_id" && !turn_.contact.external_id.empty()) return &external_id_;
  if (name == "source" && !turn_.contact.source.empty()) return &source_;
  return nullptr;
}

flows::Lookup Scope::lookup() const {
  return [this](const flows::Path& path) { return value(path); };
}

// What the contact was shown for the choice that gave the answer last.
std::optional<std::string> Scope::label_of(const flows::Path& path) const {
  const auto& asked = turn_.conversation->interactions;
  const auto wanted = name(path.name);
  const auto is_it = [&](const Interaction& one) { return one.answer == wanted && !one.label.empty(); };
  const auto found = path.root == flows::Path::Root::answers ? std::find_if(asked.rbegin(), asked.rend(), is_it) : asked.rend();
  return found == asked.rend() ? std::nullopt : std::optional(found->label);
}

std::string Scope::text(const flows::Text& text) const {
  auto rendered = flows::render(text, lookup(), language(), [this](const flows::Path& path, const flows::Value&) { return label_of(path); });
  cut(rendered);
  return rendered;
}

std::string Scope::wording(const flows::Wording& wording) const { return text(wording.in(turn_.conversation->language)); }

void Scope::set(const flows::Path& path, flows::Value value) {
  if (path.root == flows::Path::Root::contact) return flows::assign(turn_.contact.fields, path.name, std::move(value));
  flows::assign(turn_.conversation->vars, name(path.name), std::move(value));
}

void Scope::set_answer(std::string_view own, flows::Value value) {
  flows::assign(turn_.conversation->answers, name(own), std::move(value));
}

void Scope::set_all(const std::vector<flows::Assignment>& assignments) {
  for (const auto& assignment : assignments) set(assignment.to, assigned(assignment));
}

flows::Value Scope::assigned(const flows::Assignment& assignment) const {
  if (const auto* fixed = std::get_if<flows::Value>(&assignment.value)) return *fixed;
  if (const auto* calculation = std::get_if<flows::Calculation>(&assignment.value)) return flows::calculate(*calculation, lookup()).value_or(flows::Value());
  return wording(std::get<flows::Wording>(assignment.value));
}

void forget(flows::Values& values, std::string_view prefix) {
  std::erase_if(values, [&](const auto& entry) { return entry.first.starts_with(prefix); });
}

}  // namespace answerback::engine
