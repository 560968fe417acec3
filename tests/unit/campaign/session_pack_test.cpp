// SPDX-License-Identifier: AGPL-3.0-or-later
// A campaign out into a session datapack and in again.
#include "kernel/campaign/files/limits.hpp"
#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace {

struct Read {
    Result<Rebuilt> rebuilt = fail(Error{});
    bool is_good = false;  // whole, and its seal is right
};

Read read_pack(PackFiles files, const std::filesystem::path& file) {
    Read read;
    auto source = PackSource::open(std::move(files));
    if (!source) return read;
    const auto seal = (*source)->seal();
    read.rebuilt = rebuild(**source, file, goes_on);
    read.is_good = seal && read.rebuilt && read.rebuilt->is_whole() &&
                   (!*seal || check_seal(**seal, *read.rebuilt));
    return read;
}

PackFile& file_of(PackFiles& files, std::string_view path) {
    for (PackFile& file : files) {
        if (file.path == path) return file;
    }
    throw std::runtime_error("no such file");
}

}  // namespace

TEST_CASE("a campaign that is exported and imported is the same one, and goes on") {
    Evening evening;
    play_an_evening(evening);
    const auto heads = heads_of(evening.file());
    REQUIRE(heads.size() == played_events + 1);
    const Packed out = packed(evening.file(), &evening.gm);
    CHECK(out.is_sealed);
    CHECK(out.name == "Nightfall");
    CHECK(out.ledger.events == played_events);

    const TempDir elsewhere;
    const auto file = elsewhere / (campaign_id + ".sqlite");
    const Read in = read_pack(out.files, file);
    REQUIRE(in.rebuilt);
    CHECK(in.is_good);
    CHECK(in.rebuilt->events == played_events);
    CHECK(in.rebuilt->head == heads.back());
    CHECK(in.rebuilt->name == "Nightfall");
    check_verifies(file);
    CHECK(heads_of(file) == heads);
    auto before = open_ledger(evening.file())->load();
    auto after = open_ledger(file)->load();
    REQUIRE(before);
    REQUIRE(after);
    CHECK(after->state.hash() == before->state.hash());
    CHECK(after->was_refolded == false);
    CHECK(after->streams.size() == before->streams.size());
    for (const auto& [name, stream] : before->streams)
        CHECK(after->streams.at(name).chain == stream.chain);

    // The host goes on, on the other machine.
    std::filesystem::copy_file(file, evening.file(),
                               std::filesystem::copy_options::overwrite_existing);
    REQUIRE(evening.reopen());
    CHECK(evening.value(strength) == 11);
    CHECK(Evening::must(evening.change(strength, "add", {1})).event == played_events + 1);
    evening.close();
    check_verifies(evening.file());
}

TEST_CASE("the same campaign gives the same files, whoever's copy it is") {
    Evening evening;
    play_an_evening(evening);
    const Packed once = packed(evening.file(), &evening.gm);
    const TempDir elsewhere;
    const auto file = elsewhere / (campaign_id + ".sqlite");
    REQUIRE(read_pack(once.files, file).is_good);
    const Packed again = packed(file, &evening.gm);
    REQUIRE(once.files.size() == again.files.size());
    CHECK(std::is_sorted(once.files.begin(), once.files.end(),
                         [](const PackFile& a, const PackFile& b) { return a.path < b.path; }));
    for (std::size_t i = 0; i < once.files.size(); ++i) {
        CHECK(once.files[i].path == again.files[i].path);
        CHECK(once.files[i].content == again.files[i].content);
    }
}

TEST_CASE("a person can read what is in a session datapack") {
    Evening evening;
    play_an_evening(evening);
    Packed out = packed(evening.file(), &evening.gm);
    const Json manifest = Json::parse(file_of(out.files, "szpack.json").content);
    CHECK(manifest["packType"] == "session");
    CHECK(manifest["id"] == campaign_id);
    CHECK(manifest["version"] == "1.0.9");
    CHECK(manifest["dependencies"] ==
          Json::parse(R"([{"id":"test-pack","name":"Test Pack","version":"1.2.0"}])"));
    const Json thorn =
        Json::parse(file_of(out.files, "objects/instances/" + thorn_id + ".json").content);
    CHECK(thorn["name"] == "Thorn");
    CHECK(thorn["fields"][strength] == 11);
    CHECK(thorn["fields"]["core.stats.doom"] == 4);
    const Json about = Json::parse(file_of(out.files, "campaign/campaign.json").content);
    CHECK(about["members"].size() == 3);
    CHECK(about["events"] == 9);
}

TEST_CASE("no byte of the ledger, the verdicts or the seal can be changed unnoticed") {
    Evening evening;
    play_an_evening(evening);
    const Packed out = packed(evening.file(), &evening.gm);
    const TempDir folder;
    int tried = 0;
    for (std::size_t i = 0; i < out.files.size(); ++i) {
        const std::string& path = out.files[i].path;
        if (!path.starts_with("campaign/") || path == "campaign/campaign.json") continue;
        for (std::size_t at = 0; at < out.files[i].content.size(); at += 149) {
            PackFiles files = out.files;
            files[i].content[at] = static_cast<char>(files[i].content[at] ^ 1);
            const auto file = folder / (campaign_id + ".sqlite");
            INFO(path << " byte " << at);
            CHECK_FALSE(read_pack(std::move(files), file).is_good);
            std::filesystem::remove(file);
            ++tried;
        }
    }
    CHECK(tried > 50);
}

TEST_CASE("a session datapack that lost its end is not taken for an older one") {
    Evening evening;
    play_an_evening(evening);
    Packed out = packed(evening.file(), nullptr);
    std::string& ledger = file_of(out.files, "campaign/ledger-0001.jsonl").content;
    ledger.erase(ledger.rfind('\n', ledger.size() - 2) + 1);
    const TempDir folder;
    const Read read = read_pack(out.files, folder / (campaign_id + ".sqlite"));
    REQUIRE(read.rebuilt);
    CHECK_FALSE(read.is_good);
    CHECK(read.rebuilt->events == 8);
    REQUIRE(read.rebuilt->fault);
    CHECK(read.rebuilt->fault->index == 9);
}

TEST_CASE("somebody else's seal, or one of another moment, is none") {
    Evening evening;
    play_an_evening(evening);
    const Packed out = packed(evening.file(), &evening.gm);
    auto seal = make_seal(evening.gm, out.ledger);
    REQUIRE(seal);
    CHECK(check_seal(*seal, out.ledger));
    Rebuilt longer = out.ledger;
    ++longer.events;
    CHECK(check_seal(*seal, longer).error().code == "SZ-CAMPAIGN-071");
    FakeIdentity stranger{9};
    Seal forged = *seal;
    const std::string message = "SessionZero seal v1\n" + seal->bytes;
    forged.signature = stranger.key().sign(message);
    CHECK(check_seal(forged, out.ledger).error().code == "SZ-CAMPAIGN-071");
    // The words are those of the README.
    forged.signature = evening.gm.key().sign(message);
    CHECK(check_seal(forged, out.ledger));
}

TEST_CASE("a damaged ledger is not exported") {
    Evening evening;
    play_an_evening(evening);
    change_database(evening.file(), "UPDATE parts SET audience = 'gm' WHERE event = 3");
    const auto ledger = open_ledger(evening.file());
    const auto done = pack_session(*ledger, nullptr, goes_on);
    REQUIRE_FALSE(done);
    CHECK(done.error().code == "SZ-CAMPAIGN-002");
    CHECK(done.error().message.find("event 3") != std::string::npos);
    CHECK(done.error().hint.find("campaign repair") != std::string::npos);
}

TEST_CASE("what is no session datapack says what to do with it") {
    const auto content = PackSource::open({{"szpack.json", R"({"id":"a","name":"A"})"}});
    REQUIRE_FALSE(content);
    CHECK(content.error().code == "SZ-CAMPAIGN-060");
    CHECK(content.error().hint.find("szctl pack import") != std::string::npos);
    const auto newer = PackSource::open({{"szpack.json", R"({"packType":"session"})"},
                                         {"campaign/campaign.json", R"({"format":2})"}});
    REQUIRE_FALSE(newer);
    CHECK(newer.error().message.find("format is not known") != std::string::npos);
}

TEST_CASE("a line of a session datapack has limits") {
    const auto line = [](std::size_t parts) {
        Event event{1, 5, {}, {}};
        for (std::size_t i = 0; i < parts; ++i) event.parts.push_back({"effects", "gm", "s", "[]"});
        return event_line(event);
    };
    CHECK(parse_event_line(line(limits::event_parts_max)));
    CHECK_FALSE(parse_event_line(line(limits::event_parts_max + 1)));
    const auto long_line = [](std::size_t content, std::size_t audience) {
        return event_line(
            {1, 5, {{"effects", std::string(audience, 'a'), "s", std::string(content, 'x')}}, {}});
    };
    CHECK(parse_event_line(long_line(limits::event_bytes_max, limits::part_label_bytes_max)));
    CHECK_FALSE(parse_event_line(long_line(limits::event_bytes_max + 1, 1)));
    CHECK_FALSE(parse_event_line(long_line(1, limits::part_label_bytes_max + 1)));
    CHECK_FALSE(parse_event_line(R"({"index":1,"at":5})"));
    CHECK_FALSE(parse_event_line("[]"));
}

TEST_CASE(
    "whoever has a copy of a campaign and not its host's identity may read it, not change it") {
    Evening evening;
    play_an_evening(evening);
    REQUIRE(evening.reopen());
    FakeIdentity member{2, "Bo"};  // the player's key: a member, but not the host
    std::optional<Result<Accepted>> got;
    evening.host->act(member, {{thorn_id, strength, "add", Json::array({1}), {}}},
                      [&](Result<Accepted> result) { got = std::move(result); });
    evening.run();
    REQUIRE(got);
    REQUIRE_FALSE(*got);
    CHECK(got->error().code == "SZ-CAMPAIGN-069");
    CHECK(got->error().hint.find("szctl identity import") != std::string::npos);
    CHECK(evening.host->events() == played_events);
}
