// SPDX-License-Identifier: AGPL-3.0-or-later
// A session datapack whose archive was cut off or damaged: what can be read of it.
#include "kernel/campaign/files/torn_archive.hpp"

#include <Poco/Checksum.h>
#include <Poco/DeflatingStream.h>

#include <map>
#include <sstream>

#include "tests/unit/campaign/played.hpp"

using namespace sz;
using namespace sz::test;

namespace {

std::string number(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xff);
    return text;
}

std::string deflated(const std::string& text) {
    std::ostringstream packed;
    Poco::DeflatingOutputStream out(packed, -15, 9);
    out << text;
    out.close();
    return packed.str();
}

// An archive as APPNOTE.TXT describes it, made apart from what reads it. Every second file is
// stored as it is.
std::string archive_of(const PackFiles& files) {
    std::string archive, directory;
    bool is_stored = false;
    for (const PackFile& file : files) {
        const std::string packed = is_stored ? file.content : deflated(file.content);
        Poco::Checksum sum(Poco::Checksum::TYPE_CRC32);
        sum.update(file.content);
        const std::string shared = number(is_stored ? 0 : 8, 2) + number(0, 4) +
                                   number(sum.checksum(), 4) + number(packed.size(), 4) +
                                   number(file.content.size(), 4) + number(file.path.size(), 2);
        const std::size_t begin = archive.size();
        archive +=
            "PK\3\4" + number(20, 2) + number(0, 2) + shared + number(0, 2) + file.path + packed;
        directory += "PK\1\2" + number(20, 2) + number(20, 2) + number(0, 2) + shared +
                     number(0, 2) + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                     number(begin, 4) + file.path;
        is_stored = !is_stored;
    }
    const std::size_t begin = archive.size();
    return archive + directory + "PK\5\6" + number(0, 4) + number(files.size(), 2) +
           number(files.size(), 2) + number(directory.size(), 4) + number(begin, 4) + number(0, 2);
}

const PackFiles& two_files() {
    static const PackFiles files = [] {
        std::string lines;
        for (int i = 0; i < 40; ++i) lines += "line " + std::to_string(i * 7919 % 1000) + "\n";
        return PackFiles{{"campaign/ledger-0001.jsonl", lines},
                         {"campaign/streams-0001.jsonl", "one\ntwo\n"},
                         {"objects/instances/a.json", "{}"},
                         {"szpack.json", R"({"packType": "session"})"}};
    }();
    return files;
}

std::map<std::string, std::string> by_path(const PackFiles& files) {
    std::map<std::string, std::string> all;
    for (const PackFile& file : files) all[file.path] = file.content;
    return all;
}

struct Saved {
    bool is_good = false;
    std::string refusal;
    EventIndex events = 0;
};

// What is saved of an archive, proven.
Saved saved(std::string_view archive) {
    auto source = PackSource::open_torn(read_torn_archive(archive).files);
    if (!source) return {false, source.error().code, 0};
    const TempDir folder;
    const auto file = folder / (campaign_id + ".sqlite");
    const auto rebuilt = names_of(**source) ? rebuild(**source, file, goes_on)
                                            : Result<Rebuilt>(fail(names_of(**source).error()));
    if (!rebuilt) return {false, rebuilt.error().code, 0};
    return {!verify_file(file).first_bad, {}, rebuilt->events};
}

}  // namespace

TEST_CASE("a whole archive is read whole, with and without its directory") {
    const std::string archive = archive_of(two_files());
    auto expected = by_path(two_files());
    expected.erase("objects/instances/a.json");  // an importer does not read it
    for (const std::string& one : {archive, archive.substr(0, archive.find("PK\1\2"))}) {
        const TornFiles read = read_torn_archive(one);
        CHECK(by_path(read.files) == expected);
        CHECK(read.torn.empty());
    }
    CHECK(read_torn_archive("").files.empty());
    CHECK(read_torn_archive("PK\3\4").files.empty());
}

TEST_CASE("an archive that ends anywhere gives the beginning of its files") {
    const std::string archive = archive_of(two_files());
    const auto expected = by_path(two_files());
    std::size_t before = 0;
    for (std::size_t end = 0; end < archive.size(); ++end) {
        const TornFiles read = read_torn_archive(std::string_view(archive).substr(0, end));
        std::size_t bytes = 0;
        for (const PackFile& file : read.files) {
            REQUIRE(expected.at(file.path).starts_with(file.content));
            const bool is_torn =
                std::find(read.torn.begin(), read.torn.end(), file.path) != read.torn.end();
            REQUIRE(is_torn == (file.content != expected.at(file.path)));
            bytes += file.content.size();
        }
        REQUIRE(bytes >= before);  // a byte more never gives less
        before = bytes;
    }
}

TEST_CASE("a byte that is wrong anywhere costs no other file, and is told") {
    const std::string archive = archive_of(two_files());
    const auto expected = by_path(two_files());
    for (std::size_t at = 0; at < archive.size(); ++at) {
        std::string damaged = archive;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
        CAPTURE(at);
        const TornFiles read = read_torn_archive(damaged);
        const auto files = by_path(read.files);
        std::size_t wrong = 0;
        for (const auto& [path, content] : expected) {
            if (path.starts_with("objects")) continue;
            const auto found = files.find(path);
            if (found != files.end() && found->second == content) continue;
            ++wrong;
            // Either it is not there at all, or it is said to be torn.
            REQUIRE((found == files.end() ||
                     std::find(read.torn.begin(), read.torn.end(), path) != read.torn.end()));
        }
        REQUIRE(wrong <= 1);
    }
}

// Empty blocks, which cost time and give nothing, and a hundred files that are said to be made of
// them.
TEST_CASE("many headers that lead into the same bytes do not make it read for ever") {
    const std::string empty_block = number(0, 1) + number(0, 2) + number(0xffff, 2);
    const auto path = [](int i) { return "campaign/ledger-" + std::to_string(i) + ".jsonl"; };
    std::string archive = "PK\3\4" + number(0, 8) + number(0, 8) + number(0, 10) + path(1'000);
    for (int i = 0; i < 4'000; ++i) archive += empty_block;
    for (int i = 1'000; i < 1'100; ++i) {
        archive += "PK\1\2" + number(0, 6) + number(8, 2) + number(0, 4) + number(1, 4) +
                   number(20'000, 4) + number(1, 4) + number(path(i).size(), 2) + number(0, 8) +
                   number(0, 8) + path(i);
    }
    const TornFiles read = read_torn_archive(archive);
    CHECK(read.files.size() == 100);
    CHECK(read.torn.size() == 100);
    CHECK(read.bytes_taken >= 8 * archive.size());
    CHECK(read.bytes_taken <= 10 * archive.size());
}

TEST_CASE("what is saved of a torn archive is a ledger that holds, as long as can be") {
    Evening evening;
    play_an_evening(evening);
    const std::string archive = archive_of(packed(evening.file(), &evening.gm).files);
    CHECK(saved(archive).events == played_events);
    EventIndex before = 0;
    for (std::size_t end = 0; end < archive.size(); end += 1 + archive.size() / 60) {
        CAPTURE(end);
        const Saved cut = saved(std::string_view(archive).substr(0, end));
        CHECK((cut.is_good || cut.refusal == "SZ-CAMPAIGN-068"));
        CHECK(cut.events >= before);
        before = cut.events;
        std::string damaged = archive;
        damaged[end] = static_cast<char>(damaged[end] ^ 0xff);
        const Saved flipped = saved(damaged);
        CHECK((flipped.is_good || flipped.refusal == "SZ-CAMPAIGN-068"));
    }
    CHECK(before == played_events);
}

TEST_CASE("a torn archive of something else is refused") {
    const auto refusal = [](const PackFiles& files) {
        return saved(archive_of(files).substr(0, 400)).refusal;
    };
    CHECK(refusal({{"szpack.json", R"({"id": "a", "name": "A"})"}}) == "SZ-CAMPAIGN-060");
    CHECK(refusal({{"campaign/campaign.json", R"({"format": 2})"}}) == "SZ-CAMPAIGN-060");
    CHECK(refusal({{"campaign/ledger-0001.jsonl", "nothing\n"}}) == "SZ-CAMPAIGN-068");
    CHECK(refusal({}) == "SZ-CAMPAIGN-068");
}
