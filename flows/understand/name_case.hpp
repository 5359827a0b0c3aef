// The letter case of a person's name. What was written with care stays; "maria de la cruz" and "MARIA DE LA CRUZ" do not.
#pragma once

#include <string>
#include <string_view>

namespace answerback::flows {

// White space inside becomes single spaces. A name in small letters or in capitals throughout becomes "Maria de la Cruz",
// "O'Neil"; a word in small letters among others ("Ana lópez") gets its capital, but for particles.
std::string name_case(std::string_view name, std::string_view language);

}  // namespace answerback::flows
