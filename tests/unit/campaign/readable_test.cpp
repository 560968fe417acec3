// SPDX-License-Identifier: AGPL-3.0-or-later
// What the host acknowledges, its own reader takes, whatever was asked for.
#include "kernel/base/limits.hpp"
#include "kernel/campaign/event.hpp"
#include "kernel/store/database.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

const TestKey second(9);  // another game master, who is not the host

Operation member(const std::string& id, const Json& role) {
    return {campaign_id,
            "",
            "member",
            Json::array({{{"id", id}, {"name", "Eve"}, {"role", role}}}),
            {}};
}

Operation make(const std::string& id, const std::string& reference) {
    return {id, "", "create", Json::array({{{"template", reference}, {"name", "Imp"}}}), {}};
}

// Ids of new characters.
std::string id_number(std::size_t n) {
    const std::string digits = std::to_string(100 + n);
    return "44444444-4444-4444-8444-444444444" + digits;
}

// The ledger holds, and the campaign opens when it must be folded from it.
void check_readable(Evening& evening) {
    const EventIndex events = evening.host->events();
    evening.close();
    const Proof proof = verify_file(evening.file());
    INFO((proof.first_bad ? proof.first_bad->reason : ""));
    CHECK_FALSE(proof.first_bad);
    {
        auto database = Database::open(evening.file(), {});
        REQUIRE(database);
        REQUIRE(database->script("DELETE FROM cache"));
    }
    const Status opened = evening.reopen();
    INFO((opened ? "" : opened.error().message));
    REQUIRE(opened);
    CHECK(evening.host->events() == events);
}

// Arrays in each other.
Json nested(std::size_t levels) {
    Json value = "x";
    for (std::size_t i = 0; i < levels; ++i) value = Json::array({std::move(value)});
    return value;
}

Json text_field(const Json& note, const Json& value = "") {
    return {{"id", "f"}, {"name", "F"}, {"type", "Text"}, {"note", note}, {"defaultValue", value}};
}

}  // namespace

TEST_CASE("the author removes themselves") {
    Evening evening;
    evening.begun();
    Evening::must(evening.act_as_gm({member(second.client_id(), "gm")}));
    Evening::must(evening.submit(
        evening.signed_by(second, stream_a, 1, {member(second.client_id(), nullptr)})));
    CHECK_FALSE(evening.host->state().members().contains(second.client_id()));
    CHECK(code_of(evening.submit(evening.signed_by(
              second, stream_a, 2, {member(second.client_id(), "gm")}))) == "SZ-CAMPAIGN-013");
    check_readable(evening);
    CHECK_FALSE(evening.host->state().members().contains(second.client_id()));
}

TEST_CASE("a game master takes back what made them one") {
    Evening evening;
    evening.begun();
    const EventIndex made =
        Evening::must(evening.act_as_gm({member(second.client_id(), "gm")})).event;
    Evening::must(evening.submit(evening.signed_by(
        second, stream_a, 1, {{campaign_id, "", "undo", Json::array({made}), {}}})));
    CHECK_FALSE(evening.host->state().members().contains(second.client_id()));
    check_readable(evening);
}

TEST_CASE("a campaign cannot be begun without its host in it") {
    Evening evening;
    const Operation sheet{campaign_id,
                          "",
                          "create",
                          Json::array({{{"template", "Test/evening"}, {"name", "Nightfall"}}}),
                          {}};
    CHECK(code_of(evening.act_as_gm({sheet, member(second.client_id(), "gm")})) ==
          "SZ-CAMPAIGN-021");
    CHECK(code_of(evening.act_as_gm({sheet, member(evening.gm.key().client_id(), "player")})) ==
          "SZ-CAMPAIGN-021");
    Evening::must(evening.act_as_gm({sheet, member(evening.gm.key().client_id(), "gm")}));
    check_readable(evening);
}

TEST_CASE("a template is as deep as an event can hold, and no deeper") {
    Evening evening;
    evening.begun();
    // The definition itself is one level, so are the arrays in it.
    evening.templates.add("Test/deepest", text_field(nested(47)));
    evening.templates.add("Test/too-deep", text_field(nested(48)));
    evening.templates.add("Test/abyss", text_field(nested(57)));  // as deep as a pack's file may be
    Evening::must(evening.act_as_gm({make(id_number(1), "Test/deepest")}));
    for (const char* reference : {"Test/too-deep", "Test/abyss"}) {
        const auto refused = evening.act_as_gm({make(id_number(2), reference)});
        REQUIRE(code_of(refused) == "SZ-CAMPAIGN-033");
        CHECK(refused.error().message ==
              "The template “Other” cannot be used: the definition of s.g.f is nested deeper than "
              "48 levels.");
    }
    Json list{{"id", "f"}, {"name", "F"}, {"type", "List"}, {"defaultValue", nested(49)}};
    CHECK(code_of([&] {
              evening.templates.add("Test/deep-default", list);
              return evening.act_as_gm({make(id_number(3), "Test/deep-default")});
          }()) == "SZ-CAMPAIGN-033");
    check_readable(evening);
    CHECK(evening.host->state().find_field(id_number(1), "s.g.f")->definition["note"] ==
          nested(47));
}

TEST_CASE("an event that an older program wrote deeper than today's is read") {
    const Json definition = text_field(nested(63));
    Record record;
    record.instance = other_id;
    record.effect = {
        {"create", {{"sections", {{{"groups", {{{"fields", {{{"definition", definition}}}}}}}}}}}}};
    const std::vector<Part> parts{
        {"effects", "everyone", "", canonical_json(Json::array({record.to_json()}))}};
    const auto records = records_of(parts);
    REQUIRE(records);
    CHECK(records->at(0).record.effect == record.effect);
}

TEST_CASE("an event holds eight mebibytes, and not a byte more") {
    Evening evening;
    evening.begun();
    const auto make_of_size = [&](std::size_t n, std::size_t bytes) {
        evening.templates.add("Test/big", text_field(nullptr, std::string(bytes, 'A')));
        return evening.act_as_gm({make(id_number(n), "Test/big")});
    };
    const EventIndex small = Evening::must(make_of_size(1, 0)).event;
    std::size_t around = 0;  // what an event holds besides the text
    evening.host->read<std::size_t>(
        [small](Ledger& ledger) -> Result<std::size_t> {
            SZ_ASSIGN(const Event event, ledger.event(small));
            return event.parts.at(1).content.size() - 2;  // the list's brackets
        },
        [&](const Result<std::size_t>& size) { around = size.value_or(0); });
    evening.run();
    REQUIRE(around > 100);
    // The definition holds its default too, so every byte counts twice.
    const std::size_t room = 8 * 1024 * 1024 - around;
    const auto refused = make_of_size(2, room / 2 + 1);
    REQUIRE(code_of(refused) == "SZ-CAMPAIGN-029");
    CHECK(refused.error().kind == ErrorKind::limit);
    CHECK(evening.host->state().find(id_number(2)) == nullptr);
    CHECK(code_of(make_of_size(3, room / 2)) == "accepted");
    check_readable(evening);
}

TEST_CASE("many operations of little text do not make an event that nobody can read") {
    Evening evening;
    evening.begun();
    evening.templates.add("Test/big", text_field(nullptr, std::string(1'000'000, 'A')));
    std::vector<Operation> operations;
    for (std::size_t i = 0; i < 70; ++i) operations.push_back(make(id_number(i), "Test/big"));
    const auto before = evening.host->state().all_rows();
    CHECK(code_of(evening.act_as_gm(operations)) == "SZ-CAMPAIGN-029");
    CHECK(evening.host->state().all_rows() == before);
    operations.resize(4);
    Evening::must(evening.act_as_gm(operations));
    check_readable(evening);
}

TEST_CASE("an instance's id is new in its campaign, and never the campaign's own") {
    Evening evening;
    evening.begun();
    for (const std::string& id : {campaign_id, thorn_id}) {
        CHECK(code_of(evening.act_as_gm({make(id, "Test/hero")})) == "SZ-CAMPAIGN-022");
        CHECK(code_of(evening.submit(evening.signed_by(
                  evening.player, id == thorn_id ? stream_a : std::string(32, 'b'), 1,
                  {make(id, "Test/hero")}))) != "accepted");
    }
    Evening::must(evening.act_as_gm({{thorn_id, "", "remove", Json::array(), {}}}));
    CHECK(code_of(evening.act_as_gm({make(thorn_id, "Test/hero")})) == "SZ-CAMPAIGN-022");
    CHECK(code_of(evening.act_as_gm({make(other_id, "Test/hero"), make(other_id, "Test/hero")})) ==
          "SZ-CAMPAIGN-022");
    check_readable(evening);
}
