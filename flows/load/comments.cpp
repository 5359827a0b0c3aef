#include "flows/load/comments.hpp"

namespace answerback::flows {

// A name may be written with escapes: "\u0024comment".
bool may_hold_comments(std::string_view source) {
  return source.find(comment_member) != std::string_view::npos || source.find("\\u00") != std::string_view::npos;
}

// Recursion is bounded by the depth that the JSON reader allows.
void drop_comments(Json& json) {
  const auto is_comment = [](const JsonMember& member) { return member.key == comment_member && member.value.kind == Json::Kind::string; };
  std::erase_if(json.members, is_comment);
  const bool is_request = json.find("url") != nullptr;
  for (auto& member : json.members) {
    if (!is_request || member.key != "body") drop_comments(member.value);
  }
  for (auto& item : json.items) drop_comments(item);
}

}  // namespace answerback::flows
