// Rows that keep their size. SQLite overwrites a row in place while its size stays the same; one that grows is taken out and
// put in again, and soon its page must share with its neighbours. So the blob of a row that changes with every turn is filled
// up: to a step, together with what else changes in the row.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace answerback::storage {

// In how many bytes SQLite stores these numbers (sqlite.org/fileformat2.html, section 2.1); NULL takes as many as 0: none.
std::size_t stored_bytes(std::initializer_list<std::int64_t> numbers);

// `blob` with filler behind it, such that both and the `beside` bytes make one of the steps; larger ones stay as they are.
std::string filled_up(std::string blob, std::size_t beside, std::span<const std::size_t> steps);

// The blob again; of one that was never filled up, the whole. Throws DamagedBytes.
std::string_view without_filler(std::string_view bytes);

}  // namespace answerback::storage
