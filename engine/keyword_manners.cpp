#include <array>

#include "engine/keyword_lists.hpp"

namespace answerback::engine {

namespace {

// What people say before and after a request without changing it. Gathered for the rule of 47 CFR 64.1200(a)(10) that any
// reasonable wording revokes; none of them negates, so "don't stop" keeps its meaning.
constexpr std::array before = std::to_array<std::string_view>({
    "please", "kindly", "ok", "okay", "hi", "hello", "hey", "yo", "just", "so", "well", "ugh", "omg", "wtf", "no", "nope",
    "nah", "yes", "yeah", "again", "once again", "now", "then", "and", "also", "look", "listen", "sorry", "seriously", "wow",
    "thanks", "thank you", "no thanks", "no thank you", "sir", "maam", "ma'am", "dude", "bro", "man", "guys", "you guys",
    "people", "you people", "can you", "could you", "would you", "will you", "can i", "could i", "may i", "can we",
    "you need to", "you must", "you should", "need you to", "want you to", "i want", "i want you to", "i want to",
    "i would like you to", "i would like to", "i would like", "i wish to", "i wish", "i need you to", "i need to",
    "i am asking you to", "i demand that you", "i demand you", "i demand", "i request that you", "i request you",
    "i request to", "i request", "i would appreciate it if you would", "would you mind", "do me a favor and", "i prefer to",
    "i choose to", "we want to", "we would like to", "want to", "would like to", "like to", "to", "i said", "i already said",
    "i said to", "i told you", "i told you to", "i told you guys to", "i have told you", "i have told you to",
    "i already told you to", "i asked", "i asked you", "i asked you to", "i asked you guys to", "i already asked you to",
    "i have asked you", "i have asked you to", "i have already asked you to", "a few times", "many times", "several times",
    "multiple times", "two times", "three times", "twice", "repeatedly", "for the last time", "for the love of god",
    "for god sake", "for gods sake", "if you do not", "not interested", "i am not interested", "we are not interested",
    "wrong number", "wrong person", "you have the wrong number", "this is the wrong number", "go ahead and", "how do i", "how can i",
    "how do you", "i am going to", "i will", "make sure to", "be sure to", "reply", "text", "send", "fyi", "i", "we", "hereby",
    "immediately", "attention", "warning", "final notice", "thanks but", "thank you but", "fuck", "fucking", "fuckin", "freaking",
    "fuck you", "fuck off", "screw you", "piss off", "go to hell", "damn it", "for fuck sake", "for fucks sake", "ffs",
    "how many times do i have to say", "how many times do i have to tell you to", "how many times must i say",
    "this is harassment", "this is spam", "this is illegal"});

constexpr std::array after = std::to_array<std::string_view>({
    "please", "thanks", "thank you", "thank you very much", "so much", "now", "right now", "immediately", "at once", "today",
    "already", "right away", "forever", "permanently", "for good", "for ever", "any more", "any longer", "again", "ever again",
    "ever", "ok", "okay", "sir", "maam", "ma'am", "bro", "man", "dude", "guys", "lol", "god", "jesus", "damn it", "dammit",
    "god damn it", "goddammit", "bye", "goodbye", "have a good day", "have a nice day", "have a great day", "have a good one",
    "k", "from now on", "in the future", "to me", "to us", "to my phone", "to my number", "to this number", "on my phone",
    "on my cell", "at this number", "from you", "from your company", "from this number", "from anyone", "via text", "by text",
    "by sms", "as soon as possible", "effective immediately", "i am not interested", "not interested", "asshole", "idiot",
    "idiots", "jerk", "jerks", "period", "assholes", "jackass", "bitch", "bitches", "motherfucker", "motherfuckers", "fucker", "fuckers",
    "fuck you", "fuck off", "or else", "or i will sue", "or i will sue you", "or i will report you", "or i will block you",
    "or i will call the police", "or i will call my lawyer"});

}  // namespace

std::span<const std::string_view> leads() { return before; }
std::span<const std::string_view> trails() { return after; }

}  // namespace answerback::engine
