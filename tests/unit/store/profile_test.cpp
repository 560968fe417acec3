// SPDX-License-Identifier: AGPL-3.0-or-later
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>

#include "kernel/store/profile_folders.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using sz::ProfileFolders;
using sz::ProfileLock;
namespace fs = std::filesystem;

namespace {

// Sets a variable for one test.
class Variable {
  public:
    Variable(const char* name, const char* value) : name_(name) {
        if (const char* old = std::getenv(name)) old_ = old;
        if (value != nullptr) {
            ::setenv(name, value, 1);
        } else {
            ::unsetenv(name);
        }
    }
    ~Variable() {
        if (old_) {
            ::setenv(name_, old_->c_str(), 1);
        } else {
            ::unsetenv(name_);
        }
    }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    const char* name_;
    std::optional<std::string> old_;
};

void write(const fs::path& file, const std::string& text) { std::ofstream(file) << text; }

}  // namespace

TEST_CASE("the option names the profile before the variables do") {
    const Variable own("SESSIONZERO_PROFILE", "/variable");
    const Variable data("XDG_DATA_HOME", "/data");
    CHECK(sz::profile_path("/option/").value() == "/option");
    CHECK(sz::profile_path("").value() == "/variable");
}

TEST_CASE("without either it is in the data folder, then below home") {
    const Variable own("SESSIONZERO_PROFILE", nullptr);
    const Variable home("HOME", "/home/mira");
    {
        const Variable data("XDG_DATA_HOME", "/data");
        CHECK(sz::profile_path("").value() == "/data/sessionzero");
    }
    {
        const Variable data("XDG_DATA_HOME", "relative");
        CHECK(sz::profile_path("").value() == "/home/mira/.local/share/sessionzero");
    }
    const Variable data("XDG_DATA_HOME", nullptr);
    const Variable nowhere("HOME", nullptr);
    CHECK(sz::profile_path("").error().code == "SZ-PROFILE-001");
}

TEST_CASE("a relative option becomes absolute") {
    CHECK(sz::profile_path("here").value() == fs::current_path() / "here");
}

TEST_CASE("a new profile is private and says its version and birthday") {
    const sz::test::TempDir dir;
    const ProfileFolders folders{dir / "deep/profile"};
    REQUIRE(folders.prepare());
    for (const auto& folder :
         {folders.root, folders.packs(), folders.campaigns(), folders.plugins(),
          folders.plugin_data(), folders.logs(), folders.run()}) {
        INFO(folder);
        CHECK((fs::status(folder).permissions() & fs::perms::all) == fs::perms::owner_all);
    }
    std::ifstream file(folders.manifest());
    const auto manifest = nlohmann::json::parse(file);
    CHECK(manifest.at("version") == 1);
    CHECK(manifest.at("createdAt").get<std::string>().size() ==
          std::string("2026-11-21T21:58:25.123Z").size());
    CHECK(folders.prepare());
}

TEST_CASE("a profile that was there before keeps its birthday") {
    const sz::test::TempDir dir;
    const ProfileFolders folders{dir.path()};
    write(folders.manifest(), R"({"version": 1, "createdAt": "2020-01-01T00:00:00.000Z"})");
    REQUIRE(folders.prepare());
    std::ifstream file(folders.manifest());
    CHECK(nlohmann::json::parse(file).at("createdAt") == "2020-01-01T00:00:00.000Z");
}

TEST_CASE("a damaged profile is told apart from a newer one") {
    const sz::test::TempDir dir;
    const ProfileFolders folders{dir.path()};
    for (const char* text :
         {"", "{", "[]", "{}", R"({"version": "1"})", R"({"version": 0})", R"({"version": 1.5})"}) {
        INFO(text);
        write(folders.manifest(), text);
        const auto prepared = folders.prepare();
        REQUIRE_FALSE(prepared);
        CHECK(prepared.error().code == "SZ-PROFILE-002");
        CHECK_THAT(prepared.error().message, ContainsSubstring("profile.json"));
        CHECK_THAT(prepared.error().hint, ContainsSubstring("campaigns"));
    }
    write(folders.manifest(), R"({"version": 2})");
    CHECK(folders.prepare().error().code == "SZ-PROFILE-003");
}

TEST_CASE("a place where no folder can be made is reported") {
    const sz::test::TempDir dir;
    write(dir / "file", "in the way");
    const ProfileFolders folders{dir / "file/profile"};
    CHECK(folders.prepare().error().code == "SZ-PROFILE-001");
}

TEST_CASE("a second kernel on one profile is refused with the first one's process") {
    const sz::test::TempDir dir;
    const ProfileFolders folders{dir.path()};
    REQUIRE(folders.prepare());
    {
        auto first = ProfileLock::acquire(folders);
        REQUIRE(first);
        const ProfileLock held = std::move(*first);
        const auto second = ProfileLock::acquire(folders);
        REQUIRE_FALSE(second);
        CHECK(second.error().code == "SZ-PROFILE-010");
        CHECK(second.error().where == std::to_string(::getpid()));
    }
    CHECK(ProfileLock::acquire(folders));
}
