// SPDX-License-Identifier: AGPL-3.0-or-later
// Which host is meant, and which was met before.
#include <fstream>
#include <iterator>

#include "kernel/base/files.hpp"
#include "kernel/net/host_mark.hpp"
#include "kernel/net/known_hosts.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using namespace sz::test;

namespace {

const std::string campaign = "11111111-1111-4111-8111-111111111111";
const std::string another_campaign = "22222222-2222-4222-8222-222222222222";
const std::string her_id = TestKey(22).client_id();
const std::string his_id = TestKey(33).client_id();

std::size_t files_in(const TempDir& dir) {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("an address may say who answers there, in full or in short") {
    const std::string url = "udp://[2001:db8::1]:41977";
    CHECK_FALSE(parse_address(url).value().host);
    CHECK(parse_address(url).value().url == url);
    const auto whole = parse_address(url + "#" + her_id).value();
    CHECK(whole.url == url);
    REQUIRE(whole.host);
    CHECK(whole.host->fits(her_id));
    CHECK_FALSE(whole.host->fits(his_id));
    CHECK_FALSE(whole.host->fits("nonsense"));
    CHECK(whole.text() == url + "#" + her_id);

    const HostMark brief = HostMark::short_of(her_id).value();
    CHECK(brief.text().size() == 24);
    CHECK(brief.fits(her_id));
    CHECK_FALSE(brief.fits(his_id));
    CHECK(parse_address(url + "#" + brief.text()).value().host == brief);
    std::string loud = brief.text();
    std::transform(loud.begin(), loud.end(), loud.begin(),
                   [](char c) { return static_cast<char>(std::toupper(c)); });
    CHECK(HostMark::parse(loud).value() == brief);
    std::string bare = brief.text();
    std::erase(bare, '-');
    CHECK(HostMark::parse(bare).value() == brief);
}

TEST_CASE("the short form is the first hundred bits of a hash, as worked out by hand") {
    // BLAKE2b-256 over the length and bytes of "SessionZero host mark v1" and of the key of RFC
    // 8032's first test, by Python's hashlib.
    CHECK(HostMark::short_of("szid16adfsqvzky9t042tlmfujeq88g8wzuhnm2nzxfd0qgdx3ac82ydq0frwpq")
              .value()
              .text() == "cwza-l85r-vzq9-53nu-lk5a");
}

TEST_CASE("what is no address, or names no host, is refused with its reason") {
    const auto code = [](const std::string& text) { return code_of(parse_address(text)); };
    CHECK(code("") == "SZ-NET-071");
    CHECK(code("host.example") == "SZ-NET-071");
    CHECK(code("://host") == "SZ-NET-071");
    CHECK(code("udp://") == "SZ-NET-071");
    CHECK(code("udp://#" + her_id) == "SZ-NET-071");
    CHECK(code("udp://a b") == "SZ-NET-071");
    CHECK(code("udp://a\n") == "SZ-NET-071");
    CHECK(code("udp://" + std::string(limits::net_address_bytes_max - 6, 'a')).empty());
    CHECK(code("udp://" + std::string(limits::net_address_bytes_max - 5, 'a')) == "SZ-NET-071");
    CHECK(code("udp://a#") == "SZ-NET-070");
    CHECK(code("udp://a#abcd") == "SZ-NET-070");
    CHECK(code("udp://a#" + std::string(19, 'q')) == "SZ-NET-070");
    CHECK(code("udp://a#" + std::string(20, 'q')).empty());
    CHECK(code("udp://a#" + std::string(21, 'q')) == "SZ-NET-070");
    CHECK(code("udp://a#" + std::string(19, 'q') + "b") == "SZ-NET-070");  // no such letter
    std::string mistyped = her_id;
    mistyped[20] = mistyped[20] == 'q' ? 'p' : 'q';
    CHECK(code("udp://a#" + mistyped) == "SZ-CRYPTO-003");
    CHECK(code("udp://a#" + her_id + "#x") == "SZ-CRYPTO-003");
}

TEST_CASE("the host of a campaign is remembered, over programs, and another is not let pass") {
    const TempDir dir;
    const fs::path file = dir / "known-hosts.json";
    {
        KnownHosts known = KnownHosts::open(file, 1000);
        CHECK_FALSE(known.damage());
        CHECK(known.find(campaign) == nullptr);
        CHECK(known.expected(campaign).empty());
        REQUIRE(known.remember(campaign, her_id, "Mira", 1000));
        REQUIRE(known.remember(campaign, her_id, "Mira of Thorn", 2000));
        REQUIRE(known.remember(another_campaign, his_id, "", 3000));
    }
    KnownHosts known = KnownHosts::open(file, 4000);
    CHECK_FALSE(known.damage());
    REQUIRE(known.find(campaign) != nullptr);
    CHECK(known.find(campaign)->client_id == her_id);
    CHECK(known.find(campaign)->name == "Mira of Thorn");
    CHECK(known.find(campaign)->first_seen == 1000);
    CHECK(known.find(campaign)->last_seen == 2000);
    const auto refused = known.remember(campaign, his_id, "Mira", 5000);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-NET-011");
    CHECK_THAT(refused.error().message, ContainsSubstring(her_id) && ContainsSubstring(his_id));
    CHECK_THAT(refused.error().hint, ContainsSubstring("forget"));
    CHECK(known.find(campaign)->client_id == her_id);
    // A handshake stops at the other one, before it says who asks.
    PairOptions options;
    options.host = 33;
    options.expected = known.expected(campaign);
    Handshake player = handshake_of(noise::Role::initiator, options);
    Handshake host = handshake_of(noise::Role::responder, options);
    const auto answer = host.receive(play, player.start().value().value().bytes, 1).value();
    CHECK(code_of(player.receive(play, answer->bytes, 1)) == "SZ-NET-011");
    // The way out.
    REQUIRE(known.forget(campaign));
    CHECK(code_of(known.forget(campaign)) == "SZ-NET-065");
    REQUIRE(known.remember(campaign, his_id, "Mira", 6000));
    CHECK(KnownHosts::open(file, 7000).find(campaign)->client_id == his_id);
    CHECK(files_in(dir) == 1);
}

TEST_CASE("names are cut between letters, and what is no campaign or no Client ID is refused") {
    const TempDir dir;
    KnownHosts known = KnownHosts::open(dir / "known-hosts.json", 0);
    CHECK(code_of(known.remember("Thorn", her_id, "", 0)) == "SZ-NET-064");
    CHECK(code_of(known.remember(campaign, "szid1", "", 0)) == "SZ-CRYPTO-003");
    REQUIRE(known.remember(campaign, her_id, std::string(limits::name_bytes_max, 'a'), 0));
    CHECK(known.find(campaign)->name == std::string(limits::name_bytes_max, 'a'));
    REQUIRE(
        known.remember(campaign, her_id, std::string(limits::name_bytes_max - 1, 'a') + "é", 0));
    CHECK(known.find(campaign)->name == std::string(limits::name_bytes_max - 1, 'a'));
}

TEST_CASE("a damaged list is moved aside and said, and the next one works") {
    for (const std::string text :
         {"", "{", "[]", "{\"hosts\":[]}", "{\"hosts\":{\"x\":{}}}",
          "{\"hosts\":{\"11111111-1111-4111-8111-111111111111\":{\"host\":\"szid1\"}}}"}) {
        CAPTURE(text);
        const TempDir dir;
        const fs::path file = dir / "known-hosts.json";
        REQUIRE(write_file(file, text));
        KnownHosts known = KnownHosts::open(file, 0);
        REQUIRE(known.damage());
        CHECK(known.damage()->code == "SZ-NET-060");
        const fs::path aside = dir / "known-hosts.json.broken-19700101T000000.000Z";
        CHECK(known.damage()->where == aside.string());
        CHECK(read_file(aside, 1000).value() == text);
        REQUIRE(known.remember(campaign, her_id, "Mira", 0));
        CHECK_FALSE(KnownHosts::open(file, 1).damage());
    }
}

TEST_CASE("a damaged list that cannot be moved stays as it is") {
    const TempDir dir;
    const fs::path file = dir / "known-hosts.json";
    REQUIRE(write_file(file, "{"));
    REQUIRE(write_file(dir / "known-hosts.json.broken-19700101T000000.000Z", "an older one"));
    KnownHosts known = KnownHosts::open(file, 0);
    REQUIRE(known.damage());
    CHECK(known.damage()->code == "SZ-NET-061");
    CHECK(code_of(known.remember(campaign, her_id, "Mira", 0)) == "SZ-NET-062");
    CHECK(known.find(campaign) != nullptr);  // for this run
    CHECK(read_file(file, 10).value() == "{");
}

TEST_CASE("so many hosts are remembered, and not one more") {
    const TempDir dir;
    const fs::path file = dir / "known-hosts.json";
    const auto write = [&](std::size_t count) {
        std::ofstream out(file);
        out << "{\"hosts\":{";
        for (std::size_t i = 0; i < count; ++i) {
            char id[64];
            std::snprintf(id, sizeof id, "00000000-0000-4000-8000-%012zu", i);
            out << (i > 0 ? "," : "") << '"' << id << "\":{\"host\":\"" << her_id
                << "\",\"firstSeen\":1,\"lastSeen\":2}";
        }
        out << "}}";
    };
    write(limits::known_hosts_max - 1);
    KnownHosts known = KnownHosts::open(file, 0);
    REQUIRE_FALSE(known.damage());
    CHECK(known.remember(campaign, her_id, "", 0));
    CHECK(code_of(known.remember(another_campaign, her_id, "", 0)) == "SZ-NET-063");
    CHECK(known.remember(campaign, her_id, "", 1));  // which is there already
    CHECK_FALSE(KnownHosts::open(file, 0).damage());
    write(limits::known_hosts_max + 1);
    CHECK(KnownHosts::open(file, 0).damage()->code == "SZ-NET-060");
}
