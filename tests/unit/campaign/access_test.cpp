// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sees and who changes what: in templates, as overrides, by role and by member.
#include <rapidcheck.h>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/access.hpp"
#include "kernel/campaign/permission.hpp"
#include "tests/unit/campaign/reader.hpp"

using namespace sz;
using namespace sz::test;

namespace {

// Thorn's evening with somebody who only watches and somebody who helps the game master.
struct Table : Evening {
    explicit Table(Ledger::Options options = {}) : Evening(options) {
        begun();
        seat(watcher, "Sol", "spectator");
        seat(helper, "Kim", "assistant");
    }
    void seat(const TestKey& key, const char* name, const char* role) {
        must(act_as_gm({{campaign_id,
                         "",
                         "member",
                         Json::array({{{"id", key.client_id()}, {"name", name}, {"role", role}}}),
                         {}}}));
    }
    Result<Accepted> decide(const char* op, const std::string& path, const Json& to,
                            const std::string& instance = thorn_id) {
        return act_as_gm({{instance, "", op, Json::array({path, to}), {}}});
    }
    Result<Accepted> show(const std::string& path, const Json& to,
                          const std::string& instance = thorn_id) {
        return decide("visibility", path, to, instance);
    }
    Result<Accepted> act_as(const TestKey& key, Operation operation) {
        return submit(
            signed_by(key, std::string(32, 'f'), ++seqs_[key.client_id()], {std::move(operation)}));
    }
    std::string code_of(const TestKey& key, const std::string& path) {
        const auto done = act_as(key, {thorn_id, path, "set", Json::array({1}), {}});
        return done ? "ok" : done.error().code;
    }
    bool sees(const TestKey& key, const std::string& path) {
        const Sheets all = shown_to(*this, key.client_id());
        return all.contains(thorn_id) && all.at(thorn_id).fields.contains(path);
    }
    // Every reader has exactly what the host shows it, the file proves, and a fresh start agrees.
    void prove() {
        for (const TestKey* key : {&player, &guest, &watcher, &helper})
            CHECK(read_by(*this, key->client_id()) == shown_to(*this, key->client_id()));
        const std::string before = to_hex(host->head());
        const auto rows = host->state().all_rows();
        REQUIRE(reopen());
        CHECK(to_hex(host->head()) == before);
        CHECK(host->state().all_rows() == rows);
        const Proof proof = verify_file(file());
        INFO((proof.first_bad ? proof.first_bad->reason : std::string()));
        CHECK_FALSE(proof.first_bad);
    }

    TestKey watcher{4}, helper{5};

  private:
    std::map<std::string, std::uint64_t> seqs_;
};

const std::string fame = "core.stats.fame";
const std::string curse = "core.stats.curse";
const std::string true_name = "hidden.truth.name";

Json seen_by(const char* label) { return {{"visibility", label}}; }
Json seen_by(const TestKey& key) {
    return {{"visibility", "named"}, {"named", Json::array({key.client_id()})}};
}
Json changed_by(const char* label) { return {{"editableBy", label}}; }
Json changed_by(const TestKey& key) {
    return {{"editableBy", "named"}, {"named", Json::array({key.client_id()})}};
}

}  // namespace

TEST_CASE("the nearest override decides: the field's, its group's, its section's") {
    Table table;
    Table::must(table.show("core", seen_by("gm")));
    CHECK_FALSE(table.sees(table.guest, strength));
    CHECK_FALSE(table.sees(table.player, motto));
    Table::must(table.show("core.things", seen_by("owner")));
    CHECK(table.sees(table.player, motto));
    CHECK_FALSE(table.sees(table.guest, motto));
    CHECK(table.sees(table.player, "core.things.stash"));  // the template hid it from the owner
    Table::must(table.show(motto, seen_by(table.guest)));
    CHECK(table.sees(table.guest, motto));
    CHECK_FALSE(table.sees(table.player, motto));
    table.prove();
    Table::must(table.show(motto, nullptr));
    CHECK(table.sees(table.player, motto));
    Table::must(table.show("core.things", nullptr));
    CHECK_FALSE(table.sees(table.player, motto));
    Table::must(table.show("core", nullptr));
    CHECK(table.sees(table.guest, motto));
    CHECK_FALSE(table.sees(table.player, "core.things.stash"));
    table.prove();
}

TEST_CASE("a section that the template hides can be shown as a whole") {
    Table table;
    Table::must(table.show("hidden", seen_by("everyone")));
    CHECK(table.sees(table.guest, true_name));
    CHECK(table.sees(table.watcher, true_name));
    table.prove();
}

TEST_CASE("players is everyone but spectators, from the moment that they are none") {
    Table table;
    Table::must(table.show(fame, seen_by("players")));
    CHECK(table.sees(table.guest, fame));
    CHECK_FALSE(table.sees(table.watcher, fame));
    CHECK(table.sees(table.helper, fame));
    table.prove();
    table.seat(table.watcher, "Sol", "player");
    CHECK(table.sees(table.watcher, fame));
}

TEST_CASE("a hidden sheet is forgotten by whoever knew of it and given whole to whoever may know") {
    Table table;
    Table::must(table.change(doom, "set", {66}));
    Table::must(table.show("", seen_by("gm")));
    for (const TestKey* key : {&table.player, &table.guest, &table.watcher})
        CHECK_FALSE(shown_to(table, key->client_id()).contains(thorn_id));
    table.prove();
    Table::must(table.act_as_gm({{thorn_id, "", "rename", Json::array({"Shade"}), {}}}));
    Table::must(table.change(strength, "set", {18}));
    Table::must(table.show("", seen_by(table.guest)));
    const Sheets guest = read_by(table, table.guest.client_id());
    REQUIRE(guest.contains(thorn_id));
    CHECK(guest.at(thorn_id).name == "Shade");
    CHECK(guest.at(thorn_id).fields.at(strength) == 18);
    CHECK_FALSE(guest.at(thorn_id).fields.contains(doom));  // as secret as before
    CHECK_FALSE(read_by(table, table.player.client_id()).contains(thorn_id));
    table.prove();
    // Nobody sees more of a sheet than may know of it.
    Table::must(table.show(doom, seen_by("everyone")));
    CHECK(table.sees(table.guest, doom));
    CHECK_FALSE(table.sees(table.player, doom));
    Table::must(table.show("", seen_by("everyone")));
    CHECK(table.sees(table.watcher, doom));
    CHECK(table.sees(table.player, "core.stats.luck"));
    table.prove();
}

TEST_CASE("what one did to who sees is taken back by undo") {
    Table table;
    const Sheets before = shown_to(table, table.guest.client_id());
    for (const std::string& path :
         {std::string(), std::string("core"), std::string("core.stats"), fame}) {
        INFO(path);
        const auto done = Table::must(table.show(path, seen_by("gm")));
        CHECK(shown_to(table, table.guest.client_id()) != before);
        Table::must(table.undo(done.event));
        CHECK(shown_to(table, table.guest.client_id()) == before);
        CHECK(read_by(table, table.guest.client_id()) == before);
    }
    Table::must(table.show(fame, seen_by(table.player)));
    const auto second = Table::must(table.show(fame, seen_by(table.guest)));
    Table::must(table.undo(second.event));
    CHECK(table.sees(table.player, fame));
    CHECK_FALSE(table.sees(table.guest, fame));
    table.prove();
}

TEST_CASE("who changes a field: the template's word, then the nearest override") {
    Table table;
    CHECK(table.code_of(table.player, strength) == "ok");
    CHECK(table.code_of(table.guest, strength) == "SZ-CAMPAIGN-021");
    CHECK(table.code_of(table.guest, fame) == "ok");
    CHECK(table.code_of(table.watcher, fame) == "SZ-CAMPAIGN-021");  // spectators change nothing
    CHECK(table.code_of(table.player, curse) == "SZ-CAMPAIGN-021");
    CHECK(table.code_of(table.helper, curse) == "ok");

    Table::must(table.decide("editability", "", changed_by("gm")));
    CHECK(table.code_of(table.player, strength) == "SZ-CAMPAIGN-021");
    CHECK(table.code_of(table.guest, fame) == "SZ-CAMPAIGN-021");
    Table::must(table.decide("editability", "core", changed_by(table.guest)));
    CHECK(table.code_of(table.guest, strength) == "ok");
    CHECK(table.code_of(table.guest, doom) == "SZ-CAMPAIGN-005");  // which is still not there
    CHECK(table.code_of(table.player, strength) == "SZ-CAMPAIGN-021");
    Table::must(table.decide("editability", "core.stats", changed_by("owner")));
    CHECK(table.code_of(table.player, curse) == "ok");
    CHECK(table.code_of(table.guest, strength) == "SZ-CAMPAIGN-021");
    Table::must(table.decide("editability", curse, changed_by("everyone")));
    CHECK(table.code_of(table.guest, curse) == "ok");
    CHECK(table.code_of(table.watcher, curse) == "SZ-CAMPAIGN-021");
    table.prove();
    for (const std::string& path :
         {curse, std::string("core.stats"), std::string("core"), std::string()})
        Table::must(table.decide("editability", path, nullptr));
    CHECK(table.code_of(table.player, curse) == "SZ-CAMPAIGN-021");
    CHECK(table.code_of(table.guest, fame) == "ok");
    table.prove();
}

TEST_CASE("undo gives the editors back that there were") {
    Table table;
    Table::must(table.decide("editability", fame, changed_by(table.player)));
    const auto done = Table::must(table.decide("editability", fame, changed_by("gm")));
    CHECK(table.code_of(table.player, fame) == "SZ-CAMPAIGN-021");
    Table::must(table.undo(done.event));
    CHECK(table.code_of(table.player, fame) == "ok");
    CHECK(table.code_of(table.guest, fame) == "SZ-CAMPAIGN-021");
    table.prove();
}

TEST_CASE("a locked sheet keeps its name; only its owner among those who change it removes it") {
    Table table;
    const Operation rename{thorn_id, "", "rename", Json::array({"Rose"}), {}};
    const Operation remove{thorn_id, "", "remove", Json::array(), {}};
    const auto code = [&](const TestKey& key, const Operation& operation) {
        const auto done = table.act_as(key, operation);
        return done ? "ok" : done.error().code;
    };
    CHECK(code(table.guest, rename) == "SZ-CAMPAIGN-021");
    Table::must(table.decide("editability", "", changed_by("gm")));
    CHECK(code(table.player, rename) == "SZ-CAMPAIGN-021");
    CHECK(code(table.player, remove) == "SZ-CAMPAIGN-021");
    Table::must(table.decide("editability", "", changed_by("everyone")));
    CHECK(code(table.guest, rename) == "ok");
    CHECK(code(table.guest, remove) == "SZ-CAMPAIGN-021");
    CHECK(code(table.player, remove) == "ok");
}

TEST_CASE("a section and a group say who sees and changes what is in them") {
    Table table;
    const auto field = [](const char* id, Json more) {
        Json all{{"id", id}, {"name", id}, {"type", "Number"}};
        all.update(more);
        return all;
    };
    table.templates.others["Test/strict"] =
        Json{{"id", "strict"},
             {"name", "Strict"},
             {"sections",
              {{{"id", "s"},
                {"name", "S"},
                {"visibility", "players"},
                {"editableBy", "gm"},
                {"groups",
                 {{{"id", "a"},
                   {"name", "A"},
                   {"editableBy", "everyone"},
                   {"fields",
                    {field("plain", Json::object()), field("mine", {{"editableBy", "owner"}})}}},
                  {{"id", "b"},
                   {"name", "B"},
                   {"visibility", "owner"},
                   {"fields",
                    {field("plain", {{"visibility", "everyone"}}),
                     field("gone", {{"visibility", "gm"}})}}}}}}}}};
    Table::must(table.act_as_gm(
        {{other_id,
          "",
          "create",
          Json::array(
              {{{"template", "Test/strict"}, {"name", "X"}, {"owner", table.player.client_id()}}}),
          {}}}));
    const auto fields_of = [&](const TestKey& key) {
        return shown_to(table, key.client_id()).at(other_id).fields;
    };
    CHECK(fields_of(table.watcher).empty());
    CHECK(fields_of(table.guest).size() == 2);
    CHECK(fields_of(table.player).size() == 3);
    CHECK(fields_of(table.helper).size() == 4);
    const State& state = table.host->state();
    const Instance& made = *state.find(other_id);
    const auto may = [&](const TestKey& key, const char* path) {
        return may_edit_field(state, made, path, key.client_id());
    };
    CHECK(may(table.guest, "s.a.plain"));
    CHECK_FALSE(may(table.guest, "s.a.mine"));
    CHECK(may(table.player, "s.a.mine"));
    CHECK_FALSE(may(table.player, "s.b.plain"));
    table.prove();
}

TEST_CASE("game masters are told who sees and who changes each thing") {
    Table table;
    Table::must(table.show("core.things", seen_by("players")));
    Table::must(table.show(motto, seen_by(table.guest)));
    Table::must(table.decide("editability", fame, changed_by(table.player)));
    const State& state = table.host->state();
    const auto told = [&](const TestKey& key) {
        return character_view(state, *state.find(thorn_id), state.viewer(key.client_id()),
                              {table.fields, table.templates});
    };
    const Json all = told(table.helper);
    CHECK(all["visible_to"] == "everyone");
    CHECK(all["editable_by"] == "owner");
    CHECK(all["fields"][motto]["visible_to"] == Json::array({table.guest.client_id()}));
    CHECK(all["fields"]["core.things.stash"]["visible_to"] == "players");
    CHECK(all["fields"][doom]["visible_to"] == "gm");
    CHECK(all["fields"][fame]["editable_by"] == Json::array({table.player.client_id()}));
    CHECK(all["fields"][curse]["editable_by"] == "gm");
    const Json some = told(table.guest);
    CHECK(some.dump().find("visible_to") == std::string::npos);
    CHECK(some.dump().find("editable_by") == std::string::npos);
    CHECK(some["fields"][fame]["editable"] == false);
    // What a hidden sheet would show to everyone nobody sees.
    Table::must(table.show("", seen_by("owner")));
    CHECK(told(table.helper)["fields"][strength]["visible_to"] == "owner");
    CHECK(told(table.helper)["fields"][motto]["visible_to"] == "gm");
    CHECK(told(table.helper)["fields"]["core.things.stash"]["visible_to"] ==
          Json::array({table.player.client_id()}));
}

TEST_CASE("who sees and who changes is decided by game masters and assistants, in proper words") {
    Table table;
    const auto code = [&](const TestKey& key, const char* op, const Json& args,
                          const std::string& instance = thorn_id) {
        const auto done = table.act_as(key, {instance, "", op, args, {}});
        return done ? "ok" : done.error().code;
    };
    const Json gm = seen_by("gm");
    CHECK(code(table.player, "visibility", {"core", gm}) == "SZ-CAMPAIGN-021");
    CHECK(code(table.player, "editability", {"core", changed_by("gm")}) == "SZ-CAMPAIGN-021");
    CHECK(code(table.helper, "visibility", {"core", gm}) == "ok");
    for (const char* path : {"cor", "core.", "core.stats.", "core.nothing", ".", "stats"}) {
        INFO(path);
        CHECK(code(table.helper, "visibility", {path, gm}) == "SZ-CAMPAIGN-005");
        CHECK(code(table.helper, "editability", {path, changed_by("gm")}) == "SZ-CAMPAIGN-005");
    }
    CHECK(code(table.helper, "visibility", {"core", seen_by("nobody")}) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "visibility", {"core", changed_by("gm")}) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "editability", {"core", changed_by("players")}) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "visibility", Json::array({"core"})) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "visibility", {"core", "gm"}) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "visibility",
               {"core", {{"visibility", "named"}, {"named", Json::array({"Ada"})}}}) ==
          "SZ-CAMPAIGN-022");
    // The campaign's own sheet is what everybody is at.
    CHECK(code(table.helper, "visibility", {"", gm}, campaign_id) == "SZ-CAMPAIGN-022");
    CHECK(code(table.helper, "visibility", {"info", gm}, campaign_id) == "ok");
    const auto together = table.act_as_gm({{thorn_id, "", "editability", {"core", nullptr}, {}},
                                           {thorn_id, "", "rename", Json::array({"Rose"}), {}}});
    REQUIRE_FALSE(together);
    CHECK(together.error().code == "SZ-CAMPAIGN-022");
    table.prove();
}

TEST_CASE("as many people as may be named are, and one more is refused") {
    Table table;
    Json people = Json::array();
    for (std::size_t i = 0; i < limits::named_people_max; ++i)
        people.push_back(TestKey(static_cast<std::uint8_t>(100 + i)).client_id());
    Table::must(table.show(fame, {{"visibility", "named"}, {"named", people}}));
    people.push_back(table.guest.client_id());
    const auto refused = table.show(fame, {{"visibility", "named"}, {"named", people}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-051");
    CHECK(table.decide("editability", fame, {{"editableBy", "named"}, {"named", people}})
              .error()
              .code == "SZ-CAMPAIGN-051");
}

TEST_CASE("whatever is shown and hidden, every member has exactly what the host shows them") {
    CHECK(rc::check([] {
        Table table(not_synced());
        const std::vector<std::string> places{"",        "core",        "core.stats", "core.things",
                                              "hidden",  doom,          fame,         motto,
                                              true_name, "hidden.truth"};
        const auto steps = *rc::gen::resize(
            20, rc::gen::container<std::vector<std::tuple<int, unsigned, unsigned>>>(
                    rc::gen::tuple(rc::gen::inRange(0, 8), rc::gen::arbitrary<unsigned>(),
                                   rc::gen::arbitrary<unsigned>())));
        const std::vector<Json> rules{
            nullptr,       seen_by("everyone"),  seen_by("players"),    seen_by("owner"),
            seen_by("gm"), seen_by(table.guest), seen_by(table.watcher)};
        EventIndex last = 0;
        for (const auto& [kind, x, y] : steps) {
            const std::string& place = places[x % places.size()];
            Result<Accepted> done = fail(Error{});
            if (kind < 4) done = table.show(place, rules[y % rules.size()]);
            if (kind == 4) done = table.change(fame, "add", {static_cast<int>(y % 100)});
            if (kind == 5) done = table.change(true_name, "set", {"n" + std::to_string(y % 100)});
            if (kind == 6)
                done = table.act_as_gm(
                    {{thorn_id, "", "rename", Json::array({"T" + std::to_string(y % 100)}), {}}});
            if (kind == 7 && last != 0) done = table.undo(last);
            last = done && kind < 4 ? done->event : 0;
        }
        for (const TestKey* key : {&table.player, &table.guest, &table.watcher, &table.helper})
            RC_ASSERT(read_by(table, key->client_id()) == shown_to(table, key->client_id()));
        RC_ASSERT(!verify_file(table.file()).first_bad);
    }));
}
