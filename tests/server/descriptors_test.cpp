#include "server/descriptors.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "server/config/secret_file.hpp"
#include "tests/server/office.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace answerback;
using namespace answerback::server;

TEST_CASE("whatever the limit of open files is, the store and the dispatcher have theirs beside the connections") {
  for (const std::size_t limit : {64U, 256U, 1'024U, 4'096U, 65'536U, 1'048'576U}) {
    const auto plan = plan_descriptors(limit, 10'000, 544);
    INFO(limit);
    CHECK(plan.connections >= 1);
    CHECK(plan.connections <= 10'000);
    CHECK(plan.connections <= limit / 2 + limit / 2);
    CHECK(limit - plan.connections >= std::min<std::size_t>(limit / 2, 64 + 544 + 2 * plan.idle_outgoing));
    CHECK(plan.idle_outgoing >= 1);
  }
  CHECK(plan_descriptors(1'024, 10'000, 544).connections == 512);
  CHECK(plan_descriptors(1'048'576, 10'000, 544).connections == 10'000);
  CHECK(plan_descriptors(1'048'576, 3, 544).connections == 3);
  CHECK(plan_descriptors(0, 10'000, 544).connections == 1);
}

TEST_CASE("the soft limit of open files is raised to what the system lets the process have") {
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  auto low = before;
  low.rlim_cur = std::min<rlim_t>(before.rlim_max, 512);
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
  CHECK(raise_descriptor_limit() == std::min<rlim_t>(before.rlim_max, 1'048'576));
  ::setrlimit(RLIMIT_NOFILE, &before);
}

TEST_CASE("a secret file is its owner's alone, also where another one was before") {
  const tests::TemporaryFolder folder;
  const auto path = folder.write("admin.key", "old");
  ::chmod(path.c_str(), 0644);
  write_secret_file(path, "ab_1_2\n");
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777U) == 0600U);
  CHECK(tests::read_text(path) == "ab_1_2\n");
  CHECK_THROWS_WITH(write_secret_file(folder.path() + "/nowhere/admin.key", "x"), Catch::Contains("can't be written"));
}
