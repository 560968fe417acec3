// SPDX-License-Identifier: AGPL-3.0-or-later
// A template's new version under a character that lives.
#include "kernel/campaign/upgrade.hpp"

#include "kernel/campaign/restore.hpp"
#include "kernel/campaign/snapshots.hpp"
#include "kernel/campaign/verify.hpp"
#include "tests/unit/campaign/reader.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Table : Evening {
    Table() {
        begun();
        templates.add_version("2.0.0", FakeTemplates::second_hero());
    }
    [[nodiscard]] Result<Accepted> upgrade(const std::string& version = "2.0.0") {
        const Json argument{{"pack", "test-pack"}, {"version", version}};
        return act_as_gm({{thorn_id, "", "upgrade", Json::array({argument}), {}}});
    }
    [[nodiscard]] const Instance& thorn() const { return *host->state().find(thorn_id); }
    [[nodiscard]] std::vector<std::string> paths() const {
        std::vector<std::string> list;
        visit_fields(thorn(), [&](const auto&, const auto&, const std::string& path, const auto&) {
            list.push_back(path);
        });
        return list;
    }
    [[nodiscard]] std::map<std::string, std::string> changes(const Upgrade& plan) const {
        std::map<std::string, std::string> all;
        for (const Json& change : plan.changes)
            all[change["path"].get<std::string>()] += change["change"].get<std::string>() + " ";
        return all;
    }
    [[nodiscard]] Upgrade plan(const std::string& version = "2.0.0") const {
        const auto made = plan_upgrade(thorn(), {"test-pack", version}, templates, fields);
        REQUIRE(made);
        REQUIRE(made->has_value());
        return **made;
    }
    // Everything but marks, as text.
    [[nodiscard]] std::string content() const {
        Json all = layout_row(thorn());
        all["template"] = thorn().template_link;
        for (const auto& [path, field] : thorn().fields) all["values"][path] = field.value;
        return canonical_json(all);
    }
    void check_everybody() {
        for (const std::string& who :
             {gm.key().client_id(), player.client_id(), guest.client_id()}) {
            INFO(who);
            CHECK(read_by(*this, who) == shown_to(*this, who));
        }
        const auto report = verify_file(file());
        INFO((report.first_bad ? report.first_bad->reason : std::string()));
        CHECK(!report.first_bad);
    }
};

}  // namespace

TEST_CASE("a new version gives a character its definitions and leaves what was written") {
    Table table;
    Evening::must(table.change(strength, "set", Json::array({15})));
    Evening::must(table.change("core.things.motto", "set", Json::array({"onward"})));
    const Accepted done = Evening::must(table.upgrade());
    CHECK(done.kind == "upgrade");
    CHECK(table.paths() ==
          std::vector<std::string>{"core.things.pack", "core.things.stash", "core.things.motto",
                                   "core.stats.scars", "core.stats.luck", "core.stats.strength",
                                   "core.stats.doom", "core.stats.fame", "core.stats.curse",
                                   "core.stats.omen", "hidden.truth.name"});
    CHECK(table.value(strength) == 15);
    CHECK(table.thorn().fields.at(strength).definition["name"] == "Might");
    CHECK(table.value("core.stats.scars") == 0);
    CHECK(table.value("core.stats.omen") == 7);
    CHECK(table.value("core.things.motto") == "onward");
    CHECK(table.value("core.stats.curse") == 1);
    CHECK(table.thorn().template_link["version"] == "2.0.0");
    CHECK(table.thorn().layout[0].name == "The heart");
    table.check_everybody();
    REQUIRE(table.reopen());
    CHECK(table.value(strength) == 15);
    CHECK(table.thorn().layout.size() == 2);
}

TEST_CASE("the plan says what becomes of each field, and changes nothing") {
    Table table;
    const std::string before = table.content();
    const Upgrade plan = table.plan();
    CHECK(table.changes(plan) ==
          std::map<std::string, std::string>{{"core.stats.scars", "new "},
                                             {"core.stats.luck", "redefined "},
                                             {"core.stats.strength", "redefined "},
                                             {"core.stats.doom", "redefined "},
                                             {"core.stats.fame", "held "},
                                             {"core.stats.curse", "gone "},
                                             {"core.stats.omen", "new "},
                                             {"core.things.motto", "gone "},
                                             {"hidden.truth.name", "gone "}});
    CHECK(plan.changes[3]["sentence"] == "“Might”: default was 10, is 12, is called “Might” now.");
    CHECK(plan.changes[0]["sentence"] ==
          "“Motto” (core.things.motto) is not in the new version. It stays as it is.");
    CHECK(table.content() == before);
    CHECK(!plan.stays);
}

TEST_CASE("a value that does not fit keeps its field's old definition") {
    Table table;
    Evening::must(table.upgrade());
    CHECK(table.value("core.stats.fame") == 0);
    CHECK(table.thorn().fields.at("core.stats.fame").definition["type"] == "Number");
    Evening::must(table.change("core.stats.fame", "add", Json::array({2})));
    CHECK(table.value("core.stats.fame") == 2);
}

TEST_CASE("who sees a field follows the new definition, and an override still counts") {
    Table table;
    const Json to_guest{{"visibility", "named"}, {"named", {table.guest.client_id()}}};
    Evening::must(table.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({"core.stats.luck", to_guest}), {}}}));
    Evening::must(table.upgrade());
    table.check_everybody();
    const auto guest = read_by(table, table.guest.client_id()).at(thorn_id).fields;
    const auto owner = read_by(table, table.player.client_id()).at(thorn_id).fields;
    CHECK(guest.contains("core.stats.luck"));
    CHECK_FALSE(owner.contains("core.stats.luck"));
    CHECK(owner.contains("core.stats.doom"));
    CHECK_FALSE(guest.contains("core.stats.doom"));
}

TEST_CASE("an upgrade is taken back and done again as one") {
    Table table;
    Evening::must(table.change(strength, "set", Json::array({15})));
    const std::string before = table.content();
    const EventIndex event = Evening::must(table.upgrade()).event;
    const std::string upgraded = table.content();
    const EventIndex undo = Evening::must(table.undo(event)).event;
    CHECK(table.content() == before);
    table.check_everybody();
    Evening::must(table.undo(undo));
    CHECK(table.content() == upgraded);
    table.check_everybody();
}

TEST_CASE("an upgrade is not taken back over what was written since") {
    Table table;
    const EventIndex event = Evening::must(table.upgrade()).event;
    Evening::must(table.change("core.stats.scars", "add", Json::array({1})));
    const auto undone = table.undo(event);
    REQUIRE_FALSE(undone);
    CHECK(undone.error().code == "SZ-CAMPAIGN-020");
    CHECK(table.value("core.stats.scars") == 1);
}

TEST_CASE("what was written before an upgrade is taken back after it") {
    Table table;
    const EventIndex event = Evening::must(table.change(strength, "add", Json::array({5}))).event;
    Evening::must(table.upgrade());
    Evening::must(table.undo(event));
    CHECK(table.value(strength) == 10);
    CHECK(table.thorn().template_link["version"] == "2.0.0");
}

TEST_CASE("a restore goes back before an upgrade, and its undo behind it again") {
    Table table;
    const std::string before = table.content();
    const EventIndex then = table.host->events();
    Evening::must(table.upgrade());
    Evening::must(
        table.act_as_gm({{thorn_id,
                          "",
                          "visibility",
                          Json::array({"core.stats.scars", Json{{"visibility", "owner"}}}),
                          {}}}));
    Evening::must(table.change("core.stats.scars", "add", Json::array({3})));
    const std::string after = table.content();
    const EventIndex restore =
        Evening::must(
            table.act_as_gm({{campaign_id, "", "restore-snapshot", Json::array({then}), {}}}))
            .event;
    CHECK(table.content() == before);
    CHECK(table.thorn().overrides.empty());
    table.check_everybody();
    Evening::must(table.undo(restore));
    CHECK(table.content() == after);
    CHECK(table.thorn().overrides.contains("core.stats.scars"));
    table.check_everybody();
}

TEST_CASE("upgrades are for game masters, and for sheets of another version") {
    Table table;
    const Json argument{{"pack", "test-pack"}, {"version", "2.0.0"}};
    const Operation wish{thorn_id, "", "upgrade", Json::array({argument}), {}};
    const auto refused =
        table.submit(table.signed_by(table.player, std::string(32, 'a'), 1, {wish}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-CAMPAIGN-021");
    CHECK(table.upgrade("1.2.0").error().code == "SZ-CAMPAIGN-101");
    CHECK(table.upgrade("9.9.9").error().code == "SZ-LIB-001");
    CHECK(table.act_as_gm({wish, wish}).error().code == "SZ-CAMPAIGN-022");
    const auto mixed = table.act_as_gm({wish, {thorn_id, strength, "add", Json::array({1}), {}}});
    CHECK(mixed.error().code == "SZ-CAMPAIGN-022");
    Evening::must(table.upgrade());
    CHECK(table.upgrade().error().code == "SZ-CAMPAIGN-101");
}

TEST_CASE("a template that is gone from the new version leaves its characters as they are") {
    Table table;
    table.templates.versions.push_back("3.0.0");
    const Upgrade plan = table.plan("3.0.0");
    REQUIRE(plan.stays.has_value());
    CHECK(plan.stays->code == "SZ-LIB-003");
    CHECK(plan.changes.empty());
    CHECK(table.upgrade("3.0.0").error().code == "SZ-LIB-003");
    CHECK(table.thorn().template_link["version"] == "1.2.0");
}

TEST_CASE("links that name the old version follow, where the new one has their entry") {
    Table table;
    const auto link = [](const char* entry, const char* version) {
        return Json{{"datapackId", "test-pack"},
                    {"datasetId", "bestiary"},
                    {"entryId", entry},
                    {"version", version}};
    };
    for (const Json& one :
         {link("goblin", "1.2.0"), link("orc", "1.2.0"), link("goblin", "^1.0.0")})
        Evening::must(table.change("core.things.pack", "insert", Json::array({one})));
    CHECK(table.changes(table.plan())["core.things.pack"] == "relinked unlinked ");
    Evening::must(table.upgrade());
    std::vector<std::string> versions;
    for (const Json& item : table.value("core.things.pack"))
        versions.push_back(item["value"]["version"]);
    CHECK(versions == std::vector<std::string>{"2.0.0", "1.2.0", "^1.0.0"});
    // What stays behind is no reason to do it again.
    CHECK(!*plan_upgrade(table.thorn(), {"test-pack", "2.0.0"}, table.templates, table.fields));
    CHECK(table.upgrade().error().code == "SZ-CAMPAIGN-101");
}

TEST_CASE("an upgrade that a secret link asks for is told to nobody but who sees it") {
    Table table;
    table.templates.versions.push_back("3.0.0");
    const Json other{{"datapackId", "other-pack"},
                     {"datasetId", "curses"},
                     {"entryId", "goblin"},
                     {"version", "1.0.0"}};
    Evening::must(table.change("core.things.stash", "insert", Json::array({other})));
    const auto plan =
        plan_upgrade(table.thorn(), {"test-pack", "1.2.0"}, table.templates, table.fields);
    CHECK(!*plan);
    Instance after = table.thorn();
    after.fields.at("core.things.stash").value[0]["value"]["version"] = "2.0.0";
    const auto records = upgrade_records(table.thorn(), after, nullptr);
    REQUIRE(records.size() == 1);
    CHECK(records[0].audience == Audience::game_masters());
    CHECK(records[0].record.path == "core.things.stash");
}

TEST_CASE("what a restore set back behind an upgrade is not taken back over") {
    Table table;
    const EventIndex then = table.host->events();
    const EventIndex add =
        Evening::must(table.change("core.stats.luck", "add", Json::array({2}))).event;
    Evening::must(table.upgrade());
    Evening::must(
        table.act_as_gm({{campaign_id, "", "restore-snapshot", Json::array({then}), {}}}));
    CHECK(table.value("core.stats.luck") == 5);
    const auto undone = table.undo(add);
    REQUIRE_FALSE(undone);
    CHECK(undone.error().code == "SZ-CAMPAIGN-020");
    CHECK(table.value("core.stats.luck") == 5);
}

TEST_CASE("an effect that takes a field and leaves its place is no sheet") {
    Table table;
    State state = table.host->state();
    const Record forged{thorn_id, "", {{"upgrade", {{"without", {strength}}}}}, nullptr, false, {}};
    REQUIRE(state.apply(forged, {99, 0, ""}));
    CHECK_FALSE(is_placed(*state.find(thorn_id)));
    CHECK(is_placed(table.thorn()));
}

TEST_CASE("a restore behind an upgrade that was taken back shows what was hidden since") {
    Table table;
    const EventIndex then = table.host->events();
    const EventIndex event = Evening::must(table.upgrade()).event;
    Evening::must(table.undo(event));
    Evening::must(table.act_as_gm({{thorn_id,
                                    "",
                                    "visibility",
                                    Json::array({"core.stats.curse", Json{{"visibility", "gm"}}}),
                                    {}}}));
    Evening::must(table.change("core.stats.curse", "set", Json::array({4})));
    Evening::must(
        table.act_as_gm({{campaign_id, "", "restore-snapshot", Json::array({then}), {}}}));
    const auto guest = read_by(table, table.guest.client_id()).at(thorn_id).fields;
    REQUIRE(guest.contains("core.stats.curse"));
    CHECK(guest.at("core.stats.curse") == 1);
    table.check_everybody();
}

TEST_CASE("a hidden link that alone follows the new version is told to game masters alone") {
    Table table;
    const auto guest_reads = [&] { return read_by(table, table.guest.client_id()); };
    const auto version = [&] { return table.value("core.things.stash")[0]["value"]["version"]; };
    Evening::must(table.upgrade());
    const Json link{{"datapackId", "test-pack"},
                    {"datasetId", "bestiary"},
                    {"entryId", "goblin"},
                    {"version", "1.2.0"}};
    Evening::must(table.change("core.things.stash", "insert", Json::array({link})));
    const auto before = guest_reads();
    const EventIndex event = Evening::must(table.upgrade()).event;
    CHECK(version() == "2.0.0");
    const auto parts = all_events(table).at(event - 1).parts;
    REQUIRE(parts.size() == 2);  // what was asked for, and what came of it
    for (const Part& part : parts) CHECK(part.audience == Audience::game_masters().text());
    CHECK(guest_reads() == before);
    table.check_everybody();
    Evening::must(table.undo(event));
    CHECK(version() == "1.2.0");
    table.check_everybody();
}
