#include "server/app.hpp"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <memory>

#include "server/api/api.hpp"
#include "server/carriers/carrier.hpp"
#include "server/config/flow_folder.hpp"
#include "server/config/secret_file.hpp"
#include "server/config/secrets.hpp"
#include "server/config/zone.hpp"
#include "server/data_folder.hpp"
#include "server/descriptors.hpp"
#include "server/log/log.hpp"
#include "server/version.hpp"
#include "webhooks/beast_client.hpp"
#include "webhooks/crypto.hpp"

namespace answerback::server {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds drain_patience{10};
constexpr std::size_t max_waiting_flows = 100;  // each of them is up to as large as a body may be

webhooks::BeastClientOptions client_options(const Config& config, bool carrier, std::size_t max_idle) {
  webhooks::BeastClientOptions options;
  options.max_idle = max_idle;
  options.rules = config.url_rules;
  options.ca_file = config.ca_file;
  // A carrier's URL is the operator's own, from the configuration file: the guard against other people's URLs is not for it.
  if (carrier) {
    options.rules.allow_http = true;
    options.rules.allow_cidrs = {"0.0.0.0/0", "::/0"};
  }
  return options;
}

// Endpoints, texts and calls under way at once.
std::size_t outgoing_at_once(const webhooks::DispatcherOptions& options) { return options.max_in_flight + options.sends.total + options.call_slots; }

void tell_of_front(Metrics& metrics, FrontTrouble what, std::size_t count) {
  metrics.front_trouble(what, count);
  switch (what) {
    case FrontTrouble::full_closed_idle:
      return log(LogLevel::warning, "connections_full", {{"closed", "those idle longest"}, {"why", "limits.connections or the limit of open files"}});
    case FrontTrouble::full_turned_away:
      return log(LogLevel::warning, "connections_full", {{"closed", "a new one, with 503"}, {"why", "limits.connections, limits.connections_per_peer or the limit of open files"}});
    case FrontTrouble::no_descriptors: return log(LogLevel::error, "accept_failed", {{"why", "no descriptor or memory is left; raise the limit of open files"}});
    case FrontTrouble::closed_unread: return log(LogLevel::warning, "answers_not_taken", {{"closed", "callers that took nothing of their answers"}});
    case FrontTrouble::failed: return log(LogLevel::error, "io_failed", {{"why", "an unexpected error on the I/O thread"}});
  }
}

}  // namespace

struct App::Impl {
  explicit Impl(Config given)
      : config(std::move(given)),
        descriptors(plan_descriptors(raise_descriptor_limit(), config.http_limits.max_connections, outgoing_at_once(config.webhooks))),
        secrets(config.secrets),
        store(open_data_folder(config.data_folder(), config.cache_mb << 20)),
        key(suppression_key(config.data_folder(), *store)),
        zones(config.zone, clock.now()),
        turns(*store, engine_settings(), routing()),
        loop(*store, turns, clock, metrics, loop_options()),
        keys(config.admin_key.reveal),
        webhook_client(client_options(config, false, descriptors.idle_outgoing)),
        carrier_client(client_options(config, true, descriptors.idle_outgoing)),
        dispatcher(dispatcher_options(), loop.outbox(), webhook_client, carrier_client, [this] { return clock.now(); },
                   [this](const std::string& carrier) { return lane(carrier); },
                   [this](const engine::Message& message) { return loop.may_start(message); }),
        api{*store, turns, loop, reader, publisher, clock, metrics, config, keys, [this] { return draining.load(); },
            [this] { return front.connections(); }, [this](const std::string& phone) { return phone_hash(phone); }, {config.url_rules, &secrets}},
        router([this](const HttpRequest& request, Scope scope) { return keys.check(request, scope); },
               [this](std::string_view path, int status, std::chrono::nanoseconds took) { metrics.request(path, status, took); },
               [](const std::string& request, std::string_view path, std::string_view what) {
                 log(LogLevel::error, "request_failed", {{"request", request}, {"path", std::string(path)}, {"why", std::string(what)}});
               }),
        front(http_limits(), [this](HttpRequest request, Respond respond) { router.handle(std::move(request), std::move(respond)); },
              {[this](const HttpRequest& request) { return router.judge(request); },
               [this](FrontTrouble what, std::size_t count) { tell_of_front(metrics, what, count); }}) {
    if (config.twilio) lanes.emplace("twilio", twilio_lane(*config.twilio));
    if (config.http) lanes.emplace("http", http_lane(*config.http));
    add_routes(router, api);
    recover();
  }

  HttpLimits http_limits() const {
    auto limits = config.http_limits;
    limits.max_connections = descriptors.connections;
    return limits;
  }

  engine::Settings engine_settings() const {
    auto settings = config.engine;
    settings.office_clock = zones.by_default();
    return settings;
  }

  Routing routing() {
    Routing made;
    made.carrier = [this](const std::string& sender) {
      const auto it = config.sender_carrier.find(sender);
      return it == config.sender_carrier.end() ? config.default_carrier : it->second;
    };
    made.clock = [this](const engine::Contact& contact) { return zones.of(contact); };
    made.phone_hash = [this](const std::string& phone) { return phone_hash(phone); };
    return made;
  }

  LoopOptions loop_options() const {
    LoopOptions options;
    options.max_waiting = config.max_waiting;
    options.retention = config.retention;
    return options;
  }

  webhooks::DispatcherOptions dispatcher_options() {
    auto options = config.webhooks;
    options.user_agent = fmt::format("answerback/{}", version());
    options.secret = [this](const std::string& name, const std::string& header, const std::string& url) { return secrets.grant(name, header, url); };
    return options;
  }

  std::string phone_hash(const std::string& phone) const { return webhooks::to_hex(webhooks::hmac_sha256(key, phone)); }

  const webhooks::CarrierLane* lane(const std::string& carrier) const {
    const auto it = lanes.find(carrier);
    return it == lanes.end() ? nullptr : &it->second;
  }

  // What the store remembers is brought back before anything runs.
  void recover() {
    tell_identity();
    load_published(*store, turns.flows());
    for (const auto& record : store->campaigns()) turns.know_campaign(record.campaign, record.state == "running");
    const auto unsure = store->recover_sends();
    if (!unsure.empty()) log(LogLevel::warning, "texts_unknown", {{"count", std::to_string(unsure.size())}, {"why", "handed over when the process ended; not sent again"}});
    loop.attach(&dispatcher);
    for (const auto& endpoint : store->endpoints()) loop.endpoint_changed(endpoint);
    if (!config.flows.empty()) publish_folder(load_folder(config.flows, config.url_rules, &secrets), *store, turns.flows(), clock.now());
    make_first_key();
    if (descriptors.connections < config.http_limits.max_connections)
      log(LogLevel::info, "connections_limited", {{"to", std::to_string(descriptors.connections)}, {"why", "the limit of open files"}});
    for (const auto& [name, secret] : config.secrets)
      if (secret.hosts.empty()) log(LogLevel::warning, "secret_without_hosts", {{"secret", name}, {"why", "it goes to loopback, and where the flows of the configured folder send it; name its hosts"}});
  }

  void tell_identity() {
    const auto identity = store->identity();
    if (identity.renewed.empty()) return;
    log(LogLevel::warning, "store_is_a_copy",
        {{"why", identity.renewed}, {"origin", engine::origin_text(identity.origin)},
         {"what_follows", "ids that are given from now on end differently from those of the original; places in lists that were read before are refused"}});
  }

  void make_first_key() {
    if (config.admin_key.empty() && store->api_keys().empty()) {
      const auto made = make_api_key("admin", {"admin"}, clock.now());
      const auto file = fs::absolute(fs::path(config.data_folder()) / "admin.key").lexically_normal().string();
      write_secret_file(file, made.text + "\n");  // before the store knows it: a key that nobody has would lock everybody out
      store->add_api_key(made.record);
      log(LogLevel::warning, "admin_key_made", {{"file", file}, {"next", "keep the key elsewhere, then delete the file; it is not read again"}});
    }
    keys.replace(store->api_keys());
  }

  Config config;
  DescriptorPlan descriptors;
  Secrets secrets;
  SystemClock clock;
  Metrics metrics;
  std::unique_ptr<storage::Store> store;
  std::string key;
  Zones zones;
  Turns turns;
  Loop loop;
  Reader reader;
  Reader publisher{max_waiting_flows};
  KeyRing keys;
  webhooks::BeastClient webhook_client;
  webhooks::BeastClient carrier_client;
  std::map<std::string, webhooks::CarrierLane> lanes;
  webhooks::Dispatcher dispatcher;
  std::atomic<bool> draining{false};
  Api api;
  Router router;
  HttpServer front;
};

App::App(Config config) : impl_(std::make_unique<Impl>(std::move(config))) {}

App::~App() { stop(); }

std::uint16_t App::start() {
  const auto port = impl_->front.listen(impl_->config.listen);
  impl_->loop.start();
  impl_->dispatcher.start();
  impl_->front.start();
  return port;
}

// Read where published flows are loaded, so that what goes wrong with the folder ends this reload and not the process.
void App::reload_flows() {
  if (impl_->config.flows.empty()) return;
  const bool taken = impl_->publisher.submit([impl = impl_.get()] {
    auto folder = std::make_shared<LoadedFolder>(load_folder(impl->config.flows, impl->config.url_rules, &impl->secrets));
    impl->loop.submit_task(TaskKind::reload, [impl, folder] {
      const auto result = publish_folder(std::move(*folder), *impl->store, impl->turns.flows(), impl->clock.now());
      log(LogLevel::info, "flows_reloaded",
          {{"published", std::to_string(result.published)}, {"unchanged", std::to_string(result.unchanged)}, {"refused", std::to_string(result.refused)}});
    });
  });
  if (!taken) log(LogLevel::warning, "flows_not_reloaded", {{"why", "too many flows wait to be loaded"}, {"next", "send SIGHUP again in a moment"}});
}

void App::stop() {
  if (impl_->draining.exchange(true)) return;
  impl_->front.stop(drain_patience);
  impl_->publisher.stop();
  impl_->reader.stop();
  impl_->dispatcher.stop(drain_patience);
  impl_->loop.stop();
}

}  // namespace answerback::server
