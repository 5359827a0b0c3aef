// The sixth migration: what the lists of version 5 and a contact's pace cost every turn, in fewer pages.
#pragma once

#include <string>

namespace answerback::storage {

std::string version_6();

}  // namespace answerback::storage
