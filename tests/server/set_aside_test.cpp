// A job that can't be decided or stored is set aside alone: it harms nobody else in its batch.
#include <catch2/catch.hpp>

#include "tests/server/office.hpp"

using namespace answerback;
using namespace answerback::tests;

TEST_CASE("a job that can't be stored takes none of its batch along, and one that always fails does not come back at once") {
  Office office;
  office.handle({office.text(ana, "ROOF"), office.text(ben, "ROOF")});
  auto broken = office.about(office.contact(ana).key, engine::ManualConsent{});
  broken.remember = [](const server::Handled&) -> std::optional<storage::IdempotencyRecord> { throw std::logic_error("a fault of ours"); };
  const auto handled = office.handle({office.text(ben, "1"), std::move(broken), office.text(ben, "12"), office.text(ben, "78701")});
  CHECK(handled[0].stored);
  CHECK_FALSE(handled[1].stored);
  CHECK(handled[2].stored);
  CHECK(handled[3].stored);
  CHECK(office.result.set_aside == 1);
  CHECK(office.turns.is_set_aside(office.contact(ana).key, office.now));
  CHECK_FALSE(office.turns.is_set_aside(office.contact(ben).key, office.now));
  CHECK_FALSE(office.turns.is_set_aside(office.contact(ana).key, office.now + std::chrono::minutes(10)));
  office.handle_one(office.text(ana, "12"));
  CHECK(office.turns.set_aside_count() == 0);
}

TEST_CASE("however many jobs of one contact can't be stored, those of others in the batch are") {
  Office office;
  office.handle({office.text(ana, "ROOF"), office.text(ben, "ROOF")});
  std::vector<server::Job> jobs;
  const bool contradicts = GENERATE(false, true);
  for (int i = 0; i < 7; ++i) {
    jobs.push_back(office.about(office.contact(ana).key, engine::ManualConsent{}));
    jobs.back().remember = [contradicts](const server::Handled&) -> std::optional<storage::IdempotencyRecord> {
      if (contradicts) throw storage::Contradiction("a damaged row");
      throw std::logic_error("a fault of ours");
    };
  }
  jobs.push_back(office.text(ben, "1"));
  const auto handled = office.handle(std::move(jobs));
  CHECK(office.result.set_aside == 7);
  CHECK(handled.back().stored);
}

TEST_CASE("a store that takes nothing is not asked once for every job") {
  Office office;
  office.store.commit_fails = true;
  std::vector<server::Job> jobs;
  for (int i = 0; i < 200; ++i) jobs.push_back(office.text(ana, "hello"));
  for (const auto& each : office.handle(std::move(jobs))) CHECK_FALSE(each.stored);
  CHECK(office.result.set_aside == 3);
}
