// A text as it usually comes out: each placeholder stands for as many plain letters as its value usually has.
#pragma once

#include <map>
#include <string>

#include "flows/flow.hpp"

namespace answerback::flows {

class UsualText {
 public:
  explicit UsualText(const Flow& flow);
  std::string of(const Text& text) const;

 private:
  void add(const std::string& answer, const Expect& expect);
  std::string of(const Placeholder& placeholder) const;
  std::size_t length_of(const Path& path) const;
  std::map<std::string, std::size_t> lengths_;
};

}  // namespace answerback::flows
