#include "storage/sqlite/disk_wait.hpp"

namespace answerback::storage {

namespace {

thread_local std::chrono::nanoseconds waited_for_disk_here{0};

}  // namespace

std::chrono::nanoseconds disk_wait_so_far() { return waited_for_disk_here; }

DiskWait::~DiskWait() { waited_for_disk_here += std::chrono::steady_clock::now() - began_; }

}  // namespace answerback::storage
