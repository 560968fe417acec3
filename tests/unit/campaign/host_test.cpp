// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

Operation set(int value, std::optional<EventIndex> base = {}) {
    return {thorn_id, strength, "set", Json::array({value}), base};
}
Operation add(int value, std::optional<EventIndex> base = {}) {
    return {thorn_id, strength, "add", Json::array({value}), base};
}

}  // namespace

TEST_CASE("a campaign begins, is changed, closed and opened, and everything is there") {
    Evening evening;
    evening.begun();
    CHECK(evening.host->events() == 4);
    CHECK(evening.value(strength) == 10);
    const Accepted accepted = Evening::must(evening.change(strength, "add", {-3}));
    CHECK(accepted.event == 5);
    CHECK(accepted.values.at(0) == 7);
    CHECK(accepted.instances == std::vector<std::string>{thorn_id});
    const Digest head = evening.host->head();
    REQUIRE(evening.reopen());
    CHECK(evening.host->events() == 5);
    CHECK(evening.host->head() == head);
    CHECK(evening.value(strength) == 7);
    CHECK(evening.host->state().find(campaign_id)->name == "Nightfall");
    CHECK(evening.host->state().find(thorn_id)->revision == 5);
    const Proof proof = verify_file(evening.file());
    CHECK_FALSE(proof.first_bad);
    CHECK(proof.events == 5);
    CHECK(proof.head == head);
}

TEST_CASE("nothing is answered before it is on the disk") {
    Evening evening;
    evening.begun();
    bool answered = false;
    evening.host->act(evening.gm, {add(1)}, [&](const Result<Accepted>&) { answered = true; });
    while (evening.kernel.run_one()) {
    }
    CHECK_FALSE(answered);
    evening.run();
    CHECK(answered);
}

TEST_CASE("actions that queue while a commit runs share the next one") {
    Evening evening;
    evening.begun();
    int answers = 0;
    for (int i = 0; i < 10; ++i)
        evening.host->act(evening.gm, {add(1)},
                          [&](const Result<Accepted>& done) { answers += done ? 1 : 0; });
    int commits = 0;
    while (true) {
        while (evening.kernel.run_one()) {
        }
        if (!evening.store.run_one()) break;
        ++commits;
    }
    CHECK(answers == 10);
    CHECK(commits == 2);
    CHECK(evening.value(strength) == 20);
}

TEST_CASE(
    "the same action sent again gets the verdict that it had, also a refusal, also after a "
    "restart") {
    Evening evening;
    evening.begun();
    const SignedAction good = evening.signed_by(evening.player, stream_a, 1, {add(5)});
    const Accepted first = Evening::must(evening.submit(good));
    const SignedAction bad = evening.signed_by(
        evening.player, stream_a, 2, {{thorn_id, strength, "explode", Json::array(), {}}});
    CHECK(code_of(evening.submit(bad)) == "SZ-FIELD-110");
    for (int i = 0; i < 2; ++i) {
        const Accepted again = Evening::must(evening.submit(good));
        CHECK(again.event == first.event);
        CHECK(again.head == first.head);
        CHECK(again.is_repeat);
        CHECK(code_of(evening.submit(bad)) == "SZ-FIELD-110");
        REQUIRE(evening.reopen());
    }
    CHECK(evening.value(strength) == 15);
    CHECK(evening.host->events() == 5);
}

TEST_CASE("another action under a used name is reported as a fork") {
    Evening evening;
    evening.begun();
    Evening::must(evening.submit(evening.signed_by(evening.player, stream_a, 1, {add(5)})));
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_a, 1, {add(6)}))) ==
          "SZ-CAMPAIGN-015");
    CHECK(evening.value(strength) == 15);
}

TEST_CASE("a stream's numbers come one after the other, and a refusal uses its number up") {
    Evening evening;
    evening.begun();
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_a, 2, {add(1)}))) ==
          "SZ-CAMPAIGN-014");
    CHECK(code_of(evening.submit(evening.signed_by(
              evening.player, stream_a, 1,
              {{thorn_id, "no.such.field", "set", Json::array({1}), {}}}))) == "SZ-CAMPAIGN-005");
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_a, 2, {add(1)}))) ==
          "accepted");
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_b, 1, {add(1)}))) ==
          "accepted");
}

TEST_CASE("what is not a member's signed action for this campaign is refused without a trace") {
    Evening evening;
    evening.begun();
    SignedAction action = evening.signed_by(evening.player, stream_a, 1, {add(1)});
    const SignedAction other_key = Evening::sign(evening.guest, action.bytes);
    CHECK(code_of(evening.submit(other_key)) == "SZ-CAMPAIGN-012");
    SignedAction changed = action;
    changed.bytes.replace(changed.bytes.find("[1]"), 3, "[9]");
    CHECK(code_of(evening.submit(changed)) == "SZ-CAMPAIGN-012");
    const TestKey stranger(9);
    CHECK(code_of(evening.submit(evening.signed_by(stranger, stream_a, 1, {add(1)}))) ==
          "SZ-CAMPAIGN-013");
    std::string elsewhere = action.bytes;
    elsewhere.replace(elsewhere.find("\"campaign\":\"1"), 13, "\"campaign\":\"9");
    CHECK(code_of(evening.submit(Evening::sign(evening.player, elsewhere))) == "SZ-CAMPAIGN-011");
    std::string unseen = action.bytes;
    unseen.replace(unseen.find("\"seen\":\"") + 8, 4, "0000");
    CHECK(code_of(evening.submit(Evening::sign(evening.player, unseen))) == "SZ-CAMPAIGN-016");
    CHECK(evening.value(strength) == 10);
}

TEST_CASE(
    "an absolute change of a field that somebody else changed is a conflict that shows both") {
    Evening evening;
    evening.begun();
    const EventIndex read_at = evening.host->state().find(thorn_id)->revision;
    Evening::must(evening.change(strength, "set", {12}));
    const auto refused =
        evening.submit(evening.signed_by(evening.player, stream_a, 1, {set(8, read_at)}));
    REQUIRE(code_of(refused) == "SZ-CAMPAIGN-020");
    CHECK(refused.error().kind == ErrorKind::conflict);
    const Json details = Json::parse(refused.error().where);
    CHECK(details["yours"] == 8);
    CHECK(details["theirs"] == 12);
    CHECK(details["base"] == 4);
    CHECK(details["by"] == evening.gm.key().client_id());
    CHECK(details["operation"]["op"] == "set");
    CHECK(details["at"].get<std::string>().substr(0, 4) == "2023");
    CHECK(evening.value(strength) == 12);
    // Read again, it goes through.
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_a, 2, {set(8, 5)}))) ==
          "accepted");
}

TEST_CASE("two players who both take five take ten, whatever they read") {
    Evening evening;
    evening.begun();
    Evening::must(evening.submit(evening.signed_by(evening.player, stream_a, 1, {add(-5, 4)})));
    Evening::must(evening.change(strength, "add", {-5}, 4));
    CHECK(evening.value(strength) == 0);
}

TEST_CASE("one's own earlier changes, made away from the table, are no conflict") {
    Evening evening;
    evening.begun();
    Evening::must(evening.submit(evening.signed_by(evening.player, stream_a, 1, {set(11, 4)})));
    Evening::must(evening.submit(evening.signed_by(evening.player, stream_a, 2, {set(12, 4)})));
    CHECK(evening.value(strength) == 12);
    // From another device it is one.
    CHECK(code_of(evening.submit(evening.signed_by(evening.player, stream_b, 1, {set(13, 4)}))) ==
          "SZ-CAMPAIGN-020");
}

TEST_CASE("changes of different items of a list go together, changes of one item do not") {
    Evening evening;
    evening.begun();
    for (const char* id : {"a", "b"})
        Evening::must(evening.change(things, "insert", {"thing", 9, id}));
    const EventIndex read_at = 6;
    Evening::must(evening.change(things, "set", {"a", "rope"}, read_at));
    CHECK(code_of(evening.submit(evening.signed_by(
              evening.player, stream_a, 1,
              {{thorn_id, things, "set", Json::array({"b", "lamp"}), read_at}}))) == "accepted");
    CHECK(code_of(evening.submit(evening.signed_by(
              evening.player, stream_a, 2,
              {{thorn_id, things, "remove", Json::array({"a"}), read_at}}))) == "SZ-CAMPAIGN-020");
    CHECK(evening.value(things) ==
          Json::parse(R"([{"id":"a","value":"rope"},{"id":"b","value":"lamp"}])"));
}

TEST_CASE("an action happens as a whole or not at all") {
    Evening evening;
    evening.begun();
    const auto refused =
        evening.act_as_gm({add(1),
                           {thorn_id, "core.things.motto", "set", Json::array({"Onward"}), {}},
                           {thorn_id, strength, "explode", Json::array(), {}}});
    CHECK(code_of(refused) == "SZ-FIELD-110");
    CHECK(evening.value(strength) == 10);
    CHECK(evening.value("core.things.motto") == "");
    CHECK(evening.host->events() == 4);
    Evening::must(evening.act_as_gm({add(1), add(2)}));
    CHECK(evening.value(strength) == 13);
    REQUIRE(evening.reopen());
    CHECK(evening.value(strength) == 13);
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("who may change what") {
    Evening evening;
    evening.begun();
    std::uint64_t player_seq = 0;
    std::uint64_t guest_seq = 0;
    const auto by_player = [&](const char* path) {
        return code_of(
            evening.submit(evening.signed_by(evening.player, stream_a, ++player_seq,
                                             {{thorn_id, path, "set", Json::array({1}), {}}})));
    };
    const auto by_guest = [&](const char* path) {
        return code_of(
            evening.submit(evening.signed_by(evening.guest, stream_a, ++guest_seq,
                                             {{thorn_id, path, "set", Json::array({1}), {}}})));
    };
    CHECK(by_player("core.stats.strength") == "accepted");
    CHECK(by_player("core.stats.luck") == "accepted");
    CHECK(by_player("core.stats.curse") == "SZ-CAMPAIGN-021");
    CHECK(by_guest("core.stats.strength") == "SZ-CAMPAIGN-021");
    CHECK(by_guest("core.stats.fame") == "accepted");
    // What one may not see is not there, in the very words for what is not there.
    CHECK(by_player("core.stats.doom") == "SZ-CAMPAIGN-005");
    CHECK(by_guest("core.stats.luck") == "SZ-CAMPAIGN-005");
    CHECK(by_guest("core.stats.nothing") == "SZ-CAMPAIGN-005");
    CHECK(code_of(evening.change("core.stats.curse", "set", {2})) == "accepted");
    CHECK(code_of(evening.change("core.stats.doom", "set", {2})) == "accepted");
}

TEST_CASE("a seen head from long ago is looked up, and one that never was is a fork") {
    Evening evening;
    evening.begun();
    SignedAction old = evening.signed_by(evening.player, stream_a, 1, {add(1)});
    for (std::size_t i = 0; i < Ledger::recent_heads_max + 1; ++i)
        evening.host->act(evening.gm, {add(0)}, [](const Result<Accepted>&) {});
    evening.run();
    CHECK(code_of(evening.submit(old)) == "accepted");
    CHECK(evening.value(strength) == 11);
}

TEST_CASE("a name must be something to read") {
    Evening evening;
    evening.begun();
    const auto rename = [&](const std::string& name) {
        return code_of(evening.act_as_gm({{thorn_id, "", "rename", Json::array({name}), {}}}));
    };
    CHECK(rename("") == "SZ-CAMPAIGN-003");
    CHECK(rename("  ") == "SZ-CAMPAIGN-003");
    CHECK(rename("two\nlines") == "SZ-CAMPAIGN-003");
    CHECK(rename(std::string(201, 'x')) == "SZ-CAMPAIGN-003");
    CHECK(rename(std::string(200, 'x')) == "accepted");
    CHECK(rename("Þórn 🌙") == "accepted");
}
