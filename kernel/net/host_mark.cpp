// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/host_mark.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/base/text.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::net {

namespace {

constexpr std::string_view letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";  // as a Client ID's
constexpr std::size_t short_letters = 20;                                 // five bits each
constexpr std::string_view whole_begins = "szid1";

// The first hundred bits of the hash.
std::string short_form(const PublicKey& key) {
    const Digest digest = Hasher("SessionZero host mark v1").add(key).finish();
    std::string text;
    for (std::size_t i = 0; i < short_letters; ++i) {
        const std::size_t bit = 5 * i;
        const unsigned two = static_cast<unsigned>(digest[bit / 8] << 8 | digest[bit / 8 + 1]);
        text += letters[(two >> (11 - bit % 8)) & 31];
    }
    return text;
}

tl::unexpected<Error> no_mark(const std::string& what) {
    return fail(ErrorKind::input, "SZ-NET-070",
                "What stands behind “#” in the address does not name a host: " + what + ".",
                "It is a Client ID (szid1…) or five groups of four letters. Copy the whole address "
                "again, or leave away “#” and what follows.");
}

}  // namespace

Result<HostMark> HostMark::parse(std::string_view text) {
    std::string plain = ascii_lower(std::string(text.substr(0, 2 * limits::net_address_bytes_max)));
    if (plain.starts_with(whole_begins)) {
        SZ_ASSIGN(const PublicKey key, client_id_key(plain));
        return HostMark(client_id_text(key));
    }
    plain.erase(std::remove(plain.begin(), plain.end(), '-'), plain.end());
    if (plain.size() != short_letters)
        return no_mark("it has " + std::to_string(plain.size()) + " letters and not 20");
    const std::size_t wrong = plain.find_first_not_of(letters);
    if (wrong != std::string::npos)
        return no_mark("its letter " + std::to_string(wrong + 1) + " is none that is used");
    return HostMark(std::move(plain));
}

Result<HostMark> HostMark::short_of(std::string_view client_id) {
    SZ_ASSIGN(const PublicKey key, client_id_key(client_id));
    return HostMark(short_form(key));
}

bool HostMark::fits(std::string_view client_id) const {
    const auto key = client_id_key(client_id);
    if (!key) return false;
    return text_ == (text_.starts_with(whole_begins) ? client_id_text(*key) : short_form(*key));
}

std::string HostMark::text() const {
    if (text_.starts_with(whole_begins)) return text_;
    std::string grouped = text_;
    for (std::size_t at = 16; at > 0; at -= 4) grouped.insert(at, 1, '-');
    return grouped;
}

std::string HostAddress::text() const { return host ? url + '#' + host->text() : url; }

Result<HostAddress> parse_address(std::string_view text) {
    const auto no_address = [](const std::string& what) {
        return fail(ErrorKind::input, "SZ-NET-071", "This is not an address: " + what + ".",
                    "An address looks like udp://host.example:41977. Copy the whole address from "
                    "where the host shows it.");
    };
    if (text.size() > limits::net_address_bytes_max)
        return no_address("it is longer than " + std::to_string(limits::net_address_bytes_max) +
                          " characters");
    const bool is_clean = std::none_of(text.begin(), text.end(),
                                       [](unsigned char c) { return c <= ' ' || c == 0x7f; });
    if (!is_clean) return no_address("it has a blank or a control character in it");
    const std::size_t mark = text.find('#');
    HostAddress address{std::string(text.substr(0, mark)), std::nullopt};
    const std::size_t scheme = address.url.find("://");
    if (scheme == std::string::npos || scheme == 0)
        return no_address("it does not begin with a way to connect, like “udp://”");
    if (scheme + 3 == address.url.size()) return no_address("it names no host");
    if (mark == text.npos) return address;
    SZ_ASSIGN(address.host, HostMark::parse(text.substr(mark + 1)));
    return address;
}

}  // namespace sz::net
