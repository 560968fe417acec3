// SPDX-License-Identifier: AGPL-3.0-or-later
// The laws of going back, over histories that nobody thought of.
#include <rapidcheck.h>

#include "kernel/campaign/effect.hpp"
#include "kernel/campaign/received_event.hpp"
#include "kernel/campaign/views.hpp"
#include "tests/unit/campaign/history.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// Without what was made since, which stays as a removed thing.
std::map<std::string, std::string> content_of_then(const State& now, const State& before) {
    auto all = content(now);
    for (const auto& [id, instance] : now.instances()) {
        if (before.find(id) != nullptr) continue;
        RC_ASSERT(instance.removed);
        std::erase_if(all, [&](const auto& row) { return row.first.substr(2, 36) == id; });
    }
    return all;
}

std::string some(std::initializer_list<const char*> words) {
    return *rc::gen::elementOf(std::vector<std::string>(words.begin(), words.end()));
}

std::vector<Operation> anything(Evening& evening) {
    const int small = *rc::gen::inRange(-9, 10);
    const std::string kind =
        some({"number", "number", "text", "list", "rename", "remove", "restore", "show", "show",
              "create", "member", "undo", "redo", "go back", "both"});
    const std::string number = some({"core.stats.strength", "core.stats.doom", "core.stats.luck"});
    if (kind == "number") return {{thorn_id, number, some({"set", "add"}), {small}, {}}};
    if (kind == "text")
        return {{thorn_id,
                 some({"core.things.motto", "hidden.truth.name"}),
                 "set",
                 Json::array({some({"", "a", "✓"})}),
                 {}}};
    if (kind == "list")
        return {{thorn_id,
                 some({"core.things.pack", "core.things.stash"}),
                 "insert",
                 Json::array({small, 0, some({"a", "b", "c"})}),
                 {}}};
    if (kind == "rename")
        return {{thorn_id, "", "rename", Json::array({some({"Thorn", "Rose"})}), {}}};
    if (kind == "remove" || kind == "restore") return {{thorn_id, "", kind, Json::array(), {}}};
    if (kind == "create")
        return {{other_id,
                 "",
                 "create",
                 Json::array({{{"template", "Test/hero"},
                               {"name", "Imp"},
                               {"visibility", some({"everyone", "gm"})}}}),
                 {}}};
    if (kind == "member")
        return {{campaign_id,
                 "",
                 "member",
                 Json::array({{{"id", evening.guest.client_id()},
                               {"name", some({"Ada", "Eva"})},
                               {"role", some({"player", "spectator", "gm"})}}}),
                 {}}};
    if (kind == "undo" || kind == "redo" || kind == "go back")
        return {{campaign_id,
                 "",
                 kind == "go back" ? "restore-snapshot" : kind,
                 Json::array({*rc::gen::inRange<EventIndex>(4, evening.host->events() + 2)}),
                 {}}};
    if (kind == "both")
        return {{thorn_id, number, "add", {small}, {}},
                {thorn_id, "", "rename", Json::array({"Bramble"}), {}}};
    const Json to = *rc::gen::arbitrary<bool>()
                        ? Json()
                        : Json{{"visibility", some({"everyone", "owner", "gm", "named"})},
                               {"named", Json::array({evening.guest.client_id()})}};
    return {
        {thorn_id,
         "",
         "visibility",
         Json::array({some({"core.stats.doom", "core.things.pack", "core.stats.strength"}), to}),
         {}}};
}

void play(Evening& evening, int actions) {
    for (int i = 0; i < actions; ++i) (void)evening.act_as_gm(anything(evening));
}

// Somebody who gets their parts of the events only, and does with them what README.md says: hide
// first, then take what is revealed, then the rest.
struct Reader {
    std::map<std::string, Json> has;

    void take(const ReceivedEvent& event) {
        std::vector<Part> seen;
        for (const ReceivedPart& received : event.parts) {
            const auto* part = std::get_if<Part>(&received);
            if (part != nullptr && part->kind == "effects") seen.push_back(*part);
        }
        const auto records = records_of(seen);
        RC_ASSERT(records.has_value());
        for (int step = 0; step < 3; ++step) {
            for (const SeenRecord& one : *records) {
                const Json& effect = one.record.effect;
                const int when = effect.contains("hide")                                  ? 0
                                 : effect.contains("create") || effect.contains("reveal") ? 1
                                                                                          : 2;
                if (when == step) take(one.record, effect.begin().key(), effect.begin().value());
            }
        }
    }

    void take(const Record& record, const std::string& kind, const Json& what) {
        const std::string place = record.instance + " ";
        if (!record.path.empty()) {
            RC_ASSERT(has.contains(place + record.path));
            RC_ASSERT(apply_effect(has[place + record.path], record.effect).has_value());
        } else if (kind == "hide") {
            has.erase(place + what.get<std::string>());
        } else if (kind == "create" || kind == "reveal") {
            if (kind == "create")
                has[place + "name"] = what["name"], has[place + "removed"] = false;
            std::vector<LayoutSection> layout;
            const auto fields = merge_sheet_part(layout, what["sections"]);
            RC_ASSERT(fields.has_value());
            for (const NewField& field : *fields) {
                const auto known = has.emplace(place + field.path, field.value).first;
                RC_ASSERT(known->second == field.value);  // else it had to be hidden first
            }
        } else if (kind == "name" || kind == "removed") {
            has[place + kind] = what;
        } else if (kind == "member") {
            const std::string member = "member " + what["id"].get<std::string>();
            has.erase(member);
            if (what["role"].is_string())
                has[member] =
                    what["name"].get<std::string>() + " " + what["role"].get<std::string>();
        }
    }
};

// They have what they may see, and nothing else.
void check_reader(Evening& evening, const std::string& client) {
    const State& state = evening.host->state();
    const Viewer viewer = state.viewer(client);
    Reader reader;
    (void)on_ledger<bool>(evening, [&](Ledger& ledger) -> Result<bool> {
        SZ_TRY(ledger.in_order([&](const Event& event) {
            reader.take(redact(event, viewer));
            return true;
        }));
        return true;
    });
    std::map<std::string, Json> expected;
    for (const auto& [id, instance] : state.instances()) {
        if (!instance.audience().includes(viewer)) continue;
        expected[id + " name"] = instance.name;
        expected[id + " removed"] = instance.removed;
        for (const auto& [path, field] : instance.fields) {
            if (instance.field_audience(path).includes(viewer))
                expected[id + " " + path] = field.value;
        }
    }
    for (const auto& [id, member] : state.members())
        expected["member " + id] = member.name + " " + role_name(member.role);
    RC_ASSERT(reader.has == expected);
}

}  // namespace

TEST_CASE(
    "restoring a moment gives the state of then, and undoing that gives back what there was") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        play(evening, *rc::gen::inRange(0, 6));
        const EventIndex moment = evening.host->events();
        if (*rc::gen::arbitrary<bool>()) RC_ASSERT(snapshot(evening).has_value());
        const State before = evening.host->state();
        play(evening, *rc::gen::inRange(1, 10));
        const State lost = evening.host->state();
        const auto restored = restore(evening, moment);
        if (!restored) {
            RC_ASSERT(restored.error().code == "SZ-CAMPAIGN-095");
            return RC_ASSERT(is_restored(lost, before));
        }
        RC_ASSERT(content_of_then(evening.host->state(), before) ==
                  content_of_then(before, before));
        for (const auto& client : {evening.player.client_id(), evening.guest.client_id()}) {
            const auto seen = [&](const State& state) {
                Json view =
                    campaign_view(state, state.viewer(client), {evening.fields, evening.templates});
                const Instance* thorn = visible_instance(state, thorn_id, state.viewer(client));
                view["thorn"] = thorn == nullptr
                                    ? Json()
                                    : character_view(state, *thorn, state.viewer(client),
                                                     {evening.fields, evening.templates});
                for (Json* one : {&view, &view["session"], &view["thorn"]}) {
                    if (one->is_object()) one->erase("revision");
                }
                for (Json& one : view["characters"]) one.erase("revision");
                return view;
            };
            RC_ASSERT(seen(evening.host->state()) == seen(before));
        }
        const auto undone = evening.undo(restored->event);
        RC_ASSERT((undone ? "" : undone.error().code + undone.error().message) == "");
        RC_ASSERT(content(evening.host->state()) == content(lost));
        RC_ASSERT(evening.reopen().has_value());
        RC_ASSERT(content(evening.host->state()) == content(lost));
        RC_ASSERT(fault(evening) == "");
    }));
}

TEST_CASE("the state after an event is the same from a snapshot as from the beginning") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        std::map<EventIndex, std::map<std::string, std::string>> states;
        for (int i = *rc::gen::inRange(1, 12); i > 0; --i) {
            play(evening, 1);
            states[evening.host->events()] = evening.host->state().all_rows();
            if (*rc::gen::inRange(0, 3) == 0) RC_ASSERT(snapshot(evening).has_value());
        }
        for (const auto& [event, rows] : states) {
            const auto state = then(evening, event);
            RC_ASSERT(state.has_value());
            RC_ASSERT((*state)->all_rows() == rows);
        }
        RC_ASSERT(then(evening, evening.host->events() + 1).error().code == "SZ-CAMPAIGN-048");
        RC_ASSERT(then(evening, 0).value()->instances().empty());
    }));
}

TEST_CASE("whoever reads only their parts of the events has what they may see after any of them") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        play(evening, *rc::gen::inRange(0, 8));
        const EventIndex moment = *rc::gen::inRange<EventIndex>(4, evening.host->events() + 1);
        (void)restore(evening, moment);
        if (*rc::gen::arbitrary<bool>()) (void)undo_last(evening);
        play(evening, *rc::gen::inRange(0, 3));
        check_reader(evening, evening.player.client_id());
    }));
}

TEST_CASE("a field that others see and that has another value goes back for each of them") {
    CHECK(rc::check([] {
        Evening evening;
        evening.begun();
        const auto show_and_set = [&] {
            const Json to{{"visibility", some({"everyone", "owner", "gm", "named"})},
                          {"named", Json::array({evening.guest.client_id()})}};
            Evening::must(show(evening, doom, to));
            Evening::must(evening.change(doom, "set", {*rc::gen::inRange(0, 5)}));
        };
        show_and_set();
        const EventIndex moment = evening.host->events();
        show_and_set();
        if (const auto restored = restore(evening, moment); !restored)
            RC_ASSERT(restored.error().code == "SZ-CAMPAIGN-095");
        check_reader(evening, evening.player.client_id());
        check_reader(evening, evening.guest.client_id());
    }));
}
