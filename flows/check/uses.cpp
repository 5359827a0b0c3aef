#include "flows/check/uses.hpp"

#include "flows/fields.hpp"

namespace answerback::flows {

namespace {

class TextUses {
 public:
  explicit TextUses(std::vector<TextUse>& uses) : uses_(uses) {}

  void operator()(const Say& say) { wording(say.text, "/say"); }
  void operator()(const Ask& ask) {
    wording(ask.question, "/ask");
    if (ask.unclear.say) wording(*ask.unclear.say, "/unclear/say");
    for (std::size_t i = 0; i < ask.silent.remind.size(); ++i) {
      wording(ask.silent.remind[i].say, "/silent/remind/" + std::to_string(i) + "/say");
    }
  }
  void operator()(const Set& set) { assignments(set.assignments, "/set"); }
  void operator()(const Run& run) { assignments(run.with, "/with"); }
  void operator()(const Call& call) {
    uses_.push_back({&call.url, "/call/url"});
    for (const auto& header : call.headers) uses_.push_back({&header.value, pointer_append("/call/headers", header.name)});
    if (call.body) body(*call.body, "/call/body");
  }
  template <typename Verb>
  void operator()(const Verb&) {}

 private:
  void wording(const Wording& wording, const std::string& inside) {
    uses_.push_back({&wording.text, inside});
    for (const auto& [language, text] : wording.others) uses_.push_back({&text, pointer_append(inside, language)});
  }

  void assignments(const std::vector<Assignment>& all, const std::string& inside) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto* text = std::get_if<Text>(&all[i].value);
      if (text != nullptr) uses_.push_back({text, pointer_append(inside, to_string(all[i].to)), inside == "/set" ? i : 0});
    }
  }

  // Recursion is bounded by the depth that the loader allows a body.
  void body(const BodyTemplate& part, const std::string& inside) {
    if (part.kind == BodyTemplate::Kind::text) uses_.push_back({&part.text, inside});
    for (std::size_t i = 0; i < part.parts.size(); ++i) {
      const bool named = part.kind == BodyTemplate::Kind::object;
      body(part.parts[i], pointer_append(inside, named ? part.names[i] : std::to_string(i)));
    }
  }

  std::vector<TextUse>& uses_;
};

}  // namespace

std::vector<TextUse> texts_of(const Step& step) {
  std::vector<TextUse> uses;
  std::visit(TextUses(uses), step.verb);
  return uses;
}

}  // namespace answerback::flows
