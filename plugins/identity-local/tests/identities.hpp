// SPDX-License-Identifier: AGPL-3.0-or-later
// A store in a folder of the test's own, with little effort for passphrases and a clock that the
// test sets.
#pragma once

#include <sodium.h>

#include <nlohmann/json.hpp>
#include <sz/cpp/testing.hpp>

#include "../store.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

namespace identity::test {

using Json = nlohmann::json;

struct Home {
    sz::test::TempDir folder;
    std::int64_t now_ms = 1'763'762'305'123;  // 2025-11-21T21:58:25.123Z
    std::vector<std::string> warnings;

    // Opens the folder as a new start of the program does.
    [[nodiscard]] std::unique_ptr<LocalStore> open() {
        REQUIRE(sodium_init() >= 0);
        LocalStore::Options options;
        options.effort = {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
        options.now_ms = [this] { return now_ms; };
        options.warn = [this](const std::string& message) { warnings.push_back(message); };
        auto store = LocalStore::create(folder.path().string(), options);
        REQUIRE(store);
        return *std::move(store);
    }
    [[nodiscard]] std::filesystem::path file(const std::string& client_id) const {
        return folder / (client_id + ".json");
    }
};

inline Json list(const LocalStore& store) {
    sz::plugin::Findings nowhere(nullptr);
    const auto text = store.list(nowhere);
    REQUIRE(text);
    return Json::parse(*text);
}

template <class T>
std::string code(const sz::plugin::Result<T>& result) {
    return result ? "good" : result.error().code;
}

}  // namespace identity::test
