#include <array>

#include "flows/understand/yes_no_words.hpp"

namespace answerback::flows {

namespace {

constexpr auto english_rows = std::to_array<SenseRow>({
    {Sense::yes,
     "yes|yess|yh|yuss|for shur|fershur|yas|yass|yesh|yis|yse|ys|yed|yess sir|yessir|yesir|yes sir|yes ma'am|yes maam|aye|affirmative|oh yes|hell yes|heck yes|"
     "hell yeah|heck yeah|fuck yes|fuck yeah|uh huh|uhhuh|mhm|mmhm|mhmm|mmhmm|mm hmm|yup|yep|yepp|yip|yeppers|yuppers|by all means|you bet|"
     "you betcha|you got it|you know it|without question|no question|no question about it|hells yeah|10 4|roger that|yes please"},
    {Sense::soft_yes,
     "yeah|yea|yeh|yah|ya|ye|yeap|yeup|yeahh|ok|okay|okey|oke|oki|okie|okie dokie|okey dokey|okey doke|alright|alrighty|all right|aight|kk|"
     "right on|righto|very well"},
    {Sense::certainty,
     "absolutely|definitely|certainly|totally|completely|indeed|of course|of coarse|ofc|ofcourse|obviously|obvs|naturally|surely|exactly|"
     "precisely|for certain|most certainly|most definitely|positively|100 percent|hundred percent|one hundred percent|clearly|def|defo|"
     "deffo|defs|fo sho|fosho|without fail"},
    {Sense::sure, "sure|for sure|fs|4 sure|4sure|fasho|say less|sure thing|sure enough|shure|suure"},
    {Sense::assent,
     "agreed|agree|correct|right|true|fine|good|great|perfect|awesome|cool|excellent|wonderful|amazing|lovely|nice|brilliant|sweet|super|"
     "fantastic|deal|sounds good|sounds great|sounds fine|sounds perfect|sounds right|sounds like a plan|sounds lovely|sounds awesome|"
     "works for me|work for me|that works|it works|works|works great|lets do it|lets do this|do it|lets go|go ahead|go for it|go on|i am in|"
     "i am down|i am game|i am up for it|i am for it|count me in|sign me up|please do|gladly|happily|with pleasure|my pleasure|happy to|"
     "glad to|be happy to|be glad to|love to|love that|love it|like to|like that|like it|want it|want that|want to|want one|want|wants|"
     "wanna|interested|keen|ready|willing|down for it|down|game|fine by me|fine with me|good with me|good to go|good with that|ok with me|"
     "okay with me|ok with that|cool with that|okay with that|ok by me|all good|confirm|confirmed|approved|got it|understood|gotcha|"
     "copy that|you are right|spot on|that is it|that is the one|will do|can do|do that|possible|true enough|yes way|fair enough|fair|"
     "bring it on|hit me|aye aye|thumbs up|necessary|needed|accurate|why would i not|why would we not|what are you waiting for"},
    {Sense::pledge,
     "accept|i accept|i agree|we agree|i confirm|i approve|approve|would love|would like|would be happy|would be glad|i consent|consent"},
    {Sense::reject,
     "wrong|false|incorrect|untrue|refuse|decline|disagree|reject|object to|doubt it|doubt that|i doubt|doubtful|unlikely|impossible|"
     "uninterested|hate|hardly|out of the question|fat chance|say no|thumbs down|as if|in your dreams|over my dead body|when pigs fly|"
     "when hell freezes over|hard pass|i will pass|i pass|gonna pass|going to pass|have to pass|scarcely|barely|inaccurate|forget it|"
     "forget about it|nevermind|never mind|negative|opposed|against it|unable"},
    {Sense::probably,
     "probably|prob|probs|prolly|likely|most likely|very likely|quite likely|think so|believe so|guess so|suppose so|hope so|imagine so|"
     "expect so|reckon so|assume so|afraid so|say so|i think|i guess|i suppose|i believe|i reckon|i imagine|i assume|i hope|guess|suppose|"
     "presumably|as far as i know|afaik|to my knowledge|pretty much|more or less|i would say|why not|why not then|y not|ynot|whynot|y not tho|why tf not|no reason not to|"
     "might as well|could do|seems so|seems like it|looks like it|apparently"},
    {Sense::maybe, "possible|maybe|mabye|mebbe|perhaps|possibly|might|may|could be|potentially|perchance"},
    {Sense::unclear,
     "it depends|that depends|depends|depending|idk|dunno|unsure|uncertain|undecided|yes and no|yes or no|no and yes|yes no maybe|"
     "yeah right|sort of|sorta|kind of|kinda|somewhat|hard to say|hard to tell|tough to say|can not say|can not tell|can not be sure|"
     "could not say|could not tell you|who knows|no one knows|nobody knows|god knows|are you sure|r u sure|make sure|let me think|"
     "let me check|let me see|let me ask|we will see|i will see|will see|have to think|need to think|have to check|need to check|"
     "have to ask|need to ask|thinking about it|think about it|on the fence|meh|whatever|if you want|if you like|up to you|you decide|"
     "your call|either|either way|either one|both|fifty fifty|50 50|not bad|not too bad|not only|no rush|no hurry|no pressure|good question|"
     "how sure|wrong number|wrong person|sometimes|occasionally|not always|what do you think|does it matter|ask me later|so so|"
     "not exactly sure|mixed feelings|not no|not a no|in a way|to some extent|partly|partially|half and half"},
    {Sense::negator, "not|never|without|no longer|nor|neither|nothing|nowhere|nobody|none|nt"},
    {Sense::no,
     "no|nope|nop|nah|naw|na|nay|noo|noe|nuh uh|nuhuh|uh uh|nah uh|nein|no way|no way jose|hell no|hell nah|heck no|fuck no|no siree|no sir|"
     "no ma'am|no thanks|no thank you|no thx|no ty|nty|no can do|not a chance|no chance|nix|noper|nopes|naur|absolutely no|no dice|no go|"
     "no bueno|no good|by no means|under no circumstances|no more|no need|no interest|never ever|afraid not|of course not|"
     "thanks but no thanks|thanks but no|not in a million years|not happening|not gonna happen|not going to happen|not on your life|no use|"
     "not that i know of|not that i am aware of|not to my knowledge|not as far as i know|not as far as i am aware"},
    {Sense::knowing,
     "know|idea|ideas|clue|decided|decide|remember|recall|understand|certain|tell|follow|care|matter|matters|preference|difference|comment|"
     "opinion|complain|complaints|worry|100|positive|made up my mind|made my mind up|convinced|familiar"},
    {Sense::trouble,
     "problem|problems|problemo|prob at all|worries|doubt|doubts|objection|objections|issue|issues|biggie|big deal|sweat|trouble|"
     "bother at all|harm|brainer|mind|mind at all|mind if i do|object|hurt|wait to|qualms|problem at all|reservations|hesitation|see why not"},
    {Sense::assent,
     "can not wait|no worries|no prob|no probs|no biggie|no brainer|not a problem|no lie|no cap|np|could not agree more|"
     "can not argue with that|how could i refuse|how could i say no|can not say no|could not say no|whatever works|whatever works for you|"
     "whatever you think|whatever is best|would not miss it"},
    {Sense::alone_yes,
     "y|k|please|always|bet|duh|word|accepted|accept|likewise|same|100|positive|please please|every time|all the time|yay|yahoo|woohoo|"
     "yippee|hurray|pls|plz|done|roger|facts|preach|count on it|anytime|any time"},
    {Sense::alone_no,
     "n|i am good|i am good thanks|i am ok|i am okay|i am fine|we are good|we are fine|i am all set|we are all set|all set|am good|nobody|"
     "no one|none|nothing|neither|pass|nada|zero|zilch|zip|another time|some other time|ew|yuck|gross|nm"},
    {Sense::pronoun, "i|we|it|he|she|they|that|this|there|you|u"},
    {Sense::auxiliary, "am|is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|must|gonna"},
    {Sense::question, "what|when|where|who|whom|whose|which|how|why|whats|what is"},
    {Sense::correction,
     "wait|i mean|i meant|actually|rather|scratch that|correction|sorry|oops|my mistake|my bad|no wait|on second thought|second thought|"
     "changed my mind|change my mind|make that|strike that"},
    {Sense::but, "but|though|although|however|except|unless"},
    {Sense::either, "or|and|slash"},
    {Sense::filler,
     "please|pls|plz|thanks|thank you|thank|you|ty|um|umm|hmm|hm|uh|eh|er|well|oh|ah|lol|lmao|haha|hahaha|hehe|so|hi|hello|hey|sir|maam|"
     "ma'am|man|bro|dude|buddy|guys|mate|girl|friend|honey|dear|boss|very|much|just|really|then|now|today|tonight|tomorrow|yet|anymore|"
     "any more|right now|right away|at all|at this time|at the moment|at this point|at present|for now|for me|for us|with me|with us|to me|"
     "to us|me|us|my|any|anything|anyone|be|been|being|to|too|also|still|again|ever|even|quite|exactly|particularly|especially|necessarily|"
     "honestly|frankly|certainly|sadly|unfortunately|personally|luckily|basically|literally|seriously|truly|actually|already|a|an|the|of|"
     "for|in|on|at|with|by|from|as|if i am honest|to be honest|tbh|imo|imho|afraid|think|thinks|believe|say|said|see|like|it|its|that|this|"
     "these|those|one|ones|some|get|got|go|going|make|take|need|needs|your|i am afraid|i am sorry|not gonna lie|ngl|good morning|"
     "good afternoon|good evening|good day|good night|morning|way|hope|soon|asap|only|all|cheers|bye|goodbye|because|since|rather|prefer|"
     "lets|let|absolutely|time|moment|more|everything|something|both of us|here|there|anyway|anyways|once|fucking|freaking|damn|damned|"
     "bloody|hell|heck|god|omg|wow|jeez|gosh|love|little|bit|slightest|least|own|kindly|highly|than|pretty|fairly|appreciate it|appreciated|"
     "have a nice day|have a good day|s|t|m"},
});

}  // namespace

std::span<const SenseRow> english_senses() { return english_rows; }

}  // namespace answerback::flows
