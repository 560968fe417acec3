// SPDX-License-Identifier: AGPL-3.0-or-later
// A profile in a folder of the test's own, with the plugins of this build.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "kernel/app/profile.hpp"
#include "tests/support/temp_dir.hpp"

namespace sz::test {

struct ProfileFixture {
    TempDir dir;
    std::unique_ptr<Profile> profile;

    [[nodiscard]] Profile::Options options() const {
        Profile::Options options;
        options.folder = (dir.path() / "profile").string();
        options.install_samples = false;
        return options;
    }
    [[nodiscard]] std::filesystem::path file(const std::string& name) const {
        return dir.path() / "profile" / name;
    }

    void open() { open(options()); }
    void open(const Profile::Options& with) {
        auto opened = Profile::open(with);
        if (!opened) throw std::runtime_error(opened.error().code + " " + opened.error().message);
        profile = std::move(*opened);
    }
    Result<Json> call(const std::string& method, Json params = Json::object()) {
        return profile->bus().call_and_wait(method, std::move(params));
    }
};

inline std::string code_of(const Result<Json>& result) {
    return result ? "answered" : result.error().code;
}

}  // namespace sz::test
