// SPDX-License-Identifier: AGPL-3.0-or-later
// What the targets share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ostream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace mpst::fuzz {

// A law that the input broke ends the program, as a fuzzer expects it.
inline void must(bool holds, const char* law) {
    if (holds) return;
    std::fprintf(stderr, "This does not hold: %s\n", law);
    std::abort();
}

// Takes everything and keeps nothing.
class Discard : public std::streambuf {
  protected:
    int overflow(int c) override { return c == EOF ? 0 : c; }
    std::streamsize xsputn(const char*, std::streamsize count) override { return count; }
};

}  // namespace mpst::fuzz
