// SPDX-License-Identifier: AGPL-3.0-or-later
// Search as a person types: every beginning of some words, over the SRD and over a library of
// 100,000 entries.
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"
#include "tests/bench/plain_search.hpp"

namespace sz::bench {

namespace {

struct Times {
    std::vector<double> ours;
    std::vector<double> plain;
};

// In turns, so that a machine that changes its speed changes both.
Times keystrokes(Profile& profile, PlainSearch& plain, int rounds) {
    Times times;
    for (int round = 0; round < rounds; ++round) {
        for (const std::string word :
             {"owlbear", "fireball", "goblin boss", "potion of healing", "the dragon", "sword"}) {
            for (std::size_t n = 1; n <= word.size(); ++n) {
                const std::string typed = word.substr(0, n);
                const Json params{{"text", typed}, {"limit", 50}};
                times.ours.push_back(time_ms(
                    [&] { (void)must(profile.bus().call_and_wait("library.search", params)); }));
                times.plain.push_back(time_ms([&] { (void)plain.count(typed); }));
            }
        }
    }
    return times;
}

void add_rows(Rows& rows, const std::string& over, const Times& times) {
    const std::string beside = "SQLite's FTS5 alone";
    rows.push_back({"search per keystroke over " + over + ", median", median(times.ours),
                    median(times.plain), "ms", beside, 0, false, ""});
    const double p99 = percentile(times.ours, 0.99);
    rows.push_back({"search per keystroke over " + over + ", 99th percentile", p99, 0, "ms", "", 5,
                    false, ""});
}

// A pack of `entries` entries whose names and texts are put together from a few hundred words.
std::filesystem::path write_big_pack(const Setup& setup, int entries) {
    static const std::vector<std::string> words = {
        "owl",   "bear",   "fire",  "ball",  "goblin",  "boss",  "potion", "healing", "dragon",
        "sword", "shield", "night", "moon",  "silver",  "river", "stone",  "wolf",    "storm",
        "the",   "of",     "and",   "queen", "lantern", "salt",  "signal", "tower",   "grave"};
    const std::filesystem::path folder = setup.folder / "big";
    std::filesystem::create_directories(folder / "objects" / "datasets");
    const std::string id = "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10";
    std::ofstream(folder / "szpack.json") << Json{
        {"id", id},
        {"name", "Big"},
        {"version", "1.0.0"},
        {"author", "bench"},
        {"license", "CC-BY-SA-4.0"},
        {"description", "Made by the bench"},
        {"createdAt", "2026-01-01T00:00:00Z"},
        {"sessionZeroVersion", "0.1.0"}}.dump();
    unsigned state = 1;
    const auto next = [&state] {
        return words[(state = state * 1664525U + 1013904223U) / 65536U % words.size()];
    };
    constexpr int per_dataset = 10'000;
    for (int first = 0; first < entries; first += per_dataset) {
        const std::string dataset = "set-" + std::to_string(first / per_dataset);
        Json all = Json::object();
        for (int i = first; i < std::min(entries, first + per_dataset); ++i) {
            const std::string key = "e" + std::to_string(i);
            std::string text;
            for (int w = 0; w < 30; ++w) text += next() + ' ';
            all[key] = {{"id", key},
                        {"name", next() + ' ' + next() + ' ' + std::to_string(i)},
                        {"description", text}};
        }
        std::ofstream(folder / "objects" / "datasets" / (dataset + ".json")) << Json{
            {"id", dataset},
            {"szType", "dataset"},
            {"datasetType", "things"},
            {"name", dataset},
            {"description", "made"},
            {"version", "1.0.0"},
            {"schemaVersion", "1.0.0"},
            {"entries", all}}.dump();
    }
    return folder;
}

}  // namespace

Rows measure_search(const Setup& setup) {
    Rows rows;
    if (const auto pack = srd_pack(setup); !pack.empty()) {
        const auto profile = new_profile(setup, "search-srd");
        (void)run_task(*profile, "pack.import", Json{{"paths", Json::array({pack.string()})}});
        PlainSearch plain(srd_folder(setup));
        add_rows(rows, "the SRD", keystrokes(*profile, plain, setup.smoke ? 1 : 5));
    }
    const auto profile = new_profile(setup, "search-big");
    const int entries = setup.smoke ? 1000 : 100'000;
    const auto folder = write_big_pack(setup, entries);
    (void)run_task(*profile, "pack.import", Json{{"paths", Json::array({folder.string()})}});
    PlainSearch plain(folder);
    add_rows(rows, std::to_string(entries) + " entries",
             keystrokes(*profile, plain, setup.smoke ? 1 : 3));
    return rows;
}

}  // namespace sz::bench
