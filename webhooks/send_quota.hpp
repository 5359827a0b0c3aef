// How many texts may be under way at once, so that a carrier or a sender that hangs holds up its own texts and nobody else's: slots
// over all, per carrier, and per sender of a carrier. Once three quarters of a carrier's slots are taken, the rest is for senders that
// have nothing under way. A value: who asks for texts says what it has under way, who gives them counts on.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>

namespace answerback::webhooks {

// One of a carrier's senders.
struct SendLine {
  std::string carrier;
  std::string sender;
  auto operator<=>(const SendLine&) const = default;
};

struct SendLimits {
  std::uint32_t total = 64;
  std::uint32_t per_carrier = 32;
  std::uint32_t per_sender = 16;
};

class SendQuota {
 public:
  explicit SendQuota(SendLimits limits = {}) : limits_(limits) {}
  // So many, whatever their lines.
  SendQuota(int total) : SendQuota(SendLimits{static_cast<std::uint32_t>(total), static_cast<std::uint32_t>(total), static_cast<std::uint32_t>(total)}) {
    is_shared_ = false;
  }

  // How many more of the line may start.
  std::uint32_t room(const SendLine& line) const;
  bool is_full() const { return under_way_ >= limits_.total; }
  std::uint32_t under_way() const { return under_way_; }
  void take(const SendLine& line);
  void give_back(const SendLine& line);

 private:
  SendLimits limits_;
  bool is_shared_ = true;
  std::uint32_t under_way_ = 0;
  std::map<std::string, std::uint32_t> by_carrier_;
  std::map<SendLine, std::uint32_t> by_line_;
};

}  // namespace answerback::webhooks
