#include "storage/dedup.hpp"

#include <cstring>
#include <string>

#include "webhooks/crypto.hpp"

namespace answerback::storage {

DedupKey dedup_key(std::string_view carrier, std::string_view provider_id) {
  std::string input(carrier);
  input.push_back('\0');
  input.append(provider_id);
  const auto digest = webhooks::sha256(input);
  DedupKey key;
  std::memcpy(key.data(), digest.data(), key.size());
  return key;
}

}  // namespace answerback::storage
