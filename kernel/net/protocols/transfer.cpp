// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/transfer.hpp"

#include <sz/mpst/asio.hpp>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "kernel/base/limits.hpp"

namespace sz::net {

namespace {

constexpr std::string_view digest_domain = "SessionZero transfer v1";

std::vector<std::byte> bytes_of(std::string_view text) {
    std::vector<std::byte> bytes(text.size());
    if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
    return bytes;
}
std::string_view text_of(const std::vector<std::byte>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// A hash over the whole that does not depend on how it was cut.
class Running {
  public:
    void add(std::string_view piece) {
        rest_ += piece;
        while (rest_.size() >= block) {
            hasher_.add(std::string_view(rest_).substr(0, block));
            rest_.erase(0, block);
        }
    }
    [[nodiscard]] Digest finish() { return hasher_.add(rest_).finish(); }

  private:
    static constexpr std::size_t block = 64 * 1024;
    Hasher hasher_{digest_domain};
    std::string rest_;
};

}  // namespace

mpst::task<Transfer::Giver::End> play_giver(Transfer::Giver::Start start, const FindSource& find) {
    auto [want, choose] = co_await std::move(start).async_receive();
    auto source = find(want.what);
    if (!source) {
        const Error& why = source.error();
        co_return co_await std::move(choose).async_send<Transfer::refusal>(why.code, why.message,
                                                                           why.hint);
    }
    const std::uint64_t size = (*source)->size();
    auto more = co_await std::move(choose).async_send<Transfer::have>(size);
    Running digest;
    std::size_t since_pause = 0;
    for (std::uint64_t at = 0; at < size;) {
        auto piece = (*source)->read(
            static_cast<std::size_t>(std::min<std::uint64_t>(piece_bytes, size - at)));
        if (!piece || piece->empty())
            throw std::runtime_error(piece ? "The source has ended early." : piece.error().message);
        digest.add(*piece);
        at += piece->size();
        more = co_await std::move(more).async_send<Transfer::piece>(bytes_of(*piece));
        if (++since_pause < pieces_between_pauses) continue;
        since_pause = 0;
        auto waiting = co_await std::move(more).async_send<Transfer::pause>();
        auto [taken, next] = co_await std::move(waiting).async_receive();
        more = std::move(next);
    }
    const Digest all = digest.finish();
    co_return co_await std::move(more).async_send<Transfer::end>(
        bytes_of({reinterpret_cast<const char*>(all.data()), all.size()}));
}

mpst::task<Transfer::Taker::End> play_taker(Transfer::Taker::Start start, std::string what,
                                            TransferSink& sink,
                                            std::optional<Result<std::uint64_t>>& outcome) {
    auto asked = co_await std::move(start).async_send<Transfer::want>(std::move(what));
    auto answer = co_await std::move(asked).async_receive();
    if (answer.is<Transfer::refusal>()) {
        auto [refusal, end] = std::move(answer).take<Transfer::refusal>();
        outcome = fail(ErrorKind::denied, "SZ-NET-131",
                       "It is not given: " + mpst::shown(refusal.message),
                       mpst::shown(refusal.hint), mpst::shown(refusal.code));
        co_return std::move(end);
    }
    auto [have, more] = std::move(answer).take<Transfer::have>();
    Running digest;
    std::uint64_t taken = 0;
    Status good = sink.begin(have.size);
    for (;;) {
        auto arrived = co_await std::move(more).async_receive();
        if (arrived.is<Transfer::piece>()) {
            auto [piece, next] = std::move(arrived).take<Transfer::piece>();
            taken += piece.content.size();
            digest.add(text_of(piece.content));
            if (good && taken <= have.size) good = sink.write(text_of(piece.content));
            if (!good || taken > have.size) {
                outcome = good ? fail(ErrorKind::input, "SZ-NET-132",
                                      "More came than was promised.", "Try again.")
                               : fail(std::move(good).error());
                // Leaving here ends the talk: the giver is told.
                throw std::runtime_error(outcome->error().message);
            }
            more = std::move(next);
        } else if (arrived.is<Transfer::pause>()) {
            auto [pause, next] = std::move(arrived).take<Transfer::pause>();
            more = co_await std::move(next).async_send<Transfer::taken>();
        } else {
            auto [end, last] = std::move(arrived).take<Transfer::end>();
            const Digest all = digest.finish();
            const std::string_view ours(reinterpret_cast<const char*>(all.data()), all.size());
            if (taken != have.size || text_of(end.digest) != ours) {
                outcome = fail(ErrorKind::input, "SZ-NET-132",
                               "What came is not what was promised.", "Try again.");
            } else {
                outcome = taken;
            }
            co_return std::move(last);
        }
    }
}

}  // namespace sz::net
