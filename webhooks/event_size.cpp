#include "webhooks/event_size.hpp"

#include "flows/text/text.hpp"

namespace answerback::webhooks {

namespace {

template <class List>
void keep_newest(List& list, std::size_t count) {
  if (list.size() > count) list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(count));
}

template <class List>
void keep_first(List& list, std::size_t count) {
  if (list.size() > count) list.resize(count);
}

// Shortens every text and list that it is given.
class Shortening {
 public:
  explicit Shortening(const Room& room) : room_(room) {}

  void operator()(std::string& text) const { text.resize(flows::clipped(text, room_.text_bytes).size()); }

  void operator()(std::vector<std::string>& texts) const {
    keep_first(texts, room_.items);
    for (auto& text : texts) (*this)(text);
  }

  void operator()(flows::Value& value) const {
    if (auto* text = std::get_if<std::string>(&value)) (*this)(*text);
    if (auto* texts = std::get_if<std::vector<std::string>>(&value)) (*this)(*texts);
  }

  void operator()(flows::Values& values) const {
    keep_first(values, room_.values);
    for (auto& value : values) (*this)(value.second);
  }

  void operator()(engine::Interaction& one) const {
    for (auto* text : {&one.question, &one.reply, &one.label}) (*this)(*text);
    (*this)(one.value);
  }

  void operator()(engine::LeftQuestion& left) const {
    (*this)(left.question);
    for (auto& reply : left.not_understood) (*this)(reply.reply);
  }

  void operator()(engine::Conversation& one) const {
    keep_newest(one.interactions, room_.interactions);
    for (auto& interaction : one.interactions) (*this)(interaction);
    for (auto* values : {&one.answers, &one.vars}) (*this)(*values);
    keep_first(one.splits, room_.values);
    if (one.left) (*this)(*one.left);
    for (auto* text : {&one.trigger.value, &one.phrase}) (*this)(*text);
  }

  void operator()(engine::Message& message) const {
    (*this)(message.text);
    (*this)(message.error);
    (*this)(message.media);
  }

  void operator()(engine::LedgerRow& row) const {
    for (auto* text : {&row.text, &row.evidence, &row.keyword}) (*this)(*text);
  }

 private:
  const Room& room_;
};

}  // namespace

engine::Event shortened(engine::Event event, const Room& room) {
  const Shortening shorten(room);
  keep_newest(event.transcript, room.transcript);
  for (auto& message : event.transcript) shorten(message);
  shorten(event.contact.fields);
  if (event.previous) shorten(event.previous->fields);
  if (event.conversation) shorten(*event.conversation);
  if (event.consent) shorten(*event.consent);
  if (event.message) shorten(*event.message);
  for (auto* text : {&event.note, &event.detail, &event.title}) shorten(*text);
  return event;
}

}  // namespace answerback::webhooks
