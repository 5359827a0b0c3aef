#include "tests/server/http/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "flows/text/letter_case.hpp"

namespace answerback::server::testing {
namespace {

constexpr std::size_t max_answer_bytes = 64 * 1024 * 1024;

}  // namespace

RawClient::RawClient(std::uint16_t port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  if (receive_buffer > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  const timeval patience{2, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect");
}

RawClient::~RawClient() {
  if (socket_ >= 0) ::close(socket_);
}

RawClient::RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)), input_(std::move(other.input_)) {}

void RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;  // a server that has refused need not take the rest
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

bool RawClient::receive() {
  std::array<char, 16384> buffer;
  const auto count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  input_.append(buffer.data(), static_cast<std::size_t>(count));
  return input_.size() < max_answer_bytes;
}

bool RawClient::take(std::size_t most, std::size_t& count) {
  std::string buffer(most, '\0');
  const auto got = ::recv(socket_, buffer.data(), buffer.size(), 0);
  count += got > 0 ? static_cast<std::size_t>(got) : 0;
  return got > 0;
}

RawAnswer RawClient::answer(bool to_head) {
  RawAnswer answer;
  while (input_.find("\r\n\r\n") == std::string::npos)
    if (!receive()) return answer;
  const auto head = input_.substr(0, input_.find("\r\n\r\n") + 2);
  input_.erase(0, head.size() + 2);
  answer.status = std::stoi(head.substr(9, 3));
  for (auto at = head.find("\r\n") + 2; at < head.size();) {
    const auto end = head.find("\r\n", at);
    const auto colon = head.find(": ", at);
    answer.headers[flows::to_lower(head.substr(at, colon - at))] = head.substr(colon + 2, end - colon - 2);
    at = end + 2;
  }
  const auto length = answer.headers.count("content-length") > 0 && !to_head ? std::stoul(answer.headers["content-length"]) : 0UL;
  while (input_.size() < length)
    if (!receive()) return {};
  answer.body = input_.substr(0, length);
  input_.erase(0, length);
  return answer;
}

RawAnswer RawClient::ask(std::string_view bytes) {
  send(bytes);
  return answer();
}

bool RawClient::is_closed() {
  if (!input_.empty()) return false;
  char byte = 0;
  return ::recv(socket_, &byte, 1, 0) == 0;
}

std::string RawClient::rest() {
  while (receive()) {
  }
  return std::exchange(input_, {});
}

}  // namespace answerback::server::testing
