// The whole process put together: store, loop, reader, dispatcher, HTTP front, in the order in which they need each other.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/config/config.hpp"

namespace answerback::server {

class App {
 public:
  // Opens the store and loads what is published. The admin key that the first start makes lies in admin.key of the data folder. Throws std::runtime_error with a sentence when the process can't run so.
  explicit App(Config config);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Starts everything and returns the port. Throws when the address can't be had.
  std::uint16_t start();

  // Publishes changed flow files of the configured folder; a bad one is named in the log and its good revision stays.
  void reload_flows();

  // Takes no more requests, finishes what is under way, then returns.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace answerback::server
