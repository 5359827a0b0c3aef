// Verbs that read one text a line and answer each with one JSON object a line.
#pragma once

#include <functional>
#include <iosfwd>
#include <nlohmann/json_fwd.hpp>
#include <string>

namespace answerback::server {

// One line without its end, at most as long as a reply can be: the rest of it is passed over. False at the end of input.
bool read_line(std::istream& in, std::string& line);

using AnswerLine = std::function<nlohmann::ordered_json(const std::string&)>;

// Reads stdin to its end. Each answer leaves before the next line is read, so that a program can talk to this.
// Of a line longer than a reply can be, the rest is passed over.
void answer_lines(const AnswerLine& answer);

// "" for a language that is read, such as "es-MX"; else what to tell who asked for it.
std::string language_problem(const std::string& language);

// {"value":…|null,"sure":…,"span":[begin,end]}; bytes of the line.
nlohmann::ordered_json understood_json(nlohmann::ordered_json value, bool sure, std::size_t begin, std::size_t end);

}  // namespace answerback::server
