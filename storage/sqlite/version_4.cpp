#include "storage/sqlite/version_4.hpp"

#include <initializer_list>
#include <string_view>

namespace answerback::storage {

std::string version_4() {
  std::string sql;
  for (const auto part : std::initializer_list<std::string_view>{}) sql += part;
  return sql;
}

}  // namespace answerback::storage
