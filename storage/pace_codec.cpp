#include "storage/codec.hpp"

namespace answerback::storage {

namespace {

constexpr std::uint8_t pace_version = 1;

}  // namespace

std::string encode_pace(const engine::Pace& pace) {
  ByteWriter out;
  out.byte(pace_version);
  out.instant(pace.since);
  for (const auto number : {pace.answered, pace.alike, pace.last}) out.number(number);
  return out.take();
}

engine::Pace decode_pace(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.byte() != pace_version) throw DamagedBytes("an unknown version");
  engine::Pace pace;
  pace.since = in.instant();
  for (auto* number : {&pace.answered, &pace.alike, &pace.last}) *number = in.small_number();
  in.end();
  return pace;
}

}  // namespace answerback::storage
