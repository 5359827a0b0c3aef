// Any bytes as a stored blob: damage is told as such, never a crash or a huge allocation, and what is read writes itself back.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "storage/codec.hpp"

namespace {

using namespace answerback::storage;

template <typename Decode>
void try_to(Decode decode) {
  try {
    decode();
  } catch (const DamagedBytes&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(data, data + size);
  try_to([&] {
    answerback::engine::Conversation conversation;
    decode_state(bytes, conversation);
    const auto written = encode_state(conversation);
    answerback::engine::Conversation again;
    decode_state(written, again);
    if (encode_state(again) != written) std::abort();
  });
  try_to([&] {
    const auto written = encode_values(decode_values(bytes));
    if (encode_values(decode_values(written)) != written) std::abort();
  });
  try_to([&] {
    const auto texts = decode_texts(bytes);
    if (decode_texts(encode_texts(texts)) != texts) std::abort();
  });
  try_to([&] {
    const auto pairs = decode_pairs(bytes);
    if (decode_pairs(encode_pairs(pairs)) != pairs) std::abort();
  });
  return 0;
}
