// Who calls: `Authorization: Bearer ab_<id>_<secret>` against the stored keys, or the operator's admin key. Only hashes are
// kept; a wrong secret, an unknown id and a revoked key cost the same time and get the same answer.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/router.hpp"
#include "storage/records.hpp"

namespace answerback::server {

// `admin` grants everything, `operate` also `read`, every scope itself.
bool grants(const std::vector<std::string>& scopes, Scope wanted);

struct NewApiKey {
  storage::ApiKey record;
  std::string text;  // shown once, never kept
};
NewApiKey make_api_key(std::string label, std::vector<std::string> scopes, storage::Instant now);

class KeyRing {
 public:
  static constexpr std::size_t min_admin_key_length = 16;

  // "" = no admin key. A shorter one than `min_admin_key_length` throws std::invalid_argument.
  explicit KeyRing(std::string_view admin_key);

  // Both may be called from any thread.
  void replace(std::vector<storage::ApiKey> keys);
  AuthResult check(const HttpRequest& request, Scope wanted) const;

 private:
  using Keys = std::shared_ptr<const std::vector<storage::ApiKey>>;
  Keys keys() const;

  std::string admin_hash_;
  mutable std::mutex mutex_;
  Keys keys_;
};

}  // namespace answerback::server
