// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign to test with: its host and two players, templates with secrets, and threads that run
// when the test says so.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "kernel/campaign/host.hpp"
#include "kernel/campaign/verify.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/fake_field_types.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/support/test_key.hpp"

namespace sz::test {

using namespace sz::campaign;

inline const std::string campaign_id = "11111111-1111-4111-8111-111111111111";
inline const std::string strength = "core.stats.strength";
inline const std::string doom = "core.stats.doom";
inline const std::string motto = "core.things.motto";
inline const std::string things = "core.things.pack";
inline const std::string stream_a(32, 'a');
inline const std::string stream_b(32, 'b');
inline const std::string thorn_id = "22222222-2222-4222-8222-222222222222";
inline const std::string other_id = "33333333-3333-4333-8333-333333333333";

// Runs what was posted when asked to.
class ManualExecutor final : public Executor {
  public:
    void post(std::function<void()> work) override { work_.push_back(std::move(work)); }
    bool run_one() {
        if (work_.empty()) return false;
        const auto work = std::move(work_.front());
        work_.pop_front();
        work();
        return true;
    }

  private:
    std::deque<std::function<void()>> work_;
};

inline Json number_field(const char* id, const char* name, int value,
                         const char* visibility = "everyone", const char* editable_by = "owner") {
    return {{"id", id},
            {"name", name},
            {"type", "Number"},
            {"defaultValue", value},
            {"visibility", visibility},
            {"editableBy", editable_by}};
}
inline Json plain_field(const char* id, const char* name, const char* type,
                        const char* visibility = "everyone") {
    return {{"id", id}, {"name", name}, {"type", type}, {"visibility", visibility}};
}

class FakeTemplates final : public Templates {
  public:
    // "Test Pack" is there as 1.2.0, and in whatever version `add_version` gave it.
    [[nodiscard]] Result<Json> find_pack(std::string_view reference) const override {
        for (const std::string& version : versions) {
            if (reference == "test-pack@" + version)
                return Json{{"id", "test-pack"}, {"name", "Test Pack"}, {"version", version}};
        }
        return fail(ErrorKind::not_found, "SZ-LIB-001", "There is no such pack.");
    }
    [[nodiscard]] Result<Json> find_template(std::string_view kind,
                                             std::string_view reference) const override {
        const Json pack{{"id", "test-pack"}, {"name", "Test Pack"}, {"version", "1.2.0"}};
        if (kind == "session-template" && reference == "Test/evening") {
            return Json{{"id", "evening"},
                        {"name", "Evening"},
                        {"szType", kind},
                        {"pack", pack},
                        {"sections",
                         {{{"id", "info"},
                           {"name", "Info"},
                           {"groups",
                            {{{"id", "notes"},
                              {"name", "Notes"},
                              {"fields",
                               {plain_field("setting", "Setting", "Text"),
                                plain_field("plot", "Plot", "Text", "gm")}}}}}}}}};
        }
        if (kind == "character-template" && reference == "Test/hero") {
            const Json stats = {number_field("strength", "Strength", 10),
                                number_field("doom", "Doom", 3, "gm"),
                                number_field("luck", "Luck", 5, "owner"),
                                number_field("fame", "Fame", 0, "everyone", "everyone"),
                                number_field("curse", "Curse", 1, "everyone", "gm")};
            const Json belongings = {plain_field("pack", "Pack", "List"),
                                     plain_field("stash", "Stash", "List", "gm"),
                                     plain_field("motto", "Motto", "Text")};
            return Json{{"id", "hero"},
                        {"name", "Hero"},
                        {"szType", kind},
                        {"pack", pack},
                        {"sections",
                         {{{"id", "core"},
                           {"name", "Core"},
                           {"groups",
                            {{{"id", "stats"}, {"name", "Stats"}, {"fields", stats}},
                             {{"id", "things"}, {"name", "Things"}, {"fields", belongings}}}}},
                          {{"id", "hidden"},
                           {"name", "Behind the screen"},
                           {"visibility", "gm"},
                           {"groups",
                            {{{"id", "truth"},
                              {"name", "Truth"},
                              {"fields", {plain_field("name", "True name", "Text")}}}}}}}}};
        }
        if (const auto one = others.find(std::string(reference)); one != others.end())
            return one->second;
        return fail(ErrorKind::not_found, "SZ-LIB-003", "There is no such template.");
    }

    [[nodiscard]] Result<Json> linked_entry(const Json& link) const override {
        if (const auto one = entries.find(string_or(link, "entryId")); one != entries.end())
            return one->second;
        return fail(ErrorKind::not_found, "SZ-LIB-010", "There is no such entry.");
    }
    [[nodiscard]] Result<Json> find_entry(std::string_view pack, std::string_view dataset,
                                          std::string_view entry) const override {
        if (pack != "Test" || dataset != "bestiary" || !entries.contains(std::string(entry)))
            return fail(ErrorKind::not_found, "SZ-LIB-004", "There is no such entry.");
        return Json{{"pack", {{"id", "test-pack"}, {"name", "Test Pack"}, {"version", "1.2.0"}}},
                    {"dataset", {{"id", "bestiary"}, {"name", "Bestiary"}}},
                    {"entry", entries.at(std::string(entry))}};
    }
    static Json goblin() {
        return {{"id", "goblin"},
                {"name", "Goblin"},
                {"topLevelFields",
                 {{"Hit Points", {{"type", "Number"}, {"value", 7}}},
                  {"Size", {{"type", "Text"}, {"value", "Small"}}}}},
                {"groups",
                 {{{"id", "stats"},
                   {"name", "Stats"},
                   {"fields",
                    {{"Strength", {{"type", "Number"}, {"value", 8}}},
                     {"Fear", {{"type", "Number"}, {"value", 2}, {"visibility", "gm"}}}}}}}}};
    }
    std::map<std::string, Json> entries{{"goblin", goblin()}};

    // A character template of one field.
    void add(const std::string& reference, const Json& field) {
        others[reference] = Json{
            {"id", "other"},
            {"name", "Other"},
            {"pack", {{"id", "test-pack"}, {"name", "Test Pack"}, {"version", "1.2.0"}}},
            {"sections",
             {{{"id", "s"},
               {"name", "S"},
               {"groups", {{{"id", "g"}, {"name", "G"}, {"fields", Json::array({field})}}}}}}}};
    }

    // The hero of another version.
    void add_version(const std::string& version, const Json& sections) {
        versions.push_back(version);
        others["test-pack@" + version + "/hero"] =
            Json{{"id", "hero"},
                 {"name", "Hero"},
                 {"pack", {{"id", "test-pack"}, {"name", "Test Pack"}, {"version", version}}},
                 {"sections", sections}};
    }
    // Strength has another name and default, luck is everybody's to see, doom only the owner's,
    // fame is a text; curse, the motto and all that is hidden are gone; scars and an omen are new.
    static Json second_hero() {
        const Json stats = {
            number_field("scars", "Scars", 0),     number_field("luck", "Luck", 5),
            number_field("strength", "Might", 12), number_field("doom", "Doom", 3, "owner"),
            plain_field("fame", "Fame", "Text"),   number_field("omen", "Omen", 7, "gm")};
        const Json belongings = {plain_field("pack", "Pack", "List"),
                                 plain_field("stash", "Stash", "List", "gm")};
        return {{{"id", "core"},
                 {"name", "The heart"},
                 {"groups",
                  {{{"id", "things"}, {"name", "Things"}, {"fields", belongings}},
                   {{"id", "stats"}, {"name", "Numbers"}, {"fields", stats}}}}}};
    }

    std::map<std::string, Json> others;
    std::vector<std::string> versions{"1.2.0"};
};

inline std::string code_of(const Result<Accepted>& result) {
    return result ? "accepted" : result.error().code;
}

class Evening {
  public:
    explicit Evening(Ledger::Options options = {}) : options_(options) {
        host = Host::begin(file(), campaign_id, gm.key().client_id(), services());
    }
    ~Evening() { close(); }

    [[nodiscard]] std::filesystem::path file() const { return folder / (campaign_id + ".sqlite"); }

    // Runs both threads until nothing is left to do.
    void run() {
        while (kernel.run_one() || store.run_one()) {
        }
    }

    // The campaign with Thorn, who belongs to `player`.
    Evening& begun() {
        must(act_as_gm(
            {{campaign_id,
              "",
              "create",
              Json::array({{{"template", "Test/evening"}, {"name", "Nightfall"}}}),
              {}},
             {campaign_id,
              "",
              "member",
              Json::array({{{"id", gm.key().client_id()}, {"name", "Mira"}, {"role", "gm"}}}),
              {}}}));
        for (const auto* person : {&player, &guest}) {
            const std::string name = person == &player ? "Bo" : "Ada";
            must(act_as_gm(
                {{campaign_id,
                  "",
                  "member",
                  Json::array({{{"id", person->client_id()}, {"name", name}, {"role", "player"}}}),
                  {}}}));
        }
        must(act_as_gm(
            {{thorn_id,
              "",
              "create",
              Json::array(
                  {{{"template", "Test/hero"}, {"name", "Thorn"}, {"owner", player.client_id()}}}),
              {}}}));
        return *this;
    }

    [[nodiscard]] Result<Accepted> act_as_gm(std::vector<Operation> operations) {
        std::optional<Result<Accepted>> got;
        host->act(gm, std::move(operations),
                  [&got](Result<Accepted> result) { got = std::move(result); });
        run();
        REQUIRE(got);
        return *got;
    }
    [[nodiscard]] Result<Accepted> change(const std::string& path, const std::string& op, Json args,
                                          std::optional<EventIndex> base = {}) {
        return act_as_gm({{thorn_id, path, op, std::move(args), base}});
    }
    [[nodiscard]] Result<Accepted> undo(EventIndex event) {
        return act_as_gm({{campaign_id, "", "undo", Json::array({event}), {}}});
    }

    // An action signed by anybody, with any name.
    [[nodiscard]] SignedAction signed_by(const TestKey& key, const std::string& stream,
                                         std::uint64_t seq,
                                         std::vector<Operation> operations) const {
        const Action action{campaign_id, gm.key().client_id(), key.client_id(),      stream,
                            seq,         to_hex(host->head()), std::move(operations)};
        return sign(key, action_bytes(action));
    }
    [[nodiscard]] static SignedAction sign(const TestKey& key, std::string bytes) {
        const Signature signature = key.sign(signing_message(bytes));
        return {std::move(bytes), signature};
    }
    [[nodiscard]] Result<Accepted> submit(SignedAction action) {
        std::optional<Result<Accepted>> got;
        host->submit(std::move(action),
                     [&got](Result<Accepted> result) { got = std::move(result); });
        run();
        REQUIRE(got);
        return *got;
    }

    [[nodiscard]] const Json& value(const std::string& path,
                                    const std::string& instance = thorn_id) const {
        const Field* field = host->state().find_field(instance, path);
        if (field == nullptr) throw std::runtime_error("no field " + path);
        return field->value;
    }

    void close() {
        if (!host) return;
        host->close([] {});
        run();
        host.reset();
        run();
    }
    [[nodiscard]] Status reopen() {
        close();
        Status opened_well;
        Host::open(file(), services(), [&](Result<std::shared_ptr<Host>> opened) {
            if (opened)
                host = *opened;
            else
                opened_well = fail(opened.error());
        });
        run();
        return opened_well;
    }

    static const Accepted& must(const Result<Accepted>& result) {
        INFO((result ? std::string()
                     : result.error().code + " " + result.error().message + " " +
                           result.error().where));
        REQUIRE(result);
        return *result;
    }

    [[nodiscard]] Host::Services services() {
        return {fields,
                templates,
                kernel,
                store,
                {[this] { return now += 1000; }, [] { return std::string(); }},
                options_,
                {},
                {}};
    }

    TempDir folder;
    ManualExecutor kernel, store;
    FakeFieldTypes fields;
    FakeTemplates templates;
    FakeIdentity gm{1};
    TestKey player{2}, guest{3};
    UnixMs now = 1'700'000'000'000;
    std::shared_ptr<Host> host;

  private:
    Ledger::Options options_;
};

}  // namespace sz::test
