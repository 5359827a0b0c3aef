// The data folder as a whole: the store, and beside it the key of the hashes that keep erased contacts suppressed. The key lies outside so
// that who has a copy of the store alone can't try numbers against them. Without its key a store would let people be texted who opted
// out; so the two must fit, or nothing runs.
#pragma once

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "storage/store.hpp"

namespace answerback::server {

// What lies in the folder does not belong together. Says what is wrong, and the way out.
struct UnfitFolder : std::runtime_error {
  using std::runtime_error::runtime_error;
};

enum class Missing : std::uint8_t { begins, is_refused };

// Opens the store, a new one where nothing is yet. Throws UnfitFolder when it is gone or empty and its key is left, StoreMissing when there
// is none and none is to be begun, StoreError for all else.
std::unique_ptr<storage::Store> open_data_folder(const std::string& folder, std::size_t cache_bytes, Missing missing = Missing::begins);

// The key of the store in the folder, 32 bytes; made the first time. Throws UnfitFolder when it is not there, damaged or another store's.
std::string suppression_key(const std::string& folder, storage::Store& store);
// What is wrong with it, "" = they fit. Changes nothing.
std::string key_problem(const std::string& folder, storage::Store& store);

// The operator's word that the key that lies there is this store's. Throws UnfitFolder when it can't be anybody's.
void adopt_key(const std::string& folder, storage::Store& store);
// A new key; one that lies there is kept under another name. Returns how many contacts nothing keeps suppressed from then on.
std::uint64_t replace_key(const std::string& folder, storage::Store& store);

}  // namespace answerback::server
