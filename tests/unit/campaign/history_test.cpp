// SPDX-License-Identifier: AGPL-3.0-or-later
// Restores and redo.
#include "tests/unit/campaign/history.hpp"
#include "kernel/campaign/received_event.hpp"

using namespace sz;
using namespace sz::test;

TEST_CASE("a restore tells each exactly what they see then, and nobody an old secret") {
    Evening evening;
    evening.begun();
    const std::string guest = evening.guest.client_id();
    const Json for_guest{{"visibility", "named"}, {"named", Json::array({guest})}};
    Evening::must(show(evening, doom, for_guest));
    Evening::must(evening.change(doom, "set", {33}));
    const EventIndex moment = evening.host->events();
    Evening::must(show(evening, doom, nullptr));
    Evening::must(evening.change(doom, "set", {4444}));  // the guest never sees it
    const Accepted restored = Evening::must(restore(evening, moment));
    const auto event =
        on_ledger<Event>(evening, [&](Ledger& ledger) { return ledger.event(restored.event); });
    const auto told = [&](const std::string& client) {
        return received_json(redact(*event, evening.host->state().viewer(client))).dump();
    };
    CHECK(told(guest).find("33") != std::string::npos);
    CHECK(told(guest).find("reveal") != std::string::npos);
    CHECK(told(guest).find("4444") == std::string::npos);
    CHECK(told(evening.player.client_id()).find("doom") == std::string::npos);
    // The other way round: what the guest sees now and did not then is told to be forgotten.
    const EventIndex shown = restored.event;
    Evening::must(evening.change(doom, "set", {5555}));
    const Accepted hidden = Evening::must(restore(evening, 4));
    CHECK(hidden.event == shown + 2);
    const auto away =
        on_ledger<Event>(evening, [&](Ledger& ledger) { return ledger.event(hidden.event); });
    const std::string last =
        received_json(redact(*away, evening.host->state().viewer(guest))).dump();
    CHECK(last.find(R"(\"hide\":\"core.stats.doom\")") != std::string::npos);
    CHECK(last.find("set") == std::string::npos);
    CHECK(evening.value(doom) == 3);
    CHECK(fault(evening) == "");
}

TEST_CASE("two campaigns that differ only in a secret restore with the same parts") {
    const auto parts = [](int secret) {
        Evening evening;
        evening.begun();
        Evening::must(evening.change(doom, "set", {secret}));
        Evening::must(evening.change(strength, "set", {12}));
        // In one of them the secret comes out as it was before.
        const Event event = *on_ledger<Event>(evening, [&](Ledger& ledger) {
            return ledger.event(Evening::must(restore(evening, 4)).event);
        });
        std::vector<std::string> audiences;
        for (const Part& part : event.parts) audiences.push_back(part.kind + " " + part.audience);
        return audiences;
    };
    CHECK(parts(3) == std::vector<std::string>{"action gm", "effects everyone", "effects gm"});
    CHECK(parts(8) == parts(3));
}

TEST_CASE("only a game master restores, and only what is another state at a moment there was") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change(motto, "set", {"One"}));
    const auto as_player = evening.submit(
        evening.signed_by(evening.player, std::string(32, 'a'), 1,
                          {{campaign_id, "", "restore-snapshot", Json::array({4}), {}}}));
    CHECK(code_of(as_player) == "SZ-CAMPAIGN-021");
    CHECK(snapshots(evening).empty());
    CHECK(code_of(restore(evening, 5)) == "SZ-CAMPAIGN-095");
    CHECK(code_of(restore(evening, 99)) == "SZ-CAMPAIGN-048");
    CHECK(code_of(evening.act_as_gm({{campaign_id, "", "restore-snapshot", Json::array(), {}}})) ==
          "SZ-CAMPAIGN-022");
    const EventIndex back = Evening::must(restore(evening, 4)).event;
    CHECK(evening.value(motto) == "");
    CHECK(code_of(evening.submit(evening.signed_by(
              evening.player, std::string(32, 'a'), 2,
              {{campaign_id, "", "undo", Json::array({back}), {}}}))) == "SZ-CAMPAIGN-021");
    // What was there before the restore is kept by itself.
    REQUIRE(snapshots(evening).size() == 1);
    CHECK(snapshots(evening)[0].event == 5);
    CHECK(snapshots(evening)[0].kind == SnapshotKind::restore);
}

TEST_CASE("a change after a restore stands in the way of its undo, another's elsewhere does not") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change(motto, "set", {"One"}));
    const EventIndex back = Evening::must(restore(evening, 4)).event;
    Evening::must(evening.change(strength, "set", {17}));
    const EventIndex later = Evening::must(evening.change(motto, "set", {"Two"})).event;
    const auto refused = evening.undo(back);
    REQUIRE(code_of(refused) == "SZ-CAMPAIGN-020");
    const Json details = Json::parse(refused.error().where);
    CHECK(details["yours"] == "One");
    CHECK(details["theirs"] == "Two");
    Evening::must(evening.undo(later));
    Evening::must(evening.undo(back));
    CHECK(evening.value(motto) == "One");
    CHECK(evening.value(strength) == 17);
}

TEST_CASE("undo and redo go back and forth as in an editor") {
    Evening evening;
    evening.begun();
    const std::vector<std::string> said{"", "One", "Two", "Three"};
    for (int i = 1; i < 4; ++i)
        Evening::must(evening.change(motto, "set", {said[static_cast<std::size_t>(i)]}));
    CHECK(code_of(redo(evening)) == "SZ-CAMPAIGN-093");
    const auto step = [&](bool is_undo, std::size_t expected) {
        Evening::must(is_undo ? undo_last(evening) : redo(evening));
        CHECK(evening.value(motto) == said[expected]);
    };
    step(true, 2), step(true, 1), step(false, 2), step(false, 3);
    CHECK(code_of(redo(evening)) == "SZ-CAMPAIGN-093");
    step(true, 2), step(true, 1), step(true, 0), step(false, 1), step(true, 0), step(false, 1),
        step(false, 2);
    Evening::must(evening.change(strength, "set", {11}));
    CHECK(code_of(redo(evening)) == "SZ-CAMPAIGN-093");  // a new change ends it
    Evening::must(undo_last(evening));
    CHECK(evening.value(strength) == 10);
    step(true, 1);
    CHECK(fault(evening) == "");
}

TEST_CASE(
    "what somebody else does in between ends nothing, and stands in the way like any change") {
    Evening evening;
    evening.begun();
    const auto as_player = [&](std::uint64_t seq, const std::string& path, const Json& value) {
        Evening::must(evening.submit(evening.signed_by(evening.player, std::string(32, 'b'), seq,
                                                       {{thorn_id, path, "set", {value}, {}}})));
    };
    Evening::must(evening.change(motto, "set", {"One"}));
    const EventIndex undone = Evening::must(undo_last(evening)).event;
    as_player(1, strength, 12);
    Evening::must(redo(evening));
    CHECK(evening.value(motto) == "One");
    CHECK(code_of(evening.act_as_gm({{campaign_id, "", "redo", Json::array({undone}), {}}})) ==
          "SZ-CAMPAIGN-027");
    Evening::must(undo_last(evening));
    as_player(2, motto, "Mine");
    CHECK(code_of(redo(evening)) == "SZ-CAMPAIGN-020");
    CHECK(evening.value(motto) == "Mine");
    // Only what took something back can be done again.
    CHECK(code_of(evening.act_as_gm({{campaign_id, "", "redo", Json::array({5}), {}}})) ==
          "SZ-CAMPAIGN-094");
}

TEST_CASE("a restore is undone and redone like any change") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change(things, "insert", {"rope", 0, "a"}));
    Evening::must(show(evening, doom, {{"visibility", "everyone"}}));
    const auto before = content(evening.host->state());
    Evening::must(restore(evening, 4));
    const auto after = content(evening.host->state());
    CHECK(evening.value(things) == Json::array());
    for (int i = 0; i < 2; ++i) {
        Evening::must(undo_last(evening));
        CHECK(content(evening.host->state()) == before);
        Evening::must(redo(evening));
        CHECK(content(evening.host->state()) == after);
    }
    CHECK(fault(evening) == "");
}

TEST_CASE("what was made since a moment is removed, whoever came since is no member") {
    Evening evening;
    evening.begun();
    const Json imp{{"template", "Test/hero"}, {"name", "Imp"}};
    Evening::must(evening.act_as_gm({{other_id, "", "create", Json::array({imp}), {}}}));
    Evening::must(evening.act_as_gm({{thorn_id, "", "remove", Json::array(), {}}}));
    Evening::must(restore(evening, 2));
    CHECK(evening.host->state().find(other_id)->removed);
    CHECK(evening.host->state().find(thorn_id)->removed);
    CHECK(evening.host->state().members().size() == 2);
    Evening::must(restore(evening, 5));
    CHECK(evening.host->state().find_living(other_id) != nullptr);
    CHECK(evening.host->state().find_living(thorn_id) != nullptr);
    CHECK(evening.host->state().members().size() == 3);
    REQUIRE(evening.reopen());
    CHECK(fault(evening) == "");
}
