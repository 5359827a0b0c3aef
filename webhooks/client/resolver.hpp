// Names to addresses without holding the client's thread up. The system's resolver blocks, so lookups run on threads of
// their own; which one starts when, and what is remembered, says the LookupBook.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "webhooks/client/alarm.hpp"
#include "webhooks/client/lookup_book.hpp"

namespace boost::asio {
class io_context;
}

namespace answerback::webhooks::client {

// The system's answer, at most 16 addresses in its order of preference (RFC 6724); none when the name has none.
Addresses resolve_by_system(const std::string& host);

class Resolver {
 public:
  using Lookup = std::function<Addresses(const std::string& host)>;
  using Done = std::function<void(const Addresses&)>;
  static constexpr std::size_t max_waiting = 256;  // for one name; who comes on top hears at once that there is no address

  Resolver(boost::asio::io_context& context, Lookup lookup);
  // Does not wait for lookups under way: they can't be cancelled and may take longer than a shutdown should.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // On the client's thread; so is the callback, later.
  void resolve(const std::string& host, Done done);
  // On the client's thread: nothing more is started or told.
  void close();

 private:
  struct Board;
  void start_more();
  void deliver(const std::string& host, const Addresses& addresses);
  void tell_later(Done done, Addresses addresses);

  boost::asio::io_context& context_;
  std::shared_ptr<Board> board_;
  LookupBook book_;
  std::unordered_map<std::string, std::vector<Done>> waiting_;
  Alarm alarm_;
  bool is_closed_ = false;
};

}  // namespace answerback::webhooks::client
