#include "storage/sqlite/version_4.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

namespace {

// How lively a contact's texts are answered (engine/decide/pace.hpp).
constexpr std::string_view pace_of_contacts = R"sql(
ALTER TABLE contacts ADD COLUMN pace_since INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_answered INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_alike INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN pace_last INTEGER NOT NULL DEFAULT 0;
)sql";

// When consent changed by what the contact wrote, and what they are spoken to in. Who is opted out already keeps when that was.
constexpr std::string_view consent_order = R"sql(
ALTER TABLE contacts ADD COLUMN consent_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN yes_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE contacts ADD COLUMN spoken TEXT NOT NULL DEFAULT '';
UPDATE contacts SET consent_at = coalesce((SELECT max(l.at) FROM ledger l WHERE l.contact = contacts.key), 0) WHERE consent = 3;
)sql";

}  // namespace

std::string version_4() {
  std::string sql;
  for (const auto part : {pace_of_contacts, consent_order}) sql += part;
  return sql;
}

}  // namespace answerback::storage
