#include "flows/understand/yes_no_words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace answerback::flows {

namespace {

using enum Leaning;
using enum Weight;

constexpr auto phrases = std::to_array<YesNoPhrase>({
    // yes
    {"yes", yes, strong}, {"yep", yes, strong}, {"yup", yes, strong}, {"yeah", yes, strong}, {"yea", yes, strong}, {"yeh", yes, strong},
    {"yah", yes, strong}, {"ya", yes, strong}, {"y", yes, strong}, {"ye", yes, strong}, {"yas", yes, strong}, {"yess", yes, strong},
    {"yesh", yes, strong}, {"yeap", yes, strong}, {"yessir", yes, strong}, {"yess sir", yes, strong}, {"aye", yes, strong}, {"yesir", yes, strong},
    {"si", yes, strong}, {"oui", yes, strong}, {"ouais", yes, strong}, {"claro", yes, strong}, {"por supuesto", yes, strong}, {"claro que si", yes, strong},
    {"bien sur", yes, strong}, {"d'accord", yes, strong}, {"vale", yes, alone}, {"bueno", yes, alone}, {"dale", yes, alone}, {"da", yes, alone},
    {"affirmative", yes, strong}, {"absolutely", yes, strong}, {"definitely", yes, strong}, {"certainly", yes, strong}, {"totally", yes, strong},
    {"indeed", yes, strong}, {"of course", yes, strong}, {"ofc", yes, strong}, {"oh yes", yes, strong}, {"obvs", yes, alone}, {"for sure", yes, strong}, {"uh huh", yes, strong}, {"mhm", yes, strong}, {"mm hmm", yes, strong},
    {"mmhmm", yes, strong}, {"by all means", yes, strong}, {"you bet", yes, strong}, {"you betcha", yes, strong}, {"you got it", yes, strong},
    {"why not", yes, strong}, {"no problem", yes, strong}, {"no prob", yes, strong}, {"no worries", yes, strong}, {"no doubt", yes, strong},
    {"not a problem", yes, strong}, {"do not mind", yes, strong}, {"can not wait", yes, strong}, {"do not see why not", yes, strong},
    {"would not mind", yes, strong}, {"no objection", yes, strong}, {"no objections", yes, strong}, {"without a doubt", yes, strong},
    {"hell yeah", yes, strong}, {"go ahead", yes, strong}, {"go for it", yes, strong}, {"sounds good", yes, strong}, {"sounds great", yes, strong},
    {"sounds like a plan", yes, strong}, {"works for me", yes, strong}, {"that works", yes, strong}, {"let's do it", yes, strong}, {"lets do it", yes, strong},
    {"do it", yes, alone}, {"let's go", yes, alone}, {"lets go", yes, alone}, {"i am in", yes, alone}, {"count me in", yes, strong}, {"please do", yes, strong},
    {"i would love to", yes, strong}, {"i would love that", yes, strong}, {"love to", yes, weak}, {"would like that", yes, strong}, {"i would like to", yes, weak},
    {"i think so", yes, weak}, {"i guess so", yes, weak}, {"i guess", yes, alone}, {"i suppose so", yes, weak}, {"i suppose", yes, alone}, {"i believe so", yes, weak},
    {"think so", yes, weak}, {"probably", yes, alone}, {"most likely", yes, alone}, {"likely", yes, alone}, {"i hope so", yes, weak}, {"i agree", yes, weak},
    {"agreed", yes, weak}, {"agree", yes, alone}, {"sure", yes, weak}, {"sure thing", yes, strong}, {"surely", yes, weak}, {"ok", yes, weak}, {"okay", yes, weak},
    {"okey", yes, weak}, {"okie", yes, weak}, {"okey dokey", yes, strong}, {"k", yes, alone}, {"kk", yes, alone}, {"alright", yes, weak}, {"all right", yes, weak},
    {"fine", yes, alone}, {"that is fine", yes, strong}, {"fine by me", yes, strong}, {"fine with me", yes, strong}, {"good", yes, alone}, {"all good", yes, alone},
    {"great", yes, alone}, {"perfect", yes, alone}, {"awesome", yes, alone}, {"cool", yes, alone}, {"right", yes, alone}, {"that is right", yes, strong},
    {"you are right", yes, strong}, {"correct", yes, weak}, {"exactly", yes, weak}, {"true", yes, weak}, {"that is true", yes, strong}, {"indeed i do", yes, strong},
    {"confirm", yes, alone}, {"confirmed", yes, alone}, {"i confirm", yes, weak}, {"accept", yes, alone}, {"i accept", yes, weak}, {"roger", yes, alone},
    {"roger that", yes, strong}, {"10 4", yes, alone}, {"always", yes, alone}, {"i have", yes, alone}, {"gladly", yes, weak}, {"with pleasure", yes, strong},
    {"yes please", yes, strong}, {"please", yes, alone}, {"obviously", yes, weak}, {"naturally", yes, weak}, {"bet", yes, alone}, {"duh", yes, alone},
    // no
    {"no", no, strong}, {"nope", no, strong}, {"nah", no, strong}, {"naw", no, strong}, {"na", no, strong}, {"n", no, strong}, {"nay", no, strong}, {"noo", no, strong},
    {"nop", no, strong}, {"nuh uh", no, strong}, {"uh uh", no, strong}, {"non", no, strong}, {"nein", no, strong}, {"negative", no, strong}, {"no thanks", no, strong},
    {"no thank you", no, strong}, {"no way", no, strong}, {"hell no", no, strong}, {"no sir", no, strong}, {"of course not", no, strong}, {"absolutely not", no, strong},
    {"definitely not", no, strong}, {"certainly not", no, strong}, {"not really", no, strong}, {"not at all", no, strong}, {"not yet", no, strong}, {"not now", no, strong},
    {"not today", no, strong}, {"not right now", no, strong}, {"not at this time", no, strong}, {"not at the moment", no, strong}, {"not interested", no, strong},
    {"not for me", no, strong}, {"not necessary", no, strong}, {"not anymore", no, strong}, {"not any more", no, strong}, {"not particularly", no, strong},
    {"not likely", no, strong}, {"unlikely", no, weak}, {"not me", no, weak}, {"not one bit", no, strong}, {"not that i know of", no, strong}, {"no longer", no, strong},
    {"never", no, weak}, {"never mind", no, strong}, {"nevermind", no, strong}, {"i doubt it", no, strong}, {"doubtful", no, weak}, {"do not think so", no, strong},
    {"do not believe so", no, strong}, {"hardly", no, alone}, {"false", no, weak}, {"incorrect", no, weak}, {"wrong", no, alone}, {"that is wrong", no, strong},
    {"neither", no, alone}, {"none", no, alone}, {"i decline", no, weak}, {"decline", no, alone}, {"disagree", no, weak}, {"i refuse", no, weak}, {"pass", no, alone},
    {"i will pass", no, strong}, {"hard pass", no, strong}, {"i am good", no, alone}, {"i am good thanks", no, alone}, {"we are good", no, alone}, {"i am fine", no, alone},
    {"claro que no", no, strong}, {"para nada", no, strong}, {"nunca", no, alone}, {"pas du tout", no, strong}, {"bien sur que non", no, strong}, {"tampoco", no, alone},
    {"not", no, weak}, {"please do not", no, strong}, {"do not", no, weak}, {"can not", no, weak}, {"ofc not", no, strong}, {"never ever", no, strong},
    {"forget it", no, strong}, {"maybe not", no, weak}, {"probably not", no, weak}, {"i guess not", no, weak}, {"i suppose not", no, weak}, {"why would i", no, alone},
    {"not happening", no, strong}, {"no can do", no, strong}, {"by no means", no, strong}, {"under no circumstances", no, strong}, {"afraid not", no, strong},
    // neither
    {"maybe", unclear, strong}, {"perhaps", unclear, strong}, {"possibly", unclear, strong}, {"not sure", unclear, strong}, {"not certain", unclear, strong},
    {"unsure", unclear, strong}, {"do not know", unclear, strong}, {"not know", unclear, strong}, {"no idea", unclear, strong}, {"no clue", unclear, strong}, {"idk", unclear, strong},
    {"dunno", unclear, strong}, {"depends", unclear, strong}, {"it depends", unclear, strong}, {"yes and no", unclear, strong}, {"yes or no", unclear, strong},
    {"yeah right", unclear, strong}, {"not so sure", unclear, strong}, {"sort of", unclear, strong}, {"kind of", unclear, strong}, {"kinda", unclear, strong},
    {"no se", unclear, strong}, {"peut etre", unclear, strong}, {"tal vez", unclear, strong}, {"quizas", unclear, strong}, {"how sure", unclear, strong},
    {"can not say", unclear, strong}, {"hard to say", unclear, strong}, {"are you sure", unclear, strong}, {"make sure", unclear, strong}, {"no matter", unclear, strong},
    {"not only", unclear, strong}, {"not decided", unclear, strong}, {"have not decided", unclear, strong}, {"not remember", unclear, strong}, {"no one knows", unclear, strong}, {"not entirely sure", unclear, strong}, {"not 100 sure", unclear, strong},
});

constexpr auto yes_signs = std::to_array<std::string_view>({"👍", "👌", "✅", "✔", "☑", "💯", "🆗", "🙆", "🤝", "🫡"});
constexpr auto no_signs = std::to_array<std::string_view>({"👎", "❌", "🚫", "✖", "🙅", "❎", "⛔"});

constexpr auto contractions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ain't", "is not"}, {"aint", "is not"}, {"aren't", "are not"}, {"arent", "are not"}, {"can't", "can not"}, {"cannot", "can not"}, {"cant", "can not"},
    {"couldn't", "could not"}, {"couldnt", "could not"}, {"didn't", "did not"}, {"didnt", "did not"}, {"doesn't", "does not"}, {"doesnt", "does not"},
    {"don't", "do not"}, {"dont", "do not"}, {"hadn't", "had not"}, {"hadnt", "had not"}, {"hasn't", "has not"}, {"hasnt", "has not"}, {"haven't", "have not"},
    {"havent", "have not"}, {"i'd", "i would"}, {"i'll", "i will"}, {"i'm", "i am"}, {"i've", "i have"}, {"im", "i am"}, {"isn't", "is not"}, {"isnt", "is not"},
    {"it's", "it is"}, {"its", "it is"}, {"ive", "i have"}, {"shouldn't", "should not"}, {"shouldnt", "should not"}, {"that's", "that is"}, {"thats", "that is"},
    {"they're", "they are"}, {"thx", "thanks"}, {"ty", "thanks"}, {"wasn't", "was not"}, {"wasnt", "was not"}, {"we'd", "we would"}, {"we'll", "we will"},
    {"we're", "we are"}, {"we've", "we have"}, {"weren't", "were not"}, {"werent", "were not"}, {"won't", "will not"}, {"wont", "will not"},
    {"wouldn't", "would not"}, {"wouldnt", "would not"}, {"you're", "you are"},
});

}  // namespace

std::span<const YesNoPhrase> yes_no_phrases() { return phrases; }
std::span<const std::string_view> yes_emoji() { return yes_signs; }
std::span<const std::string_view> no_emoji() { return no_signs; }

std::string_view without_contraction(std::string_view word) {
  const auto* it = std::find_if(contractions.begin(), contractions.end(), [&](const auto& entry) { return entry.first == word; });
  return it == contractions.end() ? std::string_view() : it->second;
}

}  // namespace answerback::flows
