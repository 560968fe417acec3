// SPDX-License-Identifier: AGPL-3.0-or-later
// A state's rows as a snapshot keeps them: a key and its text, each on a line of its own (neither
// has a line's end in it), deflated.
#include <Poco/DeflatingStream.h>
#include <Poco/InflatingStream.h>

#include <array>
#include <sstream>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/snapshots.hpp"

namespace sz::campaign {

namespace {

constexpr int fast_compression = 1;

tl::unexpected<Error> snapshot_too_large(std::size_t bytes_max) {
    return fail(ErrorKind::limit, "SZ-CAMPAIGN-096",
                "The campaign is larger than a snapshot may be: " +
                    std::to_string(bytes_max / limits::mib) + " MiB.",
                "Its ledger has all moments all the same; they take longer to reach.");
}

tl::unexpected<Error> snapshot_unreadable() {
    return fail(ErrorKind::environment, "SZ-CAMPAIGN-092", "A snapshot is damaged.",
                "szctl campaign verify says which.");
}

}  // namespace

Result<std::string> pack_rows(const std::vector<StateRow>& rows, std::size_t bytes_max) {
    std::size_t bytes = 0;
    for (const StateRow& row : rows) bytes += row.key.size() + row.text.value_or("").size() + 2;
    if (bytes > bytes_max) return snapshot_too_large(bytes_max);
    std::ostringstream packed;
    Poco::DeflatingOutputStream out(packed, Poco::DeflatingStreamBuf::STREAM_ZLIB,
                                    fast_compression);
    for (const StateRow& row : rows) out << row.key << '\n' << row.text.value_or("") << '\n';
    out.close();
    return packed.str();
}

Result<std::vector<StateRow>> unpack_rows(const std::string& packed, std::size_t bytes_max) {
    std::istringstream in(packed);
    Poco::InflatingInputStream inflating(in);
    std::string text;
    std::array<char, 64 * 1024> piece{};
    do {
        inflating.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        text.append(piece.data(), static_cast<std::size_t>(inflating.gcount()));
        if (text.size() > bytes_max) return snapshot_too_large(bytes_max);
    } while (inflating.good());
    if (inflating.bad()) return snapshot_unreadable();
    std::vector<StateRow> rows;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t key_end = text.find('\n', at);
        const std::size_t end =
            key_end == std::string::npos ? key_end : text.find('\n', key_end + 1);
        if (end == std::string::npos) return snapshot_unreadable();
        rows.push_back(
            {text.substr(at, key_end - at), text.substr(key_end + 1, end - key_end - 1)});
        at = end + 1;
    }
    return rows;
}

}  // namespace sz::campaign
