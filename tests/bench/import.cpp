// SPDX-License-Identifier: AGPL-3.0-or-later
// Import, validation and index of the SRD pack against parsing the same JSON bytes alone.
#include <nlohmann/json.hpp>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

std::vector<std::string> json_texts(const std::filesystem::path& folder) {
    std::vector<std::string> texts;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".json")
            texts.push_back(must(read_file(entry.path(), std::uint64_t{1} << 30)));
    }
    return texts;
}

}  // namespace

Rows measure_import(const Setup& setup) {
    const std::filesystem::path pack = srd_pack(setup);
    if (pack.empty()) return {};
    const std::vector<std::string> texts = json_texts(srd_folder(setup));
    std::size_t bytes = 0;
    for (const std::string& text : texts) bytes += text.size();

    const int runs = setup.smoke ? 1 : 5;
    std::vector<double> parse;
    std::vector<double> imported;
    std::vector<double> foreign;
    // In turns, so that a machine that changes its speed changes all of them.
    for (int i = 0; i < runs; ++i) {
        parse.push_back(time_ms([&] {
            for (const std::string& text : texts)
                [[maybe_unused]] const Json parsed = Json::parse(text);
        }));
        const auto profile = new_profile(setup, "import" + std::to_string(i));
        imported.push_back(time_ms([&] {
            (void)run_task(*profile, "pack.import", Json{{"paths", Json::array({pack.string()})}});
        }));
        const auto other = new_profile(setup, "foreign" + std::to_string(i));
        foreign.push_back(time_ms([&] {
            (void)run_task(*other, "pack.import",
                           Json{{"paths", Json::array({setup.content.string()})}});
        }));
    }
    const std::string note = std::to_string(bytes / 1024) + " KiB of JSON";
    return {{"import + validate + index, SRD as .szp", median(imported), median(parse), "ms",
             "parsing its bytes", 6, false, note},
            {"the same from Open5e's own files", median(foreign), median(parse), "ms",
             "parsing the pack's bytes", 0, false, note}};
}

}  // namespace sz::bench
