#include "webhooks/beast_client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <thread>
#include <utility>

#include "webhooks/client/authorities.hpp"
#include "webhooks/client/exchange.hpp"

namespace answerback::webhooks {

namespace asio = boost::asio;

namespace {

asio::ssl::context make_tls(const std::string& ca_file) {
  asio::ssl::context tls(asio::ssl::context::tls_client);
  SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
  tls.set_verify_mode(asio::ssl::verify_peer);
  client::trust_authorities(tls, ca_file);
  return tls;
}

client::Resolver::Lookup lookup_of(const BeastClientOptions& options) {
  if (options.resolve) return options.resolve;
  return client::resolve_by_system;
}

client::PoolLimits limits_of(const BeastClientOptions& options) {
  client::PoolLimits limits;
  limits.idle_per_host = options.max_idle_per_host;
  limits.idle = options.max_idle;
  limits.idle_time = options.idle_timeout;
  return limits;
}

}  // namespace

struct BeastClient::Impl {
  explicit Impl(const BeastClientOptions& options)
      : tls(make_tls(options.ca_file)), resolver(context, lookup_of(options)), pool(context, limits_of(options)),
        shop{context, tls, options.rules, options.idle_timeout, resolver, pool, std::make_shared<client::Door>(context), {}} {}

  void start(HttpRequest request, std::function<void(HttpAnswer)> done) {
    const auto exchange = std::make_shared<client::Exchange>(shop, std::move(request), std::move(done));
    closing ? exchange->abandon() : exchange->start();
  }

  // What one exchange throws ends that exchange; should anything get by it, the thread goes on for all others.
  void run() {
    while (!context.stopped()) {
      try {
        context.run();
      } catch (const std::exception&) {
        continue;
      }
    }
  }

  void close() {
    closing = true;
    shop.door->close();
    while (!shop.under_way.empty()) (*shop.under_way.begin())->abandon();
    pool.clear();
    resolver.close();
    work.reset();
  }

  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{context.get_executor()};
  asio::ssl::context tls;
  client::Resolver resolver;
  client::WirePool pool;
  client::Shop shop;
  bool closing = false;
  std::thread thread{[this] { run(); }};
};

BeastClient::BeastClient(const BeastClientOptions& options) : impl_(std::make_unique<Impl>(options)) {}

BeastClient::~BeastClient() {
  asio::post(impl_->context, [impl = impl_.get()] { impl->close(); });
  impl_->thread.join();
}

void BeastClient::send(HttpRequest request, std::function<void(HttpAnswer)> done) {
  asio::post(impl_->context, [impl = impl_.get(), request = std::move(request), done = std::move(done)]() mutable {
    impl->start(std::move(request), std::move(done));
  });
}

}  // namespace answerback::webhooks
