// SPDX-License-Identifier: AGPL-3.0-or-later
// The laws of the ledger, over histories that nobody thought of.
#include <rapidcheck.h>

#include "kernel/campaign/fold.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

std::string some(std::initializer_list<const char*> words) {
    return *rc::gen::elementOf(std::vector<std::string>(words.begin(), words.end()));
}
int small() { return *rc::gen::inRange(-9, 10); }

Operation field_operation(std::optional<EventIndex> base) {
    const std::string kind = some({"number", "number", "text", "list", "list"});
    if (kind == "number") {
        return {thorn_id, some({"core.stats.strength", "core.stats.doom", "core.stats.luck"}),
                some({"set", "add"}), Json::array({small()}), base};
    }
    if (kind == "text")
        return {thorn_id, some({"core.things.motto", "hidden.truth.name"}), "set",
                Json::array({some({"", "a", "bb", "✓"})}), base};
    const std::string list = some({"core.things.pack", "core.things.stash"});
    const std::string item = some({"a", "b", "c", "d"});
    const std::string op = some({"insert", "insert", "insert", "remove", "move", "set"});
    const int at = *rc::gen::inRange(0, 3);
    if (op == "insert") return {thorn_id, list, op, Json::array({small(), at, item}), base};
    if (op == "remove") return {thorn_id, list, op, Json::array({item}), base};
    return {thorn_id, list, op,
            op == "move" ? Json::array({item, at}) : Json::array({item, small()}), base};
}

std::vector<Operation> action_of_somebody(EventIndex events) {
    const std::optional<EventIndex> base =
        *rc::gen::arbitrary<bool>() ? std::optional(*rc::gen::inRange<EventIndex>(0, events + 1))
                                    : std::nullopt;
    const std::string kind = some({"field", "field", "field", "fields", "rename", "remove",
                                   "restore", "undo", "undo", "visibility", "create"});
    if (kind == "field") return {field_operation(base)};
    if (kind == "fields")
        return {field_operation(base), field_operation(base), field_operation({})};
    if (kind == "rename")
        return {{thorn_id, "", "rename", Json::array({some({"Thorn", "Rose", "Bramble"})}), base}};
    if (kind == "remove" || kind == "restore")
        return {
            {some({"22222222-2222-4222-8222-222222222222", "33333333-3333-4333-8333-333333333333"}),
             "",
             kind,
             Json::array(),
             {}}};
    if (kind == "undo")
        return {{campaign_id,
                 "",
                 "undo",
                 Json::array({*rc::gen::inRange<EventIndex>(4, events + 2)}),
                 {}}};
    if (kind == "create") {
        return {{other_id,
                 "",
                 "create",
                 Json::array({{{"template", "Test/hero"},
                               {"name", "Imp"},
                               {"visibility", some({"everyone", "gm"})}}}),
                 {}}};
    }
    const Json to = *rc::gen::arbitrary<bool>()
                        ? Json()
                        : Json{{"visibility", some({"everyone", "owner", "gm", "named"})}};
    return {
        {thorn_id,
         "",
         "visibility",
         Json::array({some({"core.stats.doom", "core.things.pack", "core.stats.strength"}), to}),
         {}}};
}

// Returns how many were accepted.
int play(Evening& evening, int actions) {
    int accepted = 0;
    std::uint64_t seq = 0;
    for (int i = 0; i < actions; ++i) {
        auto operations = action_of_somebody(evening.host->events());
        const auto count = [&](const Result<Accepted>& result) { accepted += result ? 1 : 0; };
        if (*rc::gen::inRange(0, 3) == 0) {
            evening.host->submit(evening.signed_by(evening.player, std::string(32, 'p'), ++seq,
                                                   std::move(operations)),
                                 count);
        } else {
            evening.host->act(evening.gm, std::move(operations), count);
        }
        if (*rc::gen::arbitrary<bool>()) evening.run();
    }
    evening.run();
    return accepted;
}

std::map<std::string, std::string> values_of(const State& state) {
    std::map<std::string, std::string> values;
    for (const auto& [id, instance] : state.instances()) {
        values[id] = instance.name + (instance.removed ? " removed" : "");
        for (const auto& [path, field] : instance.fields) values[id + path] = field.value.dump();
    }
    return values;
}

}  // namespace

TEST_CASE("folding the ledger gives the live state, and so does opening it again") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        play(evening, *rc::gen::inRange(1, 25));
        const auto live = evening.host->state().all_rows();
        const Digest head = evening.host->head();
        const EventIndex events = evening.host->events();

        Fold fold(campaign_id, evening.gm.key().client_id());
        std::string failed;
        evening.host->read<bool>(
            [&](Ledger& ledger) -> Result<bool> {
                SZ_TRY(ledger.in_order([&](const Event& event) {
                    if (auto added = fold.add(event); !added)
                        failed = std::to_string(event.index) + ": " + added.error().message;
                    return failed.empty();
                }));
                return true;
            },
            [](const Result<bool>&) {});
        evening.run();
        RC_ASSERT(failed == "");
        RC_ASSERT(fold.events() == events);
        RC_ASSERT(fold.head() == head);
        RC_ASSERT(fold.state().all_rows() == live);

        RC_ASSERT(evening.reopen().has_value());
        RC_ASSERT(evening.host->state().all_rows() == live);
        State copy = evening.host->state();
        RC_ASSERT(copy.hash() == fold.state().hash());
        const Proof proof = verify_file(evening.file());
        RC_ASSERT((proof.first_bad ? proof.first_bad->reason : "") == "");
        RC_ASSERT(proof.head == head);
    }));
}

TEST_CASE("an action and its undo cancel") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        play(evening, *rc::gen::inRange(0, 8));
        const auto before = values_of(evening.host->state());
        const auto accepted = evening.act_as_gm(action_of_somebody(evening.host->events()));
        RC_PRE(accepted.has_value());
        const auto undone = evening.undo(accepted->event);
        RC_ASSERT((undone ? "" : undone.error().code + undone.error().message) == "");
        auto after = values_of(evening.host->state());
        // What was made stays as a removed thing.
        for (auto it = after.begin(); it != after.end();) {
            it = before.contains(it->first) ? std::next(it) : after.erase(it);
        }
        RC_ASSERT(after == before);
    }));
}

TEST_CASE("a refused action changes nothing") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        play(evening, *rc::gen::inRange(0, 5));
        const auto before = evening.host->state().all_rows();
        auto operations = action_of_somebody(evening.host->events());
        operations.push_back({thorn_id, "core.stats.strength", "explode", Json::array(), {}});
        RC_ASSERT_FALSE(evening.act_as_gm(std::move(operations)).has_value());
        RC_ASSERT(evening.host->state().all_rows() == before);
    }));
}
