#include "webhooks/endpoint.hpp"

#include <catch2/catch.hpp>

#include "webhooks/http_client.hpp"
#include "webhooks/outbox.hpp"

using namespace answerback::webhooks;
using namespace std::chrono_literals;

TEST_CASE("endpoints and deliveries are named by their keys") {
  CHECK(to_string(EndpointKey{4}) == "ep_4");
  CHECK(to_string(DeliveryKey{12}) == "dlv_12");
  CHECK(parse_endpoint_key("ep_4") == EndpointKey{4});
  CHECK(parse_delivery_key(to_string(DeliveryKey{INT64_MAX})) == DeliveryKey{INT64_MAX});
  CHECK(to_string(EndpointKey{static_cast<std::int64_t>(answerback::engine::number_of(0x12d687, 4))}) == "ep_4s00qglj");
}

TEST_CASE("a key has exactly one spelling") {
  for (const char* bad : {"", "ep_", "ep_0", "ep_04", "ep_-4", "ep_+4", "ep_ 4", "ep_4 ", "ep_4x", "EP_4", "4", "dlv_4", "ep_9223372036854775808"}) {
    INFO(bad);
    CHECK_FALSE(parse_endpoint_key(bad));
  }
  CHECK_FALSE(parse_delivery_key("ep_4"));
}

TEST_CASE("every replaced secret signs until its own grace is over, however many rotations follow") {
  using answerback::flows::Instant;
  Endpoint endpoint;
  CHECK(signing_secrets(endpoint, {}).empty());
  const auto first = Secret::random(), second = Secret::random(), third = Secret::random();
  REQUIRE(rotate(endpoint, first, Instant(0s), Instant(0s)));
  REQUIRE(rotate(endpoint, second, Instant(1'000s), Instant(0s)));
  REQUIRE(rotate(endpoint, third, Instant(1'600s), Instant(600s)));
  CHECK(signing_secrets(endpoint, Instant(1'000s - 1ms)) == std::vector{third, second, first});
  CHECK(signing_secrets(endpoint, Instant(1'000s)) == std::vector{third, second});
  CHECK(signing_secrets(endpoint, Instant(1'600s)) == std::vector{third});
}

TEST_CASE("no more replaced secrets are kept than the bound: a further rotation waits for the oldest to end") {
  using answerback::flows::Instant;
  Endpoint endpoint;
  for (std::size_t i = 0; i <= max_old_secrets; ++i) REQUIRE(rotate(endpoint, Secret::random(), Instant(1'000s + std::chrono::seconds(i)), Instant(0s)));
  const auto before = endpoint.secrets;
  CHECK_FALSE(rotate(endpoint, Secret::random(), Instant(2'000s), Instant(1'000s)));
  CHECK(endpoint.secrets == before);
  CHECK(rotate(endpoint, Secret::random(), Instant(2'001s), Instant(1'001s)));
  CHECK(endpoint.secrets.size() == max_old_secrets + 1);
}

TEST_CASE("a header is found in whatever letters it was written (RFC 9110 5.1)") {
  Endpoint endpoint;
  endpoint.headers = {{"X-Api-Key", "s3cret"}};
  REQUIRE(find_header(endpoint, "x-API-key"));
  CHECK(*find_header(endpoint, "x-API-key") == "s3cret");
  CHECK(find_header(endpoint, "X-Api") == nullptr);
}

TEST_CASE("a custom header is a token with a plain value (RFC 9110 5.5, 5.6.2)") {
  CHECK_FALSE(header_problem("Authorization", "Bearer abc"));
  CHECK_FALSE(header_problem("X-Api-Key", ""));
  CHECK_FALSE(header_problem("x!#$%&'*+-.^_`|~9", "a\tb"));
  CHECK_FALSE(header_problem("X-Name", "José"));
  for (const char* name : {"", "X Key", "X:Key", "X-Key\r", "X-Key\n", "Schlüssel", "X(Key)", "\"x\""}) CHECK(header_problem(name, "v"));
  CHECK(header_problem(std::string_view("X\0Y", 3), "v"));
  CHECK(header_problem(std::string(129, 'x'), "v"));
}

TEST_CASE("a custom header's value can't begin a second header or request") {
  for (const char* value : {"a\r\nX: b", "a\nb", "a\rb", "\x01", "\x7f", " a", "a ", "a\t"}) CHECK(header_problem("X-Key", value));
  CHECK(header_problem("X-Key", std::string_view("a\0b", 3)));
  CHECK(header_problem("X-Key", std::string(4'097, 'x')));
  CHECK_FALSE(header_problem("X-Key", std::string(4'096, 'x')));
}

TEST_CASE("a custom header can't take the place of framing or of the signature") {
  for (const char* name :
       {"Host", "Content-Length", "content-length", "Transfer-Encoding", "Connection", "TE", "Upgrade", "Trailer", "Proxy-Authorization",
        "proxy-connection", "Keep-Alive", "Expect", "Accept-Encoding", "Content-Type", "webhook-id", "Webhook-Signature", "WEBHOOK-ANYTHING"}) {
    INFO(name);
    CHECK(header_problem(name, "v"));
  }
}

TEST_CASE("an answer's header is found by its name in lower case") {
  HttpAnswer answer;
  answer.headers = {{"retry-after", "5"}, {"retry-after", "9"}};
  CHECK(answer.header("retry-after") == "5");
  CHECK_FALSE(answer.header("location"));
}
