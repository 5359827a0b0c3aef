// A checked flow, linked: steps in one flat vector, every reference an index. Immutable once loaded, shared by pointer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/calculation.hpp"
#include "flows/condition.hpp"
#include "flows/cue.hpp"
#include "flows/expect.hpp"
#include "flows/hours.hpp"
#include "flows/refusal.hpp"
#include "flows/text/wording.hpp"
#include "flows/time.hpp"

namespace answerback::flows {

enum class Outcome : std::uint8_t { completed, bailed, discarded };

struct Ending {
  Outcome outcome = Outcome::completed;
  std::string reason;  // one word: "estimate_requested"
  bool operator==(const Ending&) const = default;
};

using StepIndex = std::uint32_t;

// Where a branch leads: on to a step, or to the conversation's end.
using Target = std::variant<StepIndex, Ending>;

struct Branch {
  Condition when;  // empty = always
  Target to;
};
// The first branch that holds is taken. When none does the conversation ends bailed / flow_error.
using Branches = std::vector<Branch>;

struct Reminder {
  Duration after;              // since the question was last put
  std::optional<Wording> say;  // nothing: what is pending is put once more
};
struct Silent {
  std::vector<Reminder> remind;  // by rising `after`, all below Silent::after
  Duration after;                // since the question was last put
  Target then;
};
// What is said to the first, second … reply that was no answer; the last one to all behind it. None: the question itself is put again.
using Retorts = std::vector<Wording>;
struct Unclear {
  Retorts say;
  std::map<Refusal, Retorts> because;  // instead of `say`, to replies that were refused for that
  std::uint32_t times = 2;             // replies that are asked again before `then`
  Target then;

  // What is said to the `attempt`th reply of a question, the first being 1; null: the question itself.
  const Wording* said_to(Refusal refusal, std::uint32_t attempt) const;
};

struct Say {
  Wording text;
  Branches next;
};
struct Ask {
  Wording question;
  std::string answer;
  Expect expect;
  bool confirm = false;  // the value is read back and kept only after a yes
  Unclear unclear;
  Silent silent;
  Branches next;
  // A reply such as "skip" leads on without an answer.
  struct Optional {
    std::vector<Cue> phrases;  // what says so beside the usual words
    bool operator==(const Optional&) const = default;
  };
  std::optional<Optional> optional{};
};
struct Route {
  Branches next;
};
struct Assignment {
  Path to;  // contact or vars
  std::variant<Value, Wording, Calculation> value;
};
struct Set {
  std::vector<Assignment> assignments;
  Branches next;
};

// A JSON body as a template: what is a text here is rendered, and one that is a single placeholder keeps its value's own type.
struct BodyTemplate {
  enum class Kind : std::uint8_t { fixed, text, array, object };
  Kind kind = Kind::fixed;
  Value fixed;
  Text text;
  std::vector<std::string> names;  // of an object's members, in step with `parts`
  std::vector<BodyTemplate> parts;
};
struct CallHeader {
  std::string name;
  Text value;
  std::string secret;  // "" or the name of a configured secret that stands in for `value`
};
struct Saved {
  Path to;               // contact or vars
  std::string pointer;   // RFC 6901, into the response's JSON
};
// An HTTP request; the conversation waits for its answer.
struct Call {
  std::string method = "GET";
  Text url;
  std::vector<CallHeader> headers;
  std::optional<BodyTemplate> body;
  Duration timeout = std::chrono::seconds(10);  // over all tries
  std::vector<Saved> save;
  Target failed;  // no 2xx in time, no JSON, or a pointer that leads nowhere
  Branches next;
};

// Another flow as a part of this one: its answers come back as `answers.AS.NAME`.
struct Run {
  std::string flow;
  std::string as;
  std::vector<Assignment> with;    // variables that the other flow begins with
  // Where its `bail` or `discard` leads: the first that fits; none: it ends the whole conversation.
  struct Failure {
    std::vector<std::string> reasons;   // empty = any
    std::optional<Outcome> outcome;     // nothing = both
    Target to;
    bool fits(const Ending& ending) const;
  };
  std::vector<Failure> failed;
  Branches next;

  bool may_end_the_conversation() const;  // some ending of the other flow has no way of its own here
};

// A pause: for a while, or until a time of the contact's day, a date, a value that holds one, or the next open hour.
struct Wait {
  enum class Kind : std::uint8_t { duration, time_of_day, date, instant, value, open };
  Kind kind = Kind::duration;
  Duration duration{0};            // of `duration`; of `time_of_day`: since local midnight
  LocalTime local{};               // of `date` (midnight) and `instant`
  Path value;                      // of `value`: a date, time, datetime
  Duration offset{0};              // added: "a day before the appointment" is -24h
  bool in_hours = false;           // then on to the flow's next open hour
  // What a text means that comes meanwhile. One that is no answer is kept and the pause goes on, as it does without this.
  struct Listening {
    std::string answer;            // under which what was understood is kept; "" = any text leads on and none is kept
    Expect expect;
    Branches next;
  };
  std::optional<Listening> reply;
  std::optional<Target> failed;    // where it leads when there is no time to wait for; nothing: bailed / flow_error
  Branches next;
};

// A weighted experiment. The same contact always takes the same way.
struct Way {
  std::string name;
  std::uint32_t weight = 1;
  Target to;
};
struct Split {
  std::string name;  // by which outcomes report it
  std::vector<Way> ways;
};

struct End {
  Ending ending;
};

struct Step {
  std::string name;
  std::variant<Say, Ask, Route, Set, Call, Run, Wait, Split, End> verb;
  Position at;
};

struct Anytime {
  enum class Kind : std::uint8_t {
    go,       // on to `to`
    resume,   // says `say`, then puts the pending question again
    correct,  // back to the last question that was answered
  };
  Kind kind = Kind::go;
  std::vector<Cue> phrases;
  Target to;                         // of `go`
  std::optional<Wording> say;        // of `resume`; of `correct` before the question, when given
};

struct Triggers {
  std::vector<Cue> keywords;  // the language of one is that of a conversation begun by it
  bool any = false;
  bool interrupts = false;
};

// A contact field of the flow's own, with the type that its values must have.
enum class FieldType : std::uint8_t { any, text, number, boolean, date, time, datetime, phone, email };
struct ContactField {
  std::string name;
  FieldType type = FieldType::any;
};

struct Flow {
  std::string name;
  std::string title;
  std::string language = "en";         // of texts that name none
  std::vector<std::string> languages;  // every language that its texts have, `language` first
  std::string sender;                  // the brand that texts name
  bool eager = false;                  // a reply may answer later questions too
  std::optional<Hours> hours;
  std::vector<ContactField> contact_fields;
  Values variables;                    // what `vars` begin with
  Triggers triggers;
  StepIndex start = 0;
  std::vector<Step> steps;  // in the order of the file
  std::vector<Anytime> anytime;

  std::optional<StepIndex> find(std::string_view step) const;
  // The flow's language that fits a tag best: "es-MX" takes "es"; nothing when none does.
  std::optional<std::string> speaks(std::string_view tag) const;
};

using FlowPtr = std::shared_ptr<const Flow>;

std::string_view to_string(Outcome outcome);  // "completed"
std::optional<Outcome> parse_outcome(std::string_view text);

}  // namespace answerback::flows
