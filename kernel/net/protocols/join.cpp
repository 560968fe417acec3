// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/join.hpp"

#include <sz/mpst/asio.hpp>

#include <algorithm>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/text.hpp"

namespace sz::net {

namespace {

// Of somebody else's words, what is shown.
std::string tame(const std::string& said) {
    std::string safe = mpst::shown(said);
    return safe.substr(0, limits::name_bytes_max);
}

Speaker tame(std::string program, std::string version, Shapes protocols) {
    protocols.resize(std::min<std::size_t>(protocols.size(), limits::net_talks_max));
    return {tame(program), tame(version), std::move(protocols)};
}

}  // namespace

Shapes common(const Shapes& ours, const Shapes& theirs) {
    Shapes both;
    std::copy_if(ours.begin(), ours.end(), std::back_inserter(both), [&](const ProtocolShape& one) {
        return std::find(theirs.begin(), theirs.end(), one) != theirs.end();
    });
    return both;
}

mpst::task<Join::Host::End> play_join_host(Join::Host::Start start, const Speaker& own,
                                           const DecideJoin& decide,
                                           std::optional<Speaker>& player) {
    auto [hello, choose] = co_await std::move(start).async_receive();
    Speaker said =
        tame(std::move(hello.program), std::move(hello.version), std::move(hello.protocols));
    if (const Status decided = decide(said); !decided) {
        const Error& why = decided.error();
        co_return co_await std::move(choose).async_send<Join::refusal>(why.code, why.message,
                                                                       why.hint);
    }
    const Shapes both = common(own.protocols, said.protocols);
    player = std::move(said);
    co_return co_await std::move(choose).async_send<Join::welcome>(own.program, own.version, both);
}

mpst::task<Join::Player::End> play_join_player(Join::Player::Start start, const Speaker& own,
                                               std::optional<Result<Speaker>>& outcome) {
    auto waiting =
        co_await std::move(start).async_send<Join::hello>(own.program, own.version, own.protocols);
    auto arrived = co_await std::move(waiting).async_receive();
    if (arrived.is<Join::welcome>()) {
        auto [welcome, end] = std::move(arrived).take<Join::welcome>();
        outcome = tame(std::move(welcome.program), std::move(welcome.version),
                       std::move(welcome.protocols));
        co_return std::move(end);
    }
    auto [refusal, end] = std::move(arrived).take<Join::refusal>();
    outcome = fail(ErrorKind::denied, "SZ-NET-130", "The host refused: " + tame(refusal.message),
                   tame(refusal.hint), tame(refusal.code));
    co_return std::move(end);
}

}  // namespace sz::net
