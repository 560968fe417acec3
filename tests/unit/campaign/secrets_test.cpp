// SPDX-License-Identifier: AGPL-3.0-or-later
// What a member gets, and what nobody else learns.
#include <rapidcheck.h>

#include "tests/unit/campaign/reader.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Seen {
    std::string views;   // campaign.show and character.show without hashes
    std::string events;  // every event as the member gets it, hashes left out
};

void leave_hashes_out(Json& event) {
    for (Json& part : event["parts"]) {
        part.erase("leaf");
        part.erase("salt");
        part.erase("signature");
    }
}

// What an action says of hashes and names that are drawn anew: the head that was seen, the stream.
std::string without_names(std::string text, const std::vector<Event>& events) {
    for (const Event& event : events) {
        const std::string head = to_hex(event.head);
        for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head))
            text.erase(at, head.size());
    }
    for (std::size_t at = text.find("\\\"stream\\\":\\\""); at != std::string::npos;
         at = text.find("\\\"stream\\\":\\\""))
        text.erase(at, 46);
    return text;
}

Seen seen_by(Evening& evening, const std::string& client_id) {
    const State& state = evening.host->state();
    const Viewer viewer = state.viewer(client_id);
    Json views = campaign_view(state, viewer, {evening.fields, evening.templates});
    if (const Instance* thorn = visible_instance(state, thorn_id, viewer)) {
        views["thorn"] = character_view(state, *thorn, viewer, {evening.fields, evening.templates});
    }
    const std::vector<Event> events = all_events(evening);
    Json received = Json::array();
    for (const Event& event : events) {
        Json one = received_json(redact(event, viewer));
        leave_hashes_out(one);
        received.push_back(std::move(one));
    }
    return {canonical_json(views), without_names(canonical_json(received), events)};
}

}  // namespace

TEST_CASE(
    "two campaigns that differ only in a secret send an outsider the same bytes but for hashes") {
    CHECK(rc::check([] {
        const auto secrets_a = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(-99, 99));
        const auto secrets_b = *rc::gen::container<std::vector<int>>(3, rc::gen::inRange(-99, 99));
        const auto open = *rc::gen::arbitrary<std::vector<bool>>();
        const auto play = [&](Evening& evening, const std::vector<int>& secrets) {
            evening.begun();
            Evening::must(evening.change("core.stats.doom", "set", {secrets[0]}));
            Evening::must(evening.change(
                "core.things.stash", "insert",
                {"canary" + std::to_string(secrets[1]), 0, "x" + std::to_string(secrets[1])}));
            Evening::must(evening.change("core.stats.luck", "set", {secrets[2]}));
            Evening::must(evening.act_as_gm({{campaign_id,
                                              "info.notes.plot",
                                              "set",
                                              Json::array({"canary" + std::to_string(secrets[0])}),
                                              {}}}));
            for (const bool up : open)
                Evening::must(evening.change("core.stats.strength", "add", {up ? 1 : -1}));
            Evening::must(evening.act_as_gm(
                {{thorn_id, "core.stats.fame", "add", Json::array({1}), {}},
                 {thorn_id, "core.stats.doom", "add", Json::array({secrets[1]}), {}}}));
        };
        Evening a;
        Evening b;
        play(a, secrets_a);
        play(b, secrets_b);
        const Seen outsider_a = seen_by(a, a.guest.client_id());
        const Seen outsider_b = seen_by(b, b.guest.client_id());
        RC_ASSERT(outsider_a.views == outsider_b.views);
        RC_ASSERT(outsider_a.events == outsider_b.events);
        RC_ASSERT(outsider_a.views.find("canary") == std::string::npos);
        RC_ASSERT(outsider_a.events.find("canary") == std::string::npos);
    }));
}

TEST_CASE("an outsider learns neither names nor number of secret fields") {
    Evening evening;
    evening.begun();
    const Seen outsider = seen_by(evening, evening.guest.client_id());
    for (const char* secret : {"doom", "Doom", "luck", "Luck", "stash", "plot", "hidden",
                               "Behind the screen", "truth"}) {
        INFO(secret);
        CHECK(outsider.views.find(secret) == std::string::npos);
        CHECK(outsider.events.find(secret) == std::string::npos);
    }
    const Seen owner = seen_by(evening, evening.player.client_id());
    CHECK(owner.views.find("Luck") != std::string::npos);
    CHECK(owner.views.find("Doom") == std::string::npos);
    CHECK(owner.events.find("Luck") != std::string::npos);
    const Seen gm = seen_by(evening, evening.gm.key().client_id());
    CHECK(gm.views.find("Behind the screen") != std::string::npos);
}

TEST_CASE("every member computes the same head, whatever they may see") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change("core.stats.doom", "set", {9}));
    Evening::must(evening.change("core.stats.luck", "set", {9}));
    Evening::must(evening.change("core.stats.strength", "set", {9}));
    const std::vector<Event> events = all_events(evening);
    const std::string host = evening.gm.key().client_id();
    for (const std::string& member :
         {host, evening.player.client_id(), evening.guest.client_id(), TestKey(9).client_id()}) {
        Digest head = genesis_head(campaign_id, host);
        for (const Event& event : events) {
            // As it travels: to JSON and back.
            const auto received = received_from_json(
                received_json(redact(event, evening.host->state().viewer(member))));
            REQUIRE(received);
            const auto next = check_received(*received, event.index - 1, head, campaign_id, host);
            REQUIRE(next);
            head = *next;
            CHECK(head == event.head);
        }
        CHECK(head == evening.host->head());
    }
}

TEST_CASE("a member finds out a host that changes, skips or forges what it sends") {
    Evening evening;
    evening.begun();
    const std::vector<Event> events = all_events(evening);
    const std::string host = evening.gm.key().client_id();
    const Digest before = events[2].head;
    const ReceivedEvent honest =
        redact(events[3], evening.host->state().viewer(evening.guest.client_id()));
    const auto head_of = [&](const ReceivedEvent& event, EventIndex previous) {
        return check_received(event, previous, before, campaign_id, host);
    };
    CHECK(head_of(honest, 3).value() == events[3].head);
    CHECK_FALSE(head_of(honest, 2));
    ReceivedEvent changed = honest;
    std::get<Part>(changed.parts.at(1)).content.append(" ");
    const auto other_head = head_of(changed, 3);
    CHECK((!other_head || *other_head != events[3].head));
    ReceivedEvent forged = honest;
    forged.parts.front() =
        Part{"action", "everyone", std::string(16, 's'), std::string(64, 'x') + "{}"};
    CHECK_FALSE(head_of(forged, 3));
    ReceivedEvent late = honest;
    late.at += 1;
    CHECK(head_of(late, 3).value() != events[3].head);
}

TEST_CASE("showing a field to somebody gives them its value, hiding it takes it from their view") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change("core.stats.doom", "set", {77}));
    const auto shown_to = [&](const std::string& client_id) { return seen_by(evening, client_id); };
    const std::string guest = evening.guest.client_id();
    CHECK(shown_to(guest).views.find("77") == std::string::npos);
    Evening::must(evening.act_as_gm(
        {{thorn_id,
          "",
          "visibility",
          Json::array({"core.stats.doom", {{"visibility", "named"}, {"named", {guest}}}}),
          {}}}));
    CHECK(shown_to(guest).views.find("77") != std::string::npos);
    CHECK(shown_to(guest).events.find("reveal") != std::string::npos);
    CHECK(shown_to(evening.player.client_id()).views.find("77") == std::string::npos);
    Evening::must(evening.change("core.stats.doom", "set", {88}));
    CHECK(shown_to(guest).events.find("88") != std::string::npos);
    Evening::must(evening.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({"core.stats.doom", nullptr}), {}}}));
    Evening::must(evening.change("core.stats.doom", "set", {99}));
    CHECK(shown_to(guest).views.find("88") == std::string::npos);
    CHECK(shown_to(guest).events.find("hide") != std::string::npos);
    CHECK(shown_to(guest).events.find("[99]") == std::string::npos);
    REQUIRE(evening.reopen());
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("a character that only the game master may know of is nowhere else") {
    Evening evening;
    evening.begun();
    Evening::must(evening.act_as_gm(
        {{other_id,
          "",
          "create",
          Json::array({{{"template", "Test/hero"}, {"name", "Canary"}, {"visibility", "gm"}}}),
          {}}}));
    Evening::must(
        evening.act_as_gm({{other_id, "core.stats.strength", "set", Json::array({1}), {}}}));
    const Seen outsider = seen_by(evening, evening.guest.client_id());
    for (const std::string& secret : {std::string("Canary"), other_id}) {
        CHECK(outsider.views.find(secret) == std::string::npos);
        CHECK(outsider.events.find(secret) == std::string::npos);
    }
    const auto refused = evening.submit(
        evening.signed_by(evening.guest, std::string(32, 'a'), 1,
                          {{other_id, "core.stats.strength", "set", Json::array({1}), {}}}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-004");
    CHECK(refused.error().message.find("Canary") == std::string::npos);
}

TEST_CASE("the order of the sheets tells an outsider neither when they were made nor when shown") {
    const std::string orc = other_id;
    const std::string imp = "44444444-4444-4444-8444-444444444444";
    const auto list_after = [&](const std::vector<std::string>& made, bool is_game_master) {
        Evening evening;
        evening.begun();
        for (const std::string& id : made) {
            const Json wanted{{"template", "Test/hero"},
                              {"name", id == orc ? "Orc" : "Imp"},
                              {"visibility", "gm"}};
            Evening::must(evening.act_as_gm({{id, "", "create", Json::array({wanted}), {}}}));
        }
        for (const std::string& id : {imp, orc}) {
            const Json everyone{{"visibility", "everyone"}};
            Evening::must(
                evening.act_as_gm({{id, "", "visibility", Json::array({"", everyone}), {}}}));
        }
        const State& state = evening.host->state();
        Json names = Json::array();
        const std::string reader =
            is_game_master ? evening.gm.key().client_id() : evening.guest.client_id();
        for (const Json& one : characters_view(state, state.viewer(reader)))
            names.push_back(one["name"]);
        return names;
    };
    CHECK(list_after({orc, imp}, false) == Json::array({"Imp", "Orc", "Thorn"}));
    CHECK(list_after({imp, orc}, false) == Json::array({"Imp", "Orc", "Thorn"}));
    CHECK(list_after({orc, imp}, true) == Json::array({"Thorn", "Orc", "Imp"}));
}
