// The book-keeping of the dispatcher's lane for webhooks: which deliveries are held for which endpoint, which start now, what the
// store is asked for, and when to look again. It takes events and the time and gives values out; it has no clock, no socket, no thread
// and no callback. Whatever is due and allowed starts, also when nothing else ever happens: next_look() says when to come back.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "webhooks/dispatch/agenda.hpp"
#include "webhooks/dispatch/attempt.hpp"
#include "webhooks/dispatch/line.hpp"

namespace answerback::webhooks::dispatch {

class DeliveryBook {
 public:
  // `options` outlives this.
  explicit DeliveryBook(const DispatcherOptions& options);

  void set(Endpoint endpoint, flows::Instant now);  // new, changed, enabled
  void remove(EndpointKey key);
  void wake(const std::vector<EndpointKey>& keys, flows::Instant now);  // there is new work for them

  // By so much, back: pauses keep their length, and every line is looked at now.
  void clock_was_set(flows::Duration by, flows::Instant now);

  struct Start {
    DueDelivery due;
    HttpRequest request;
  };
  // Everything that may start now; each is under way from here on, until answered().
  std::vector<Start> start(flows::Instant now);

  // What the store is to be asked for; empty = nothing now. Not asked again before leased() or not_leased().
  std::vector<Want> ask(flows::Instant now);
  void leased(LeasedDeliveries leased, flows::Instant now);
  void not_leased(flows::Instant again_at);

  // What came of a request; nothing when it was never made, since the client is closing.
  std::optional<DeliverySettlement> answered(DueDelivery due, flows::Instant started_at, const HttpAnswer& answer, flows::Instant now);
  // These go to the store now: what waited behind them there may be leased next.
  void handed_over(const std::vector<DeliverySettlement>& settled, flows::Instant now);

  bool asking() const { return !asked_.empty(); }
  std::uint32_t in_flight() const { return house_.in_flight; }
  // When there is something to do without any other event; nothing = never.
  std::optional<flows::Instant> next_look() const;

 private:
  Line* find(EndpointKey key);
  void refresh(Line& line, flows::Instant now);
  Start begin(Line& line, flows::Instant now);
  void count(const DeliverySettlement& settled);
  std::uint32_t look(Line& line, flows::Instant now);
  std::uint32_t& held(Standing standing) { return held_[static_cast<std::size_t>(standing)]; }
  std::uint32_t held_or_asked(Standing standing) const;
  std::uint32_t budget(Standing standing) const;
  bool take_in(DueDelivery due, flows::Instant now);

  const DispatcherOptions& options_;
  std::map<EndpointKey, Line> lines_;
  std::deque<Line*> turns_;               // lines with something ready and a free slot
  Agenda agenda_;
  House house_;
  std::array<std::uint32_t, 3> held_{};   // leased and waiting, by standing
  std::array<std::uint32_t, 3> asking_{}; // what the lease call in the making asks for, likewise
  std::vector<EndpointKey> asked_;        // by the lease call that is under way
  flows::Instant asked_at_;
};

}  // namespace answerback::webhooks::dispatch
