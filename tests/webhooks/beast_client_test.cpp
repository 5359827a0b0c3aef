// The outgoing client against receivers that behave, and ones that don't.
#include "webhooks/beast_client.hpp"

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include "tests/support/eventually.hpp"
#include "tests/webhooks/support/beast.hpp"
#include "tests/webhooks/support/sink.hpp"

using namespace answerback::tests;
using answerback::webhooks::BeastClient;
using std::chrono::milliseconds;
using Then = SinkReply::Then;

TEST_CASE("a request arrives as it was made, with the client's own framing") {
  Sink sink([](const SeenRequest&) { return reply(200, "thanks", "X-Trace: Abc\r\n"); });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url()));
  CHECK(answer.status == 200);
  CHECK(answer.body == "thanks");
  CHECK(answer.header("x-trace") == "Abc");
  CHECK(answer.error.empty());
  const auto seen = sink.seen().at(0);
  CHECK(seen.method == "POST");
  CHECK(seen.target == "/hook?x=1");
  CHECK(seen.body == R"({"type":"conversation.completed"})");
  CHECK(seen.headers.at("host") == fmt::format("127.0.0.1:{}", sink.port()));
  CHECK(seen.headers.at("content-length") == std::to_string(seen.body.size()));
  CHECK(seen.headers.at("webhook-id") == "evt_7_1");
  CHECK(seen.headers.count("accept-encoding") == 0);  // nothing packed is asked for, so nothing is ever unpacked
}

TEST_CASE("an answer is an answer, whatever its status, and a redirect is not followed") {
  // Standard Webhooks: 3xx is a failure, never followed.
  Sink elsewhere([](const SeenRequest&) { return reply(200); });
  const int status = GENERATE(200, 204, 301, 307, 410, 429, 500, 503);
  Sink sink([&](const SeenRequest&) {
    const auto body = status == 204 ? "HTTP/1.1 204 No Content\r\n" : fmt::format("HTTP/1.1 {} Status\r\nContent-Length: 0\r\n", status);
    return SinkReply{body + fmt::format("Location: {}\r\nRetry-After: 7\r\n\r\n", elsewhere.url()), Then::keep, {}};
  });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url()));
  CHECK(answer.status == status);
  CHECK(answer.header("retry-after") == "7");
  CHECK(sink.seen().size() == 1);
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("requests to one host share a connection") {
  Sink sink([](const SeenRequest&) { return reply(200, "ok"); });
  BeastClient client(loopback_options());
  for (int i = 0; i < 5; ++i) CHECK(exchange(client, post(sink.url())).status == 200);
  CHECK(sink.connections() == 1);
}

TEST_CASE("a connection is not kept when the server wants it closed") {
  Sink sink([](const SeenRequest&) { return reply(200, "ok", "Connection: close\r\n"); });
  BeastClient client(loopback_options());
  for (int i = 0; i < 3; ++i) CHECK(exchange(client, post(sink.url())).status == 200);
  CHECK(sink.connections() == 3);
}

TEST_CASE("an idle connection is not used beyond its time") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  auto options = loopback_options();
  options.idle_timeout = milliseconds(50);
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url())).status == 200);
  CHECK(eventually([&] { return sink.open_connections() == 0; }));
  CHECK(exchange(client, post(sink.url())).status == 200);
  CHECK(sink.connections() == 2);
}

TEST_CASE("one deadline covers silence, slow headers and a body by the drop") {
  const auto answer_200 = std::string("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n") + std::string(1000, 'x');
  const auto script = GENERATE_COPY(SinkReply{"", Then::hang, {}, {}}, SinkReply{answer_200, Then::keep, milliseconds(20), {}},
                                    SinkReply{answer_200.substr(0, 60), Then::hang, {}, {}});
  Sink sink([&](const SeenRequest&) { return script; });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url(), milliseconds(300)));
  CHECK(answer.status == (script.bytes.size() == 60 ? 200 : 0));  // what arrived is told, whatever came after
  CHECK(answer.error == "timeout");
  CHECK_FALSE(answer.before_send);
  CHECK(answer.took >= milliseconds(300));
}

TEST_CASE("a connection that breaks off before the answer is whole is a reset") {
  const auto script = GENERATE(SinkReply{"", Then::reset, {}, {}}, SinkReply{"", Then::close, {}, {}},
                               SinkReply{"HTTP/1.1 200 OK\r\nContent-Le", Then::close, {}, {}},
                               SinkReply{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", Then::close, {}, {}},
                               SinkReply{"HTTP/1.1 100 Continue\r\n\r\n", Then::close, {}, {}});
  Sink sink([&](const SeenRequest&) { return script; });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url()));
  CHECK(answer.error == "reset");
  CHECK_FALSE(answer.before_send);
  CHECK(sink.seen().size() == 1);  // a fresh connection that breaks is no reason to try another
}

TEST_CASE("of a huge body the beginning is kept, and its size changes nothing") {
  const auto huge = std::string(4 * 1024 * 1024, 'x');
  Sink sink([&](const SeenRequest&) { return reply(200, huge); });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url()));
  CHECK(answer.status == 200);
  CHECK(answer.body.size() == 16 * 1024);
  CHECK(exchange(client, post(sink.url())).status == 200);
  CHECK(sink.connections() == 2);
}

TEST_CASE("a receiver that never stops sending is given up after some kilobytes, long before the deadline") {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto script = GENERATE_COPY(
      SinkReply{"", Then::close, {}, std::string(1000, 'H')}, SinkReply{"HTTP/1.1 200 OK\r\n", Then::close, {}, "X: y\r\n"},
      SinkReply{"", Then::close, {}, "HTTP/1.1 103 Early Hints\r\n\r\n"}, SinkReply{chunked + "1;", Then::close, {}, std::string(1000, 'e')},
      SinkReply{chunked, Then::close, {}, std::string(1000, '0')}, SinkReply{chunked + "0\r\n", Then::close, {}, "X: y\r\n"},
      SinkReply{chunked, Then::close, {}, "1;" + std::string(1000, 'e') + "\r\na\r\n"});
  Sink sink([&](const SeenRequest&) { return script; });
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(sink.url(), std::chrono::seconds(15)));
  CHECK(answer.error == "protocol");
  CHECK(answer.took < std::chrono::seconds(10));
  CHECK(sink.endless_bytes() < 16U * 1024 * 1024);  // what the kernel's buffers hold, and no more
}

TEST_CASE("nothing is connected to that the rules don't allow") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  answerback::webhooks::BeastClientOptions options;
  options.rules.allow_http = true;
  BeastClient client(options);
  const auto answer = exchange(client, post(sink.url()));
  CHECK(answer.error == "refused_address");
  CHECK(answer.before_send);
  CHECK(sink.connections() == 0);
}

TEST_CASE("a name that leads inside is refused at connect, whatever it led to when it was configured") {
  // DNS rebinding: the rules open some other network, so that the URL itself passes, and the name then resolves to us.
  Sink sink([](const SeenRequest&) { return reply(200); });
  answerback::webhooks::BeastClientOptions options;
  options.rules.allow_cidrs = {"10.9.0.0/16"};
  options.resolve = [](const std::string&) { return std::vector<std::string>{"127.0.0.1", "::ffff:127.0.0.1"}; };
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url("crm.example.com"))).error == "refused_address");
  CHECK(sink.connections() == 0);
}

TEST_CASE("of a name's addresses the bad ones are dropped and the others tried in turn") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  auto options = loopback_options();
  options.resolve = [](const std::string&) { return std::vector<std::string>{"10.1.2.3", "nonsense", "127.0.0.2", "127.0.0.1"}; };
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);
  CHECK(sink.seen().at(0).headers.at("host") == fmt::format("crm.example.com:{}", sink.port()));
}

TEST_CASE("a name without addresses says so, and one that hangs holds up nobody else") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  // A lookup can't be cancelled and may outlive the client, so it owns what it looks at.
  const auto release = std::make_shared<std::atomic<bool>>(false);
  auto options = loopback_options();
  options.resolve = [release](const std::string& host) -> std::vector<std::string> {
    for (int i = 0; i < 1000 && host == "slow.example.com" && !*release; ++i) std::this_thread::sleep_for(milliseconds(10));
    return host == "crm.example.com" ? std::vector<std::string>{"127.0.0.1"} : std::vector<std::string>{};
  };
  BeastClient client(options);
  auto slow = begin(client, post(sink.url("slow.example.com"), milliseconds(500)));
  CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);
  const auto none = exchange(client, post(sink.url("none.example.com")));
  CHECK(none.error == "dns");
  CHECK(none.before_send);
  const auto answer = wait(std::move(slow));
  CHECK(answer.error == "timeout");
  CHECK(answer.before_send);
  *release = true;
}

TEST_CASE("sixty names that hang, one after the other and all at once, do not stop those that answer") {
  Sink sink([](const SeenRequest&) { return reply(200, "", "Connection: close\r\n"); });
  const auto release = std::make_shared<std::atomic<bool>>(false);
  auto options = loopback_options();
  options.resolve = [release](const std::string& host) -> std::vector<std::string> {
    for (int i = 0; i < 2000 && host.rfind("slow", 0) == 0 && !*release; ++i) std::this_thread::sleep_for(milliseconds(10));
    return {"127.0.0.1"};
  };
  BeastClient client(options);
  CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);
  std::vector<std::future<answerback::webhooks::HttpAnswer>> slow;
  for (int i = 0; i < 60; ++i) slow.push_back(begin(client, post(sink.url(fmt::format("slow{}.example.com", i)), milliseconds(15'000))));
  CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);          // remembered
  CHECK(exchange(client, post(sink.url("new.example.com"), milliseconds(10'000))).status == 200);  // never seen before
  *release = true;
  for (auto& each : slow) CHECK(wait(std::move(each)).status == 200);
}

TEST_CASE("a name is looked up once for those that ask within moments") {
  Sink sink([](const SeenRequest&) { return reply(200, "", "Connection: close\r\n"); });
  const auto lookups = std::make_shared<std::atomic<int>>(0);
  auto options = loopback_options();
  options.resolve = [lookups](const std::string&) -> std::vector<std::string> {
    ++*lookups;
    return {"127.0.0.1"};
  };
  BeastClient client(options);
  for (int i = 0; i < 5; ++i) CHECK(exchange(client, post(sink.url("crm.example.com"))).status == 200);
  CHECK(*lookups == 1);
  CHECK(sink.connections() == 5);
}

TEST_CASE("a port where nobody listens is a failure to connect") {
  std::string url;
  {
    Sink gone([](const SeenRequest&) { return reply(200); });
    url = gone.url();
  }
  BeastClient client(loopback_options());
  const auto answer = exchange(client, post(url));
  CHECK(answer.error == "connect");
  CHECK(answer.before_send);
}

TEST_CASE("a header that could become a second request never leaves") {
  Sink sink([](const SeenRequest&) { return reply(200); });
  const auto header = GENERATE(std::pair<std::string, std::string>{"X-A", "1\r\nX-B: 2"}, std::pair<std::string, std::string>{"X A", "1"},
                               std::pair<std::string, std::string>{"", "1"}, std::pair<std::string, std::string>{"Transfer-Encoding", "chunked"},
                               std::pair<std::string, std::string>{"content-length", "5"});
  BeastClient client(loopback_options());
  auto request = post(sink.url());
  request.headers.push_back(header);
  const auto answer = exchange(client, request);
  CHECK(answer.error == "protocol");
  CHECK(answer.before_send);
  CHECK(sink.connections() == 0);
}

TEST_CASE("the callback comes on the client's thread, once, and for everything that is under way when the client goes") {
  Sink sink([](const SeenRequest&) { return SinkReply{"", Then::hang, {}, {}}; });
  std::atomic<int> calls{0}, resets{0}, on_caller{0};
  {
    BeastClient client(loopback_options());
    for (int i = 0; i < 20; ++i)
      client.send(post(sink.url()), [&, caller = std::this_thread::get_id()](const answerback::webhooks::HttpAnswer& answer) {
        ++calls;
        if (answer.error == "reset" && !answer.before_send) ++resets;
        if (std::this_thread::get_id() == caller) ++on_caller;
      });
    REQUIRE(eventually([&] { return sink.seen().size() == 20; }));
    for (int i = 0; i < 5; ++i) client.send(post(sink.url()), [&](const answerback::webhooks::HttpAnswer&) { ++calls; });
  }
  CHECK(calls == 25);
  CHECK(resets >= 20);
  CHECK(on_caller == 0);
}
