// SPDX-License-Identifier: AGPL-3.0-or-later
#include "addresses.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "limits.hpp"

namespace upnp {

namespace {

struct Block {
    std::uint32_t begin;
    int bits;
    AddressKind kind;
};

constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
    return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array blocks{
    Block{ip(0, 0, 0, 0), 8, AddressKind::none},
    Block{ip(10, 0, 0, 0), 8, AddressKind::home},
    Block{ip(100, 64, 0, 0), 10, AddressKind::carrier},
    Block{ip(127, 0, 0, 0), 8, AddressKind::loopback},
    Block{ip(169, 254, 0, 0), 16, AddressKind::home},
    Block{ip(172, 16, 0, 0), 12, AddressKind::home},
    Block{ip(192, 0, 0, 0), 24, AddressKind::carrier},  // DS-Lite has its shared addresses there
    Block{ip(192, 0, 2, 0), 24, AddressKind::reserved},
    Block{ip(192, 168, 0, 0), 16, AddressKind::home},
    Block{ip(198, 18, 0, 0), 15, AddressKind::reserved},
    Block{ip(198, 51, 100, 0), 24, AddressKind::reserved},
    Block{ip(203, 0, 113, 0), 24, AddressKind::reserved},
    Block{ip(224, 0, 0, 0), 3, AddressKind::reserved},
};

template <class Number>
std::optional<Number> decimal(std::string_view text, Number most) {
    Number value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool has_zero_before = text.size() > 1 && text.front() == '0';
    if (error != std::errc{} || end != text.data() + text.size() || has_zero_before || value > most)
        return std::nullopt;
    return value;
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
    std::uint32_t address = 0;
    for (int part = 0; part < 4; ++part) {
        const std::size_t dot = text.find('.');
        if ((dot == std::string_view::npos) != (part == 3)) return std::nullopt;
        const auto number = decimal<std::uint32_t>(text.substr(0, dot), 255);
        if (!number) return std::nullopt;
        address = address << 8 | *number;
        text.remove_prefix(part == 3 ? text.size() : dot + 1);
    }
    return address;
}

AddressKind kind_of(std::uint32_t address) {
    const auto* found = std::find_if(blocks.begin(), blocks.end(), [address](const Block& block) {
        return (address ^ block.begin) >> (32 - block.bits) == 0;
    });
    return found == blocks.end() ? AddressKind::open : found->kind;
}

std::string Url::text() const { return "http://" + address + ":" + std::to_string(port) + path; }

std::optional<Url> parse_url(std::string_view text) {
    constexpr std::string_view scheme = "http://";
    if (text.size() > limits::url_bytes_max || !is_plain(text) || !text.starts_with(scheme))
        return std::nullopt;
    text.remove_prefix(scheme.size());
    const std::size_t slash = std::min(text.find('/'), text.size());
    std::string_view place = text.substr(0, slash);
    Url url;
    url.path = slash == text.size() ? "/" : text.substr(slash);
    if (const std::size_t colon = place.find(':'); colon != std::string_view::npos) {
        const auto port = decimal<std::uint32_t>(place.substr(colon + 1), 65'535);
        if (!port || *port == 0) return std::nullopt;
        url.port = static_cast<std::uint16_t>(*port);
        place = place.substr(0, colon);
    }
    if (!parse_ipv4(place)) return std::nullopt;
    url.address = place;
    return url;
}

std::optional<Url> resolve(const Url& base, std::string_view reference) {
    if (reference.empty() || reference.size() > limits::url_bytes_max || !is_plain(reference))
        return std::nullopt;
    if (reference.find("://") != std::string_view::npos) {
        auto url = parse_url(reference);
        return url && url->address == base.address ? url : std::nullopt;
    }
    Url url = base;
    url.path = (reference.front() == '/' ? "" : "/") + std::string(reference);
    return url;
}

}  // namespace upnp
