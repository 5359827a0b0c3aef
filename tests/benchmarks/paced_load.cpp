// Open-loop load: texts leave on a fixed schedule whether or not earlier ones were answered, and a latency counts from the
// scheduled instant, so that a stall is seen by every request that it delays.
//   bench_paced_load PORT CONNECTIONS PER_SECOND SECONDS CONTACTS PREFIX      key in ANSWERBACK_ADMIN_KEY
// Prints one JSON object.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;
using asio::ip::tcp;

constexpr std::chrono::seconds patience{20};  // for answers that are still owed when the schedule is over
constexpr std::array<const char*, 5> texts{"ROOF", "its leaking", "yes", "about 12 years", "78701"};

struct Options {
  std::uint16_t port = 0;
  std::size_t connections = 0;
  double per_second = 0;
  double seconds = 0;
  std::size_t contacts = 0;
  std::string prefix;
  std::string key;
};

// Each contact's next text; the same numbers as inbound.lua and seed.cpp make.
class Texts {
 public:
  explicit Texts(const Options& options)
      : options_(options), turns_(options.contacts + 1), pick_(1, options.contacts) {
    // Contact n has already sent the first n % 5 texts, as `bench_seed underway` left it.
    for (std::size_t n = 0; n < turns_.size(); ++n) turns_[n] = static_cast<std::uint8_t>(n % texts.size());
  }

  http::request<http::string_body> next() {
    const auto contact = pick_(random_);
    const auto turn = turns_[contact];
    turns_[contact] = static_cast<std::uint8_t>((turn + 1) % texts.size());
    http::request<http::string_body> request(http::verb::post, "/v1/inbound", 11);
    request.set(http::field::host, "127.0.0.1");
    request.set(http::field::authorization, "Bearer " + options_.key);
    request.set(http::field::content_type, "application/json");
    request.body() = fmt::format(R"({{"id":"{}-{}","from":"+1512{}","text":"{}"}})", options_.prefix, ++made_, 2'000'000 + contact,
                                 texts[turn]);
    request.prepare_payload();
    return request;
  }

 private:
  const Options& options_;
  std::vector<std::uint8_t> turns_;
  std::mt19937_64 random_{20260302};
  std::uniform_int_distribution<std::size_t> pick_;
  std::uint64_t made_ = 0;
};

struct Connection {
  explicit Connection(asio::io_context& io) : socket(io) {}
  tcp::socket socket;
  boost::beast::flat_buffer buffer;
  http::request<http::string_body> request;
  http::response<http::string_body> response;
  Clock::time_point scheduled;
};

Clock::duration duration(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

class Load {
 public:
  explicit Load(const Options& options) : options_(options), texts_(options), step_(duration(1 / options.per_second)) {
    wanted_ = static_cast<std::size_t>(options.per_second * options.seconds);
    latencies_ms_.reserve(wanted_);
  }

  void run() {
    const tcp::endpoint server(asio::ip::make_address("127.0.0.1"), options_.port);
    for (std::size_t i = 0; i < options_.connections; ++i) {
      connections_.push_back(std::make_unique<Connection>(io_));
      connections_.back()->socket.connect(server);
      connections_.back()->socket.set_option(tcp::no_delay(true));
      idle_.push_back(connections_.back().get());
    }
    next_ = Clock::now();
    wait_for_next();
    io_.run_until(next_ + duration(options_.seconds) + patience);
  }

  void print() {
    std::sort(latencies_ms_.begin(), latencies_ms_.end());
    fmt::print(R"({{"scheduled":{},"answered":{},"refused":{},"broken":{},)", wanted_, latencies_ms_.size(), refused_, broken_);
    fmt::print(R"("p50_ms":{:.3f},"p90_ms":{:.3f},)", percentile(0.5), percentile(0.9));
    fmt::print("\"p99_ms\":{:.3f},\"max_ms\":{:.3f}}}\n", percentile(0.99), percentile(1));
  }

 private:
  void wait_for_next() {
    if (scheduled_ == wanted_) return;
    timer_.expires_at(next_);
    timer_.async_wait([this](error_code) {
      const auto now = Clock::now();
      for (; next_ <= now && scheduled_ < wanted_; next_ += step_, ++scheduled_) due_.push_back(next_);
      send_what_is_due();
      wait_for_next();
    });
  }

  void send_what_is_due() {
    for (; !due_.empty() && !idle_.empty(); due_.pop_front()) {
      auto& connection = *idle_.front();
      idle_.pop_front();
      connection.scheduled = due_.front();
      send(connection);
    }
  }

  void send(Connection& connection) {
    connection.request = texts_.next();
    connection.response = {};
    http::async_write(connection.socket, connection.request, [this, &connection](error_code error, std::size_t) {
      if (error) return broken();
      receive(connection);
    });
  }

  void receive(Connection& connection) {
    const auto done = [this, &connection](error_code error, std::size_t) { error ? broken() : answered(connection); };
    http::async_read(connection.socket, connection.buffer, connection.response, done);
  }

  void answered(Connection& connection) {
    latencies_ms_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - connection.scheduled).count());
    if (connection.response.result() != http::status::ok) ++refused_;
    idle_.push_back(&connection);
    send_what_is_due();
  }

  // The connection is not used again; a request that it took is never answered.
  void broken() { ++broken_; }

  double percentile(double share) const {
    if (latencies_ms_.empty()) return 0;
    return latencies_ms_[static_cast<std::size_t>(share * static_cast<double>(latencies_ms_.size() - 1))];
  }

  const Options& options_;
  asio::io_context io_;
  asio::steady_timer timer_{io_};
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<Connection*> idle_;
  std::deque<Clock::time_point> due_;
  Texts texts_;
  Clock::duration step_;
  Clock::time_point next_;
  std::size_t wanted_ = 0, scheduled_ = 0, refused_ = 0, broken_ = 0;
  std::vector<double> latencies_ms_;
};

Options read(const std::vector<std::string>& arguments) {
  const char* key = std::getenv("ANSWERBACK_ADMIN_KEY");
  if (arguments.size() != 6 || key == nullptr) throw std::runtime_error("usage: see the head of paced_load.cpp");
  Options options{static_cast<std::uint16_t>(std::stoul(arguments[0])), std::stoul(arguments[1]), std::stod(arguments[2]),
                  std::stod(arguments[3]), std::stoul(arguments[4]), arguments[5], key};
  const bool all_given = options.connections > 0 && options.contacts > 0 && options.per_second > 0;
  if (!all_given) throw std::runtime_error("every number must be above 0");
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const auto options = read({arguments + 1, arguments + count});
    Load load(options);
    load.run();
    load.print();
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "bench_paced_load: {}\n", error.what());
    return 1;
  }
}
