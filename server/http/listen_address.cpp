#include "server/http/listen_address.hpp"

#include <fmt/format.h>

#include <charconv>
#include <stdexcept>

namespace answerback::server {

ListenAddress parse_listen_address(std::string_view text) {
  const auto colon = text.rfind(':');
  auto host = text.substr(0, colon);
  ListenAddress address;
  bool good = colon != std::string_view::npos && !host.empty();
  if (good) {
    const auto port = text.substr(colon + 1);
    const auto [end, failure] = std::from_chars(port.data(), port.data() + port.size(), address.port);
    good = !port.empty() && failure == std::errc{} && end == port.data() + port.size();
  }
  const bool bracketed = good && host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!good || (!bracketed && host.find(':') != std::string_view::npos))
    throw std::runtime_error(
        fmt::format("cannot listen on \"{}\": an address is written like 127.0.0.1:8080 or [::1]:8080", text));
  address.host = host == "localhost" ? "127.0.0.1" : std::string(host);
  return address;
}

std::string peer_text(std::string address) {
  constexpr std::string_view mapped = "::ffff:";
  if (address.compare(0, mapped.size(), mapped) == 0 && address.find('.') != std::string::npos) address.erase(0, mapped.size());
  return address;
}

}  // namespace answerback::server
