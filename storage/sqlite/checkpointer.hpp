// Moves the WAL into the file: while others write, on a thread of its own, so that nobody waits for the disk's random pages;
// the little that is left at the end, on the writer's thread, so that the WAL can begin anew.
//
// SQLite 3.7.0 to 3.51.2 can lose committed data when a checkpoint begins while another connection restarts the WAL
// (sqlite.org/wal.html#walresetbug). The writer restarts it only when all of it has been moved, and only a checkpoint moves.
// So there is never more than one checkpoint at a time, and one on the other thread begins only while something is left to
// move: until it has ended, no restart can come about.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "storage/sqlite/connection.hpp"

namespace answerback::storage {

// Its methods are for the writer's thread.
class Checkpointer {
 public:
  Checkpointer(const std::string& file, Connection& writer);
  ~Checkpointer();  // waits for the checkpoint under way
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;

  void committed();     // after every commit
  void idle();          // when nobody waits
  bool truncate();      // empties the WAL's file; false = not now
  bool busy() const;    // one is under way on the other thread
  bool broken() const;  // an fsync failed: what the file holds is unknown

 private:
  void run();
  Connection::Moved move_beside();
  void begin();
  void move_here(Connection::Checkpoint kind);
  void take(const Connection::Moved& moved);
  void wait_for_end(std::unique_lock<std::mutex>& lock);
  int unmoved() const;
  int untried() const;

  Connection& writer_;
  Connection own_;
  mutable std::mutex mutex_;  // for all that follows
  std::condition_variable changed_;
  int moved_ = 0;  // pages from the WAL's beginning that the file has
  int tried_ = 0;  // pages that the WAL had when the last checkpoint began
  bool running_ = false;
  bool stopping_ = false;
  bool broken_ = false;
  std::thread thread_;
};

}  // namespace answerback::storage
