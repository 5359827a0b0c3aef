// Turns a reply into a value of the kind that was asked for. Pure; linear in the reply; any bytes may come in.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "flows/expect.hpp"
#include "flows/local_clock.hpp"
#include "flows/value.hpp"

namespace answerback::flows {

struct ReplyContext {
  std::chrono::sys_days today{};         // in the contact's local time
  std::string language = "en";
  Duration time_of_day{0};               // how late it is there
  const LocalClock* clock = nullptr;     // gives a `datetime` its offset; null = UTC
  std::span<const std::string> media{};  // URLs that came with the reply
  std::string_view phone{};              // the contact's own number, E.164; outlives the reading
  std::string country{};                 // the contact's, "GB"; "" = not known
};

struct Span {
  std::size_t begin = 0;  // bytes of the reply
  std::size_t end = 0;
  bool operator==(const Span&) const = default;
};

struct Understood {
  std::optional<Value> value;  // nothing = not understood
  bool sure = false;           // false: a guess (typo, ambiguous date), good enough to go on with
  Span span;
  std::vector<Value> others{};  // what it could mean as well, likeliest first: to be offered back instead of guessed
  bool operator==(const Understood&) const = default;
};

// Replies longer than this are read up to here only.
inline constexpr std::size_t max_reply_characters = 1'600;

Understood understand(const Expect& expect, std::string_view reply, const ReplyContext& context);

}  // namespace answerback::flows
