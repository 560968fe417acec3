// SPDX-License-Identifier: AGPL-3.0-or-later
// Something large from one to the other: the roles of schemas/protocols/transfer.scr.
#pragma once

#include <sz/mpst/task.hpp>

#include <Transfer/Giver.hpp>
#include <Transfer/Taker.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "kernel/base/result.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::net {

inline constexpr std::string_view transfer_protocol = "Transfer";
// A piece and its record fit the bulk channel's records; a pause comes after so many of them.
inline constexpr std::size_t piece_bytes = 4000;
inline constexpr std::size_t pieces_between_pauses = 256;

// What is given. One for each transfer.
class TransferSource {
  public:
    virtual ~TransferSource() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    // The next bytes, at most as many; fewer only at the end.
    [[nodiscard]] virtual Result<std::string> read(std::size_t bytes_max) = 0;
};
// What a taker wants by this name, or why it does not get it. The name may be anything.
using FindSource = std::function<Result<std::unique_ptr<TransferSource>>(const std::string& what)>;

// What has come.
class TransferSink {
  public:
    virtual ~TransferSink() = default;
    [[nodiscard]] virtual Status begin(std::uint64_t size) = 0;
    [[nodiscard]] virtual Status write(std::string_view piece) = 0;
};

// Give to mpst::spawn; the arguments outlive the role.
[[nodiscard]] mpst::task<Transfer::Giver::End> play_giver(Transfer::Giver::Start start,
                                                          const FindSource& find);
// `outcome`: how many bytes came. SZ-NET-131 refused, with the giver's words; SZ-NET-132 what came
// is not what was promised, or more; or what `sink` failed with.
[[nodiscard]] mpst::task<Transfer::Taker::End> play_taker(
    Transfer::Taker::Start start, std::string what, TransferSink& sink,
    std::optional<Result<std::uint64_t>>& outcome);

}  // namespace sz::net
