// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/undo.hpp"

#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

EventIndex event_of(const Result<Accepted>& result) { return Evening::must(result).event; }
EventIndex last_of_gm(Evening& evening) {
    EventIndex found = 0;
    evening.host->read<EventIndex>(
        [author = evening.gm.key().client_id()](Ledger& ledger) {
            return last_to_undo(ledger, author);
        },
        [&](const Result<EventIndex>& event) { found = event.value_or(0); });
    evening.run();
    return found;
}

}  // namespace

TEST_CASE("taking back one change after the other leads to where it began") {
    Evening evening;
    evening.begun();
    (void)event_of(evening.change(motto, "set", {"One"}));
    (void)event_of(evening.change(motto, "set", {"Two"}));
    (void)event_of(evening.change(strength, "add", {4}));
    for (const EventIndex expected : {EventIndex{7}, EventIndex{6}, EventIndex{5}}) {
        const EventIndex last = last_of_gm(evening);
        CHECK(last == expected);
        const Accepted undone = Evening::must(evening.undo(last));
        CHECK(undone.kind == "undo");
    }
    CHECK(evening.value(motto) == "");
    CHECK(evening.value(strength) == 10);
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("an undo can be taken back, and then the event may be undone again") {
    Evening evening;
    evening.begun();
    const EventIndex change = event_of(evening.change(motto, "set", {"One"}));
    const EventIndex undo = event_of(evening.undo(change));
    CHECK(evening.value(motto) == "");
    CHECK(code_of(evening.undo(change)) == "SZ-CAMPAIGN-027");
    (void)event_of(evening.undo(undo));
    CHECK(evening.value(motto) == "One");
    (void)event_of(evening.undo(change));
    CHECK(evening.value(motto) == "");
}

TEST_CASE("a later change that would be lost is a conflict that shows both") {
    Evening evening;
    evening.begun();
    const EventIndex first = event_of(evening.change(motto, "set", {"One"}));
    const EventIndex second = event_of(evening.change(motto, "set", {"Two"}));
    const auto refused = evening.undo(first);
    REQUIRE(code_of(refused) == "SZ-CAMPAIGN-020");
    const Json details = Json::parse(refused.error().where);
    CHECK(details["yours"] == "");
    CHECK(details["theirs"] == "Two");
    CHECK(details["base"] == first);
    CHECK(details["by"] == evening.gm.key().client_id());
    CHECK(evening.value(motto) == "Two");
    (void)event_of(evening.undo(second));
    (void)event_of(evening.undo(first));
    CHECK(evening.value(motto) == "");
}

TEST_CASE("relative changes are taken back among others") {
    Evening evening;
    evening.begun();
    const EventIndex first = event_of(evening.change(strength, "add", {-5}));
    (void)event_of(evening.change(strength, "add", {-2}));
    (void)event_of(evening.undo(first));
    CHECK(evening.value(strength) == 8);
    const EventIndex third = event_of(evening.change(strength, "add", {1}));
    (void)event_of(evening.change(strength, "set", {50}));
    CHECK(code_of(evening.undo(third)) == "SZ-CAMPAIGN-020");
}

TEST_CASE("changes of other items of a list do not stand in the way") {
    Evening evening;
    evening.begun();
    const EventIndex rope = event_of(evening.change(things, "insert", {"rope", 0, "a"}));
    (void)event_of(evening.change(things, "insert", {"lamp", 1, "b"}));
    (void)event_of(evening.undo(rope));
    CHECK(evening.value(things) == Json::parse(R"([{"id":"b","value":"lamp"}])"));
    const EventIndex knife = event_of(evening.change(things, "insert", {"knife", 0, "c"}));
    (void)event_of(evening.change(things, "set", {"c", "dagger"}));
    CHECK(code_of(evening.undo(knife)) == "SZ-CAMPAIGN-020");
}

TEST_CASE(
    "a removed character comes back whole, and a made one goes unless something happened to it") {
    Evening evening;
    evening.begun();
    (void)event_of(evening.change(strength, "set", {17}));
    const EventIndex removed =
        event_of(evening.act_as_gm({{thorn_id, "", "remove", Json::array(), {}}}));
    CHECK(evening.host->state().find_living(thorn_id) == nullptr);
    CHECK(code_of(evening.change(strength, "set", {18})) == "SZ-CAMPAIGN-004");
    (void)event_of(evening.undo(removed));
    REQUIRE(evening.host->state().find_living(thorn_id) != nullptr);
    CHECK(evening.value(strength) == 17);
    const EventIndex made =
        event_of(evening.act_as_gm({{other_id,
                                     "",
                                     "create",
                                     Json::array({{{"template", "Test/hero"}, {"name", "Imp"}}}),
                                     {}}}));
    const EventIndex changed =
        event_of(evening.act_as_gm({{other_id, motto, "set", Json::array({"Hi"}), {}}}));
    CHECK(code_of(evening.undo(made)) == "SZ-CAMPAIGN-020");
    (void)event_of(evening.undo(changed));
    (void)event_of(evening.undo(made));
    CHECK(evening.host->state().find_living(other_id) == nullptr);
    REQUIRE(evening.reopen());
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("names, members and visibility are taken back like fields; the beginning is not") {
    Evening evening;
    evening.begun();
    const EventIndex named =
        event_of(evening.act_as_gm({{thorn_id, "", "rename", Json::array({"Thorne"}), {}}}));
    const EventIndex shown = event_of(evening.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({strength, {{"visibility", "gm"}}}), {}}}));
    (void)event_of(evening.undo(named));
    CHECK(evening.host->state().find(thorn_id)->name == "Thorn");
    (void)event_of(evening.undo(shown));
    CHECK(evening.host->state().find(thorn_id)->overrides.empty());
    (void)event_of(evening.undo(3));
    CHECK_FALSE(evening.host->state().members().contains(evening.guest.client_id()));
    CHECK(code_of(evening.undo(1)) == "SZ-CAMPAIGN-028");
    CHECK(code_of(evening.undo(99)) == "SZ-CAMPAIGN-048");
}

TEST_CASE("several operations are taken back in the opposite order") {
    Evening evening;
    evening.begun();
    const EventIndex both =
        event_of(evening.act_as_gm({{thorn_id, motto, "set", Json::array({"One"}), {}},
                                    {thorn_id, motto, "set", Json::array({"Two"}), {}},
                                    {thorn_id, strength, "add", Json::array({1}), {}}}));
    (void)event_of(evening.undo(both));
    CHECK(evening.value(motto) == "");
    CHECK(evening.value(strength) == 10);
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("a player takes back what they may change, and learns nothing of the rest") {
    Evening evening;
    evening.begun();
    const EventIndex secret = event_of(evening.change("core.stats.doom", "set", {9}));
    const EventIndex open = event_of(evening.change(strength, "set", {9}));
    const auto undo_as_player = [&](EventIndex event, std::uint64_t seq) {
        return code_of(evening.submit(
            evening.signed_by(evening.player, std::string(32, 'a'), seq,
                              {{campaign_id, "", "undo", Json::array({event}), {}}})));
    };
    CHECK(undo_as_player(secret, 1) == "SZ-CAMPAIGN-048");
    CHECK(undo_as_player(open, 2) == "accepted");
    CHECK(evening.value(strength) == 10);
}
