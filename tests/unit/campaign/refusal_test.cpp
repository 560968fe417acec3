// SPDX-License-Identifier: AGPL-3.0-or-later
// A refusal costs the file a few bytes and still tells its author what there is to know, also when
// they ask again.
#include "kernel/campaign/refusal.hpp"

#include "kernel/base/limits.hpp"
#include "tests/unit/campaign/evening.hpp"

using namespace sz;
using namespace sz::test;

namespace {

Json details_of(const Result<Accepted>& result) {
    REQUIRE(code_of(result) == "SZ-CAMPAIGN-020");
    return Json::parse(result.error().where);
}

std::string stored_of(Evening& evening, std::uint64_t seq) {
    std::string stored;
    evening.host->read<std::string>(
        [seq](Ledger& ledger) -> Result<std::string> {
            SZ_ASSIGN(const auto stream, ledger.database().integer("SELECT max(id) FROM streams"));
            SZ_ASSIGN(const auto verdict,
                      ledger.verdict(static_cast<std::uint64_t>(stream.value_or(0)), seq));
            return verdict ? verdict->refusal : std::string("no verdict");
        },
        [&](const Result<std::string>& found) { stored = found.value_or("failed"); });
    evening.run();
    return stored;
}

Json override_of(const std::string& visibility) {
    return visibility.empty() ? Json() : Json{{"visibility", visibility}};
}

void show(Evening& evening, const std::string& path, const std::string& visibility) {
    Evening::must(evening.act_as_gm(
        {{thorn_id, "", "visibility", Json::array({path, override_of(visibility)}), {}}}));
}

}  // namespace

TEST_CASE("a conflict about a long text keeps none of it, and shows all of it") {
    Evening evening;
    evening.begun();
    const std::string theirs(100'000, 'T');
    Evening::must(evening.change(motto, "set", {theirs}));
    const SignedAction action = evening.signed_by(
        evening.player, stream_a, 1, {{thorn_id, motto, "set", Json::array({"mine"}), 4}});
    const auto first = evening.submit(action);
    const Json details = details_of(first);
    CHECK(details["yours"] == "mine");
    CHECK(details["theirs"] == theirs);
    CHECK(details["base"] == 4);
    CHECK(details["event"] == 5);
    CHECK(details["by"] == evening.gm.key().client_id());
    CHECK(details["operation"]["args"] == Json::array({"mine"}));
    const std::string stored = stored_of(evening, 1);
    CHECK(stored.size() < 700);
    CHECK(stored.find("SZ-CAMPAIGN-020") != std::string::npos);
    CHECK(stored.find(std::string(100, 'T')) == std::string::npos);

    const auto again = evening.submit(action);
    CHECK(again.error().message == first.error().message);
    CHECK(details_of(again) == details);
    REQUIRE(evening.reopen());
    CHECK(details_of(evening.submit(action)) == details);
    // What there is to decide upon is what is there now.
    Evening::must(evening.change(motto, "set", {"Onward"}));
    CHECK(details_of(evening.submit(action))["theirs"] == "Onward");
    CHECK_FALSE(verify_file(evening.file()).first_bad);
}

TEST_CASE("who asks again about a field that was hidden since learns nothing of it") {
    Evening evening;
    evening.begun();
    Evening::must(evening.change(motto, "set", {"Onward"}));
    const SignedAction action = evening.signed_by(
        evening.player, stream_a, 1, {{thorn_id, motto, "set", Json::array({"mine"}), 4}});
    CHECK(details_of(evening.submit(action))["theirs"] == "Onward");
    show(evening, motto, "gm");
    Evening::must(evening.change(motto, "set", {"canary"}));
    const auto again = evening.submit(action);
    CHECK(details_of(again)["theirs"] == nullptr);
    CHECK(details_of(again)["yours"] == nullptr);
    CHECK(again.error().message.find("canary") == std::string::npos);
}

TEST_CASE("an undo that collides, and a name, are told again in full") {
    Evening evening;
    evening.begun();
    const EventIndex first = Evening::must(evening.change(motto, "set", {"One"})).event;
    Evening::must(evening.change(motto, "set", {std::string(100'000, 'T')}));
    const SignedAction undo = evening.signed_by(
        evening.player, stream_a, 1, {{campaign_id, "", "undo", Json::array({first}), {}}});
    const Json details = details_of(evening.submit(undo));
    CHECK(details["yours"] == "");
    CHECK(details["theirs"] == std::string(100'000, 'T'));
    CHECK(details["operation"]["path"] == motto);
    CHECK(stored_of(evening, 1).size() < 700);
    CHECK(details_of(evening.submit(undo)) == details);

    Evening::must(evening.act_as_gm({{thorn_id, "", "rename", Json::array({"Thorne"}), {}}}));
    const SignedAction rename = evening.signed_by(
        evening.player, stream_a, 2, {{thorn_id, "", "rename", Json::array({"Rose"}), 4}});
    for (int i = 0; i < 2; ++i) {
        const Json names = details_of(evening.submit(rename));
        CHECK(names["yours"] == "Rose");
        CHECK(names["theirs"] == "Thorne");
    }
}

TEST_CASE("a secret does not keep a sheet from being taken back: a refusal would tell it") {
    Evening evening;
    evening.begun();
    const EventIndex made =
        Evening::must(evening.submit(evening.signed_by(
                          evening.player, stream_a, 1,
                          {{other_id,
                            "",
                            "create",
                            Json::array({{{"template", "Test/hero"}, {"name", "Imp"}}}),
                            {}}})))
            .event;
    Evening::must(evening.act_as_gm({{other_id, "core.stats.doom", "set", Json::array({77}), {}}}));
    const auto undone = Evening::must(evening.submit(evening.signed_by(
        evening.player, stream_a, 2, {{campaign_id, "", "undo", Json::array({made}), {}}})));
    CHECK(evening.host->state().find(other_id)->removed);
    // Nothing is lost: what is taken back with it comes back with it.
    Evening::must(evening.undo(undone.event));
    CHECK(evening.value("core.stats.doom", other_id) == 77);
}

TEST_CASE("a stored refusal is at most four kibibytes, and JSON of whole characters") {
    const std::string long_text(100'000, '"');
    std::string moons;
    for (int i = 0; i < 3000; ++i) moons += "🌙";
    for (const std::string& text : {long_text, moons, std::string(100'000, '\1')}) {
        const std::string stored =
            stored_refusal({ErrorKind::input, "SZ-FIELD-110", text, text, text});
        CHECK(stored.size() <= 4096);
        const auto read = parse_json(stored);
        REQUIRE(read);
        const Error error = error_from_json(*read);
        CHECK(error.code == "SZ-FIELD-110");
        CHECK(error.message.size() > 300);
        CHECK(error.kind == ErrorKind::input);
    }
    // At the limit it is kept as it is, one byte past it something is left out.
    Error error{ErrorKind::input, "SZ-FIELD-110", "No.", "Try again.", ""};
    const std::size_t around = stored_refusal(error).size();
    error.where = std::string(4096 - around, 'w');
    CHECK(stored_refusal(error).size() == 4096);
    CHECK(error_from_json(Json::parse(stored_refusal(error))).where == error.where);
    error.where += 'w';
    const Error cut = error_from_json(Json::parse(stored_refusal(error)));
    CHECK(cut.where.empty());
    CHECK(cut.message == "No.");
    CHECK(cut.hint == "Try again.");
}
