// SPDX-License-Identifier: AGPL-3.0-or-later
// Who is meant to answer at an address: a whole Client ID, or a short form of it that fits on a
// slip of paper.
//
//   udp://192.0.2.7:41977#szid16adfsqv…            the Client ID
//   udp://192.0.2.7:41977#k0dm-8sqc-3fxz-yu2p-7wlv  100 bits of a hash of it
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"

namespace sz::net {

class HostMark {
  public:
    // Either form; the short one with or without its dashes. SZ-NET-070: neither. SZ-CRYPTO-003: a
    // mistyped Client ID. [any-thread]
    [[nodiscard]] static Result<HostMark> parse(std::string_view text);
    // The short form of a Client ID, which must be one.
    [[nodiscard]] static Result<HostMark> short_of(std::string_view client_id);

    [[nodiscard]] bool fits(std::string_view client_id) const;
    // As it is written in an address: "szid1…" or five groups of four letters.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool operator==(const HostMark&) const = default;

  private:
    explicit HostMark(std::string text) : text_(std::move(text)) {}
    std::string text_;  // small letters, no dashes
};

struct HostAddress {
    std::string url;  // as a transport takes it
    std::optional<HostMark> host;

    [[nodiscard]] std::string text() const;
};

// Splits at the first '#'. What the URL means is the transport's business. SZ-NET-071: it is no
// address; as HostMark::parse. [any-thread]
[[nodiscard]] Result<HostAddress> parse_address(std::string_view text);

}  // namespace sz::net
