#include <algorithm>

#include "flows/text/letter_case.hpp"
#include "flows/understand/kinds.hpp"

namespace answerback::flows {

namespace {

constexpr std::size_t max_media = 20;  // twice what the largest carriers pass on in one MMS
constexpr std::size_t longest_scheme = 8;

bool is_web_address(std::string_view url) {
  const auto scheme = to_lower(url.substr(0, longest_scheme));
  const std::size_t size = scheme == "https://" ? 8 : scheme.starts_with("http://") ? 7 : 0;
  return size > 0 && url.size() > size && std::none_of(url.begin(), url.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

}  // namespace

// The files themselves are no part of the text. What is written beside them ("the kitchen") is the span, nothing for a bare file.
Understood understand_media(const ExpectMedia&, const Reply& reply, const ReplyContext& context) {
  std::vector<std::string> urls;
  for (const auto& url : context.media) {
    if (urls.size() >= max_media) break;
    if (is_web_address(url) && std::find(urls.begin(), urls.end(), url) == urls.end()) urls.push_back(url);
  }
  if (urls.empty()) return {};
  return {Value(std::move(urls)), true, reply.trimmed()};
}

}  // namespace answerback::flows
