// SPDX-License-Identifier: AGPL-3.0-or-later
// The conformance suite of transports: a sound one passes, and each fault is found by its rule.
#include "tests/plugins_bad/check_report.hpp"
#include "tests/support/catch.hpp"

using namespace sz;
using namespace sz::test;

namespace {

const char* ours = "org.sessionzero.transport-direct";

std::vector<std::string> with(const std::string& fault) {
    return {"--transport", "plain://check", "--options", Json{{"fault", fault}}.dump()};
}

}  // namespace

TEST_CASE("the program starts plugins of transports, ours and others'") {
    const PluginPlace place;
    place.add_to(place.bundle, faulty("plain-transport"));
    place.add_to(place.bundle, std::filesystem::path(SZ_BUILD) / "plugins" / ours);
    place.write_bundle();
    PluginKernel kernel(place, checked());
    CHECK(kernel.state("org.test.plain-transport") == "running");
    CHECK(kernel.state(ours) == "running");
}

TEST_CASE("a small sound transport keeps every rule") {
    const auto report = check(faulty("plain-transport"), with(""));
    INFO(report.json.dump(1));
    CHECK(report.exit_code == 0);
    CHECK(report.about("transport.deinit").empty());
}

TEST_CASE("each fault of a transport is refused by the rule that it breaks") {
    const auto complaint = [](const char* fault, const char* rule) {
        auto words = with(fault);
        const std::string name = std::string("transport.") + rule;
        words.insert(words.end(), {"--only", name});
        const auto report = check(faulty("plain-transport"), words);
        CHECK(report.exit_code == 1);
        return report.about(name);
    };
    CHECK_THAT(complaint("loses", "messages"), ContainsSubstring("Of 200 messages 196 came"));
    CHECK_THAT(complaint("swaps", "messages"), ContainsSubstring("overtaken"));
    CHECK(complaint("closes-twice", "closed-once") == "It says `closed` twice.");
    CHECK(complaint("from-inside", "messages") == "It tells of `message` from inside of a call.");
    CHECK_THAT(complaint("hoards", "pressure"), ContainsSubstring("32 MB with nobody reading"));
    CHECK_THAT(complaint("forgets-room", "pressure"),
               ContainsSubstring("`writable` does not come"));
    CHECK_THAT(complaint("bulk-first", "play-first"), ContainsSubstring("came behind"));
    CHECK_THAT(complaint("drops", "goodbye"), ContainsSubstring("sent before the close"));
    CHECK_THAT(complaint("no-end", "deinit"), ContainsSubstring("before deinit has returned"));
    CHECK_THAT(complaint("nonsense", "nonsense"), ContainsSubstring("not SZ_ERR_INVALID"));
}

TEST_CASE("a transport that nobody says where to try is told how") {
    const auto report = check(faulty("plain-transport"));
    CHECK(report.exit_code == 0);
    CHECK(report.about("transport.table").empty());
    CHECK(report.about("transport.opens") == "-");
    CHECK_THAT(report.json.at("notes").at(0).get<std::string>(), ContainsSubstring("--transport"));
}

TEST_CASE("words that the checker does not know are its usage") {
    const auto exit_code = [](std::vector<std::string> words) {
        return check(faulty("plain-transport"), std::move(words)).exit_code;
    };
    CHECK(exit_code({"--options", "{}"}) == 2);  // of no transport
    CHECK(exit_code({"--frobnicate"}) == 2);
    CHECK(exit_code({"--only", "transport.nosuch"}) == 2);
    CHECK(exit_code({"--transport"}) == 2);
    CHECK(exit_code({"--transport", "nosuch://x"}) == 1);
}
