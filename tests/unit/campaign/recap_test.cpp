// SPDX-License-Identifier: AGPL-3.0-or-later
// What changed between two moments, told to each by what they may see; and the log's filters.
#include <rapidcheck.h>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/difference.hpp"
#include "kernel/campaign/log_filter.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

Json told(Evening& evening, const State& before, const std::string& client) {
    const State& now = evening.host->state();
    return difference({before, before.viewer(client)}, {now, now.viewer(client)},
                      {evening.fields, evening.templates});
}

// All sentences in order.
std::vector<std::string> sentences(const Json& difference) {
    std::vector<std::string> all;
    for (const Json& member : difference["members"]) all.push_back(member["sentence"]);
    for (const Json& sheet : difference["sheets"]) {
        for (const Json& sentence : sheet["sentences"]) all.push_back(sentence);
    }
    return all;
}

std::vector<EventIndex> logged(Evening& evening, const Json& params, EventIndex* next = nullptr) {
    auto filter = LogFilter::from(evening.host->state(), params, evening.now);
    REQUIRE(filter);
    std::vector<EventIndex> events;
    evening.host->read<LogFilter::Found>(
        [filter = std::move(*filter)](Ledger& ledger) { return filter.find(ledger); },
        [&](const Result<LogFilter::Found>& found) {
            REQUIRE(found);
            for (const Event& event : found->events) events.push_back(event.index);
            if (next != nullptr) *next = found->next;
        });
    evening.run();
    return events;
}

std::string code(const Evening& evening, const Json& params) {
    const auto filter = LogFilter::from(evening.host->state(), params, evening.now);
    return filter ? "ok" : filter.error().code;
}

}  // namespace

TEST_CASE("a recap says what is another thing now, sheet by sheet") {
    Evening evening;
    evening.begun();
    const State before = evening.host->state();
    Evening::must(evening.change(strength, "add", {4}));
    Evening::must(evening.change(strength, "add", {-2}));
    Evening::must(evening.change("core.stats.fame", "set", {5}));
    Evening::must(evening.change("core.stats.fame", "set", {0}));  // as it was
    Evening::must(evening.change(motto, "set", {"Onwards"}));
    Evening::must(evening.change("core.things.pack", "insert", {"rope", 0, "a"}));
    Evening::must(evening.act_as_gm({{thorn_id, "", "rename", Json::array({"Thorne"}), {}}}));
    Evening::must(evening.act_as_gm({{other_id,
                                      "",
                                      "create",
                                      Json::array({{{"template", "Test/hero"}, {"name", "Imp"}}}),
                                      {}}}));
    Evening::must(evening.act_as_gm(
        {{campaign_id,
          "",
          "member",
          Json::array({{{"id", evening.guest.client_id()}, {"name", "Ada"}, {"role", nullptr}}}),
          {}}}));
    const Json recap = told(evening, before, evening.gm.key().client_id());
    CHECK(sentences(recap) ==
          std::vector<std::string>{"Ada left.", "“Thorn” is called “Thorne” now.",
                                   "Thorne’s Strength went from 10 to 12.",
                                   "Thorne’s Pack gained “[{\"id\":\"a\",\"value\":\"rope\"}]”.",
                                   "Thorne’s Motto is now “Onwards”.", "“Imp” is new."});
    CHECK(recap["sheets"][0]["fields"][0] ==
          Json::parse(R"({"path":"core.stats.strength","name":"Strength","change":"changed",
                          "from":10,"to":12,"from_text":"10","to_text":"12"})"));
    CHECK(recap["sheets"][0]["change"] == "changed");
    CHECK(recap["sheets"][1]["change"] == "new");
    CHECK(recap["sheets"][1]["fields"].empty());

    const State later = evening.host->state();
    Evening::must(evening.act_as_gm({{other_id, "", "remove", Json::array(), {}}}));
    Evening::must(evening.change(motto, "set", {""}));
    Evening::must(evening.change("core.things.pack", "remove", {"a"}));
    CHECK(sentences(told(evening, later, evening.gm.key().client_id())) ==
          std::vector<std::string>{"Thorne’s Pack lost “[{\"id\":\"a\",\"value\":\"rope\"}]”.",
                                   "Thorne’s Motto is empty now; it was “Onwards”.",
                                   "“Imp” is gone."});
}

TEST_CASE("a recap tells each what they may see, then and now") {
    Evening evening;
    evening.begun();
    const std::string guest = evening.guest.client_id();
    const std::string gm = evening.gm.key().client_id();
    const State before = evening.host->state();
    Evening::must(evening.change(doom, "set", {9}));
    Evening::must(evening.change("core.stats.luck", "set", {7}));
    CHECK(sentences(told(evening, before, guest)).empty());
    CHECK(sentences(told(evening, before, evening.player.client_id())) ==
          std::vector<std::string>{"Thorn’s Luck went from 5 to 7."});
    CHECK(sentences(told(evening, before, gm)) ==
          std::vector<std::string>{"Thorn’s Doom went from 3 to 9.",
                                   "Thorn’s Luck went from 5 to 7."});
    const State hidden = evening.host->state();
    Evening::must(evening.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({doom, {{"visibility", "everyone"}}}), {}}}));
    CHECK(sentences(told(evening, hidden, guest)) ==
          std::vector<std::string>{"Thorn’s Doom can be seen now: “9”."});
    CHECK(sentences(told(evening, hidden, gm)) ==
          std::vector<std::string>{"Who sees Thorn’s “core.stats.doom” went from gm to everyone."});
    const State shown = evening.host->state();
    Evening::must(
        evening.act_as_gm({{thorn_id, "", "visibility", Json::array({doom, nullptr}), {}}}));
    Evening::must(evening.change(doom, "set", {77}));
    const Json after = told(evening, shown, guest);
    CHECK(sentences(after) == std::vector<std::string>{"Thorn’s Doom cannot be seen any more."});
    CHECK(after.dump().find("77") == std::string::npos);
}

TEST_CASE("two equal moments differ in nothing, for nobody") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        for (const int by : *rc::gen::container<std::vector<int>>(4, rc::gen::inRange(-9, 9)))
            Evening::must(evening.change(by % 2 == 0 ? strength : doom, "add", {by}));
        const State before = evening.host->state();
        const int there = *rc::gen::inRange(1, 9);
        Evening::must(evening.change(strength, "add", {there}));
        Evening::must(evening.change(strength, "add", {-there}));
        for (const std::string& client :
             {evening.gm.key().client_id(), evening.player.client_id(), std::string()}) {
            const Json none = told(evening, before, client);
            RC_ASSERT(none["members"].empty());
            RC_ASSERT(none["sheets"].empty());
        }
    }));
}

TEST_CASE("two campaigns that differ only in a secret are told alike to an outsider") {
    CHECK(rc::check([] {
        const auto open = *rc::gen::arbitrary<std::vector<bool>>();
        const auto recap = [&](const std::vector<int>& secrets, bool has_imp) {
            Evening evening;
            evening.begun();
            const State before = evening.host->state();
            for (const int secret : secrets) {
                Evening::must(evening.change(doom, "set", {secret}));
                Evening::must(evening.change("core.things.stash", "insert", {secret, 0}));
                Evening::must(evening.change("core.stats.luck", "set", {secret}));
            }
            if (has_imp)
                Evening::must(evening.act_as_gm(
                    {{other_id,
                      "",
                      "create",
                      Json::array(
                          {{{"template", "Test/hero"}, {"name", "Canary"}, {"visibility", "gm"}}}),
                      {}}}));
            for (const bool up : open)
                Evening::must(evening.change(strength, "add", {up ? 1 : -1}));
            return told(evening, before, evening.guest.client_id()).dump();
        };
        const auto some = [] { return *rc::gen::arbitrary<std::vector<int>>(); };
        RC_ASSERT(recap(some(), false) == recap(some(), true));
    }));
}

TEST_CASE("the log is read by who, what, where and when, and says where it goes on") {
    Evening evening;
    evening.begun();                                       // 1 to 4
    Evening::must(evening.change(strength, "set", {12}));  // 5
    Evening::must(evening.change(motto, "set", {"One"}));  // 6
    const UnixMs then = evening.now;
    Evening::must(evening.submit(evening.signed_by(  // 7
        evening.player, std::string(32, 'a'), 1, {{thorn_id, strength, "add", {1}, {}}})));
    Evening::must(evening.act_as_gm(  // 8
        {{campaign_id, "info.notes.setting", "set", Json::array({"A mill"}), {}}}));
    Evening::must(evening.undo(6));  // 9
    using Events = std::vector<EventIndex>;
    CHECK(logged(evening, Json::object()) == Events{9, 8, 7, 6, 5, 4, 3, 2, 1});
    CHECK(logged(evening, {{"who", "bo"}}) == Events{7});
    CHECK(logged(evening, {{"who", evening.player.client_id()}}) == Events{7});
    CHECK(logged(evening, {{"instance", "THORN"}}) == Events{9, 7, 6, 5, 4});
    CHECK(logged(evening, {{"instance", thorn_id}, {"who", "Mira"}}) == Events{9, 6, 5, 4});
    CHECK(logged(evening, {{"instance", "Nightfall"}}) == Events{8, 3, 2, 1});
    CHECK(logged(evening, {{"what", {"strength"}}}) == Events{7, 5});
    CHECK(logged(evening, {{"what", {"Things.Motto"}}}) == Events{9, 6});
    CHECK(logged(evening, {{"what", {"undo"}}}) == Events{9});
    CHECK(logged(evening, {{"what", {"add", "create"}}}) == Events{7, 4, 1});
    CHECK(logged(evening, {{"what", {"set"}}, {"instance", "Thorn"}}) == Events{6, 5});
    CHECK(logged(evening, {{"since", "6"}}) == Events{9, 8, 7});
    CHECK(logged(evening, {{"until", "6"}, {"what", {"set"}}}) == Events{6, 5});
    CHECK(logged(evening, {{"since", format_time(then)}}) == Events{9, 8, 7});
    CHECK(logged(evening, {{"since", "4"}, {"until", "now"}, {"before", 7}}) == Events{6, 5});
    CHECK(logged(evening, {{"since", "1000s"}, {"limit", 1}}) == Events{9});
    CHECK(logged(evening, {{"what", {"explode"}}}).empty());

    EventIndex next = 7;
    CHECK(logged(evening, {{"what", {"strength"}}, {"limit", 1}}, &next) == Events{7});
    CHECK(next == 7);
    CHECK(logged(evening, {{"what", {"strength"}}, {"limit", 1}, {"before", 7}}, &next) ==
          Events{5});
    CHECK(next == 5);
    CHECK(logged(evening, {{"since", "7"}}, &next) == Events{9, 8});
    CHECK(next == 0);

    CHECK(code(evening, {{"who", "Nobody"}}) == "SZ-CAMPAIGN-098");
    CHECK(code(evening, {{"who", "szid1nobody"}}) == "SZ-CRYPTO-003");
    CHECK(code(evening, {{"instance", "Nobody"}}) == "SZ-CAMPAIGN-004");
    CHECK(code(evening, {{"since", "soon"}}) == "SZ-CAMPAIGN-090");
    Json words = Json::array();
    for (std::size_t i = 0; i < limits::log_words_max; ++i) words.push_back("set");
    CHECK(code(evening, {{"what", words}}) == "ok");
    words.push_back("add");
    CHECK(code(evening, {{"what", words}}) == "SZ-CAMPAIGN-089");
}

TEST_CASE("a question to the log looks at no more events than it asks for") {
    Evening evening;
    evening.begun();
    for (int i = 0; i < 20; ++i) Evening::must(evening.change(strength, "add", {1}));
    const auto looked_at = [&](const Json& params) {
        auto filter = LogFilter::from(evening.host->state(), params, evening.now);
        REQUIRE(filter);
        std::uint64_t read = 0;
        evening.host->read<LogFilter::Found>(
            [filter = std::move(*filter)](Ledger& ledger) { return filter.find(ledger); },
            [&](const Result<LogFilter::Found>& found) { read = found ? found->read : 0; });
        evening.run();
        return read;
    };
    // The one that is too old ends it.
    CHECK(looked_at({{"limit", 3}}) == 3);
    CHECK(looked_at({{"who", "Mira"}, {"limit", 3}}) == 3);
    CHECK(looked_at({{"who", "Bo"}, {"since", "20"}}) == 5);
    CHECK(looked_at({{"who", "Bo"}, {"until", "6"}, {"since", "4"}}) == 3);
    CHECK(looked_at({{"who", "Bo"}}) == 24);
}
