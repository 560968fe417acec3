// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers and digests as a campaign's file keeps them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/crypto/crypto.hpp"
#include "kernel/store/database.hpp"

namespace sz::campaign {

[[nodiscard]] inline std::int64_t sql(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

[[nodiscard]] inline Blob blob(const Digest& digest) {
    return {std::string(digest.begin(), digest.end())};
}

// A stored digest of another length equals nothing: its zeros differ from every real one.
[[nodiscard]] inline Digest digest_of(std::string_view bytes) {
    Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

}  // namespace sz::campaign
