// A value that few of its owners have. It lies on the heap, so that those without it are small, and is copied with its owner like
// any other member. Used like a std::optional.
#pragma once

#include <memory>
#include <utility>

namespace answerback::engine {

template <typename T>
class Rare {
 public:
  Rare() = default;
  Rare(T value) : held_(std::make_unique<T>(std::move(value))) {}
  Rare(const Rare& other) : held_(other.held_ ? std::make_unique<T>(*other.held_) : nullptr) {}
  Rare(Rare&&) noexcept = default;
  Rare& operator=(Rare other) noexcept {
    held_ = std::move(other.held_);
    return *this;
  }
  ~Rare() = default;

  explicit operator bool() const { return held_ != nullptr; }
  T& operator*() { return *held_; }
  const T& operator*() const { return *held_; }
  T* operator->() { return held_.get(); }
  const T* operator->() const { return held_.get(); }
  void reset() { held_.reset(); }

  bool operator==(const Rare& other) const { return held_ && other.held_ ? *held_ == *other.held_ : held_ == other.held_; }

 private:
  std::unique_ptr<T> held_;
};

}  // namespace answerback::engine
