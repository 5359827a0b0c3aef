// The blobs of the store: what a conversation carries beside its columns, contact fields, lists of texts. An own binary
// form, since a DOM would cost more than the whole turn. Each blob begins with its version; decoding throws DamagedBytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/model.hpp"
#include "storage/bytes.hpp"

namespace answerback::storage {

// Step, trigger, sender, counters, open question, answers, vars, interactions.
std::string encode_state(const engine::Conversation& conversation);
void decode_state(std::string_view bytes, engine::Conversation& into);

std::string encode_pace(const engine::Pace& pace);
engine::Pace decode_pace(std::string_view bytes);

std::string encode_values(const flows::Values& values);
flows::Values decode_values(std::string_view bytes);

std::string encode_texts(const std::vector<std::string>& texts);
std::vector<std::string> decode_texts(std::string_view bytes);

std::string encode_pairs(const std::vector<std::pair<std::string, std::string>>& pairs);
std::vector<std::pair<std::string, std::string>> decode_pairs(std::string_view bytes);

}  // namespace answerback::storage
