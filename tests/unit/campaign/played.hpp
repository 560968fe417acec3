// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign with something of everything in its file, and what is done to files.
#pragma once

#include <fstream>

#include "kernel/base/files.hpp"
#include "kernel/campaign/files/file_source.hpp"
#include "kernel/campaign/files/pack_source.hpp"
#include "kernel/campaign/files/place.hpp"
#include "tests/unit/campaign/evening.hpp"

namespace sz::test {

inline const std::string player_stream(32, 'a');

// Events 1 to 4 of begun(), 5 and 6 by the game master, 7 by the player, a refusal in the player's
// stream, 8 by the player again, 9 an undo, and a refusal at the end of the game master's stream.
// Closed.
inline void play_an_evening(Evening& evening) {
    evening.begun();
    Evening::must(evening.change(strength, "add", {2}));
    Evening::must(evening.change("core.stats.doom", "set", {4}));
    const auto as_player = [&](std::uint64_t seq, const std::string& path, const std::string& op,
                               Json args) {
        return evening.submit(evening.signed_by(evening.player, player_stream, seq,
                                                {{thorn_id, path, op, std::move(args), {}}}));
    };
    Evening::must(as_player(1, "core.things.pack", "insert", Json::array({"rope", 0, "a"})));
    REQUIRE_FALSE(as_player(2, "core.stats.curse", "set", {4}));
    Evening::must(as_player(3, strength, "add", {1}));
    Evening::must(evening.undo(5));
    REQUIRE_FALSE(evening.change("core.stats.nothing", "set", {1}));
    evening.close();
}
inline constexpr EventIndex played_events = 9;

inline bool goes_on(std::uint64_t, std::uint64_t) { return true; }

inline std::unique_ptr<Ledger> open_ledger(const std::filesystem::path& file) {
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    return std::move(*ledger);
}

// Heads by number; that of the genesis first.
inline std::vector<Digest> heads_of(const std::filesystem::path& file) {
    const auto ledger = open_ledger(file);
    std::vector<Digest> heads{genesis_head(ledger->campaign(), ledger->host())};
    REQUIRE(ledger->in_order([&](const Event& event) {
        heads.push_back(event.head);
        return true;
    }));
    return heads;
}

inline Packed packed(const std::filesystem::path& file, Identity* sealer) {
    const auto ledger = open_ledger(file);
    auto done = pack_session(*ledger, sealer, goes_on);
    INFO((done ? "" : done.error().message));
    REQUIRE(done);
    return std::move(*done);
}

inline void change_database(const std::filesystem::path& file, const std::string& change) {
    auto database = Database::open(file, {.check = false});
    REQUIRE(database);
    REQUIRE(database->script(change));
}

inline std::string bytes_of_file(const std::filesystem::path& file) {
    auto bytes = read_file(file, limits::mib * 64);
    REQUIRE(bytes);
    return *bytes;
}

inline void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary) << bytes;
}

inline void check_verifies(const std::filesystem::path& file) {
    const Proof proof = verify_file(file);
    INFO((proof.first_bad ? proof.first_bad->reason : ""));
    CHECK_FALSE(proof.first_bad);
}

}  // namespace sz::test
