// Names to addresses without holding the client's thread up. The system's resolver blocks, so lookups run on threads of
// their own: one lookup per name at a time, and a name that hangs holds one of them only.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace answerback::webhooks::client {

using Addresses = std::vector<std::string>;

// The system's answer, at most 16 addresses in its order of preference (RFC 6724); none when the name has none.
Addresses resolve_by_system(const std::string& host);

class Resolver {
 public:
  using Lookup = std::function<Addresses(const std::string& host)>;

  Resolver(boost::asio::io_context& context, Lookup lookup);
  // Does not wait for lookups under way: they can't be cancelled and may take longer than a shutdown should.
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // On the client's thread; so is the callback, later.
  void resolve(const std::string& host, std::function<void(const Addresses&)> done);

 private:
  struct Board;
  void deliver(const std::string& host, const Addresses& addresses);

  std::shared_ptr<Board> board_;
  std::map<std::string, std::vector<std::function<void(const Addresses&)>>> waiting_;
};

}  // namespace answerback::webhooks::client
