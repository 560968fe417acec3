// SPDX-License-Identifier: AGPL-3.0-or-later
// Packs written in a test, and what their check finds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kernel/content/pack_check.hpp"
#include "tests/unit/content/fake_fields.hpp"

namespace sz::test {

inline const std::string small_manifest =
    R"({"id": "org.example.pack", "name": "Example", "version": "1.1.0"})";

inline std::string small_dataset(const std::string& id, const std::string& entries = "{}") {
    return R"({"id": ")" + id +
           R"(", "name": "Things", "szType": "dataset", "schemaVersion": "1.0.0", "version": "1.0.0",
"entries": )" +
           entries + "}";
}

inline std::string small_template(const std::string& id, const std::string& fields) {
    return R"({"id": ")" + id +
           R"(", "name": "Hero", "szType": "character-template", "schemaVersion": "1.0.0",
"sections": [{"id": "core", "name": "Core", "groups": [{"id": "main", "name": "Main", "fields": [)" +
           fields + "]}]}]}";
}

struct Checked {
    std::optional<CheckedPack> pack;
    Findings findings;

    // "SZ-PACK-022 objects/datasets/a.json:1:8", in order.
    [[nodiscard]] std::vector<std::string> places() const {
        std::vector<std::string> all;
        for (const auto& one : findings) {
            all.push_back(one.code + " " + one.file +
                          (one.line == 0 ? ""
                                         : ":" + std::to_string(one.line) + ":" +
                                               std::to_string(one.column)));
        }
        return all;
    }
    [[nodiscard]] std::vector<std::string> codes() const {
        std::vector<std::string> all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
};

inline Checked check(const PackFiles& files, const OtherPacks& others = {}) {
    Checked result;
    result.pack = check_pack(files, FakeFields(), others, {}, result.findings);
    return result;
}

}  // namespace sz::test
