// SPDX-License-Identifier: AGPL-3.0-or-later
// Search as a person types: every beginning of some words, over the SRD and over a library of
// 100,000 entries.
#include <array>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>

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

constexpr double keystroke_goal_ms = 5;  // at the 99th percentile
constexpr double plain_goal = 1.5;       // in the middle, against FTS5 alone

void add_rows(Rows& rows, const std::string& over, const Times& times,
              double goal_ms = keystroke_goal_ms) {
    const std::string beside = "SQLite's FTS5 alone";
    rows.push_back({"search per keystroke over " + over + ", median", median(times.ours),
                    median(times.plain), "ms", beside, goal_ms > 0 ? plain_goal : 0, false, ""});
    const double p99 = percentile(times.ours, 0.99);
    rows.push_back({"search per keystroke over " + over + ", 99th percentile", p99, 0, "ms", "",
                    goal_ms, false, ""});
}

constexpr std::array typed_words{"owl",    "bear",    "fire",  "ball",    "goblin", "boss",
                                 "potion", "dragon",  "sword", "healing", "shield", "night",
                                 "moon",   "silver",  "river", "stone",   "wolf",   "storm",
                                 "queen",  "lantern", "salt",  "signal",  "tower",  "grave"};

// Words in the order of how often they are said. Said as in a language, the word of rank r stands
// for a share of 1/r of all (Zipf, 1935); said evenly, every word is common.
class Speech {
  public:
    [[nodiscard]] static Speech natural() {
        constexpr std::size_t vocabulary = 8000;
        constexpr std::size_t rank_between_typed = 40;
        std::vector<std::string> words{"the", "of", "and"};
        std::size_t typed = 0;
        for (std::size_t made = 0; words.size() < vocabulary; ++made) {
            words.push_back(syllables(made));
            if (made % rank_between_typed == 0 && typed < typed_words.size())
                words.emplace_back(typed_words[typed++]);
        }
        return Speech(std::move(words), [](std::size_t rank) { return 1.0 / double(rank); });
    }
    [[nodiscard]] static Speech even() {
        std::vector<std::string> words(typed_words.begin(), typed_words.end());
        words.insert(words.end(), {"the", "of", "and"});
        return Speech(std::move(words), [](std::size_t) { return 1.0; });
    }

    const std::string& word() {
        constexpr double range = 4294967296.0;
        const double at = double(random_()) / range * sums_.back();
        const auto found = std::upper_bound(sums_.begin(), sums_.end(), at);
        return words_[std::min<std::size_t>(found - sums_.begin(), words_.size() - 1)];
    }
    std::string name() {
        const auto one = [this] {
            return std::string(typed_words[random_() % typed_words.size()]);
        };
        const std::string first = one();
        return first + ' ' + one();
    }

  private:
    Speech(std::vector<std::string> words, const std::function<double(std::size_t)>& share)
        : words_(std::move(words)) {
        double sum = 0;
        for (std::size_t rank = 1; rank <= words_.size(); ++rank)
            sums_.push_back(sum += share(rank));
    }

    // "ba", "be" … "baba": all different.
    static std::string syllables(std::size_t number) {
        constexpr std::string_view consonants = "bdfghklmnprstvw";
        constexpr std::string_view vowels = "aeiou";
        std::string word;
        for (++number; number > 0 || word.size() < 4; number /= consonants.size() * vowels.size()) {
            const std::size_t digit = number % (consonants.size() * vowels.size());
            word += consonants[digit / vowels.size()];
            word += vowels[digit % vowels.size()];
        }
        return word;
    }

    std::vector<std::string> words_;
    std::vector<double> sums_;  // up to each word
    std::mt19937 random_{1};    // NOLINT: the same texts every time
};

Json dataset_of(Speech& speech, const std::string& id, int first, int end) {
    constexpr int words_per_entry = 30;
    Json entries = Json::object();
    for (int i = first; i < end; ++i) {
        const std::string key = "e" + std::to_string(i);
        std::string text;
        for (int w = 0; w < words_per_entry; ++w) text += speech.word() + ' ';
        entries[key] = {
            {"id", key}, {"name", speech.name() + ' ' + std::to_string(i)}, {"description", text}};
    }
    return {{"id", id},           {"szType", "dataset"},     {"datasetType", "things"},
            {"name", id},         {"description", "made"},   {"version", "1.0.0"},
            {"entries", entries}, {"schemaVersion", "1.0.0"}};
}

// A pack of `entries` entries of 30 words each.
std::filesystem::path write_big_pack(const std::filesystem::path& folder, Speech speech,
                                     int entries) {
    constexpr int per_dataset = 10'000;
    std::filesystem::create_directories(folder / "objects" / "datasets");
    std::ofstream(folder / "szpack.json") << Json{
        {"id", "7b0c7a52-7f0e-4d0a-9a2e-2f1f3f0f9b10"},
        {"name", "Big"},
        {"version", "1.0.0"},
        {"author", "bench"},
        {"license", "CC-BY-SA-4.0"},
        {"description", "Made by the bench"},
        {"createdAt", "2026-01-01T00:00:00Z"},
        {"sessionZeroVersion", "0.1.0"}}.dump();
    for (int first = 0; first < entries; first += per_dataset) {
        const std::string id = "set-" + std::to_string(first / per_dataset);
        std::ofstream(folder / "objects" / "datasets" / (id + ".json"))
            << dataset_of(speech, id, first, std::min(entries, first + per_dataset)).dump();
    }
    return folder;
}

void measure_big(const Setup& setup, Rows& rows, const std::string& kind, Speech speech, int rounds,
                 double goal_ms) {
    const auto profile = new_profile(setup, "search-" + kind);
    const int entries = setup.smoke ? 1000 : 100'000;
    const auto folder = write_big_pack(setup.folder / kind, std::move(speech), entries);
    (void)run_task(*profile, "pack.import", Json{{"paths", Json::array({folder.string()})}});
    PlainSearch plain(folder);
    add_rows(rows, std::to_string(entries) + " " + kind + " entries",
             keystrokes(*profile, plain, setup.smoke ? 1 : rounds), goal_ms);
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
    measure_big(setup, rows, "natural", Speech::natural(), 10, keystroke_goal_ms);
    // The worst of texts: two dozen words, so that each stands in two of three entries.
    measure_big(setup, rows, "worst", Speech::even(), 3, 0);
    return rows;
}

}  // namespace sz::bench
