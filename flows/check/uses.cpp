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
    retorts(ask.unclear.say, "/unclear/say");
    for (const auto& [refusal, said] : ask.unclear.because) retorts(said, "/unclear/because/" + std::string(to_string(refusal)));
    for (std::size_t i = 0; i < ask.silent.remind.size(); ++i) {
      if (ask.silent.remind[i].say) wording(*ask.silent.remind[i].say, "/silent/remind/" + std::to_string(i) + "/say");
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
  void retorts(const Retorts& all, const std::string& inside) {
    for (std::size_t i = 0; i < all.size(); ++i) wording(all[i], all.size() == 1 ? inside : pointer_append(inside, std::to_string(i)));
  }

  void wording(const Wording& wording, const std::string& inside, std::size_t after = 0) {
    uses_.push_back({&wording.text, inside, after});
    for (const auto& [language, text] : wording.others) uses_.push_back({&text, pointer_append(inside, language), after});
  }

  void assignments(const std::vector<Assignment>& all, const std::string& inside) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto* text = std::get_if<Wording>(&all[i].value);
      if (text != nullptr) wording(*text, pointer_append(inside, to_string(all[i].to)), inside == "/set" ? i : 0);
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

namespace {

class PathUses {
 public:
  explicit PathUses(std::vector<BarePath>& uses) : uses_(uses) {}

  void operator()(const Wait& wait) {
    if (wait.kind == Wait::Kind::value) uses_.push_back({wait.value, "/wait/until"});
    if (wait.reply) expect(wait.reply->expect, "/reply/expect/choice");
  }
  void operator()(const Ask& ask) { expect(ask.expect, "/expect/choice"); }
  void operator()(const Set& set) { assignments(set.assignments, "/set"); }
  void operator()(const Run& run) { assignments(run.with, "/with"); }
  template <typename Verb>
  void operator()(const Verb&) {}

 private:
  void expect(const Expect& expect, const std::string& inside) {
    const auto* choice = std::get_if<ExpectChoice>(&expect);
    if (choice == nullptr) return;
    if (choice->from) uses_.push_back({*choice->from, inside + "/from"});
    if (choice->keys) uses_.push_back({*choice->keys, inside + "/keys"});
  }

  void assignments(const std::vector<Assignment>& all, const std::string& inside) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      const auto* calculation = std::get_if<Calculation>(&all[i].value);
      std::vector<Path> paths;
      if (calculation != nullptr) collect_paths(*calculation, paths);
      for (auto& path : paths) uses_.push_back({std::move(path), pointer_append(inside, to_string(all[i].to)), inside == "/set" ? i : 0});
    }
  }

  std::vector<BarePath>& uses_;
};

}  // namespace

std::vector<TextUse> texts_of(const Step& step) {
  std::vector<TextUse> uses;
  std::visit(TextUses(uses), step.verb);
  return uses;
}

std::vector<BarePath> bare_paths_of(const Step& step) {
  std::vector<BarePath> uses;
  std::visit(PathUses(uses), step.verb);
  return uses;
}

}  // namespace answerback::flows
