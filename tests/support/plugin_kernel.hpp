// SPDX-License-Identifier: AGPL-3.0-or-later
// As much of a kernel as loading plugins needs, on a profile and a bundle of the test's own.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "kernel/bus/tasks.hpp"
#include "kernel/crypto/crypto.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/plugins.hpp"
#include "tests/support/temp_dir.hpp"

namespace sz::test {

inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void write_text(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

// Folders of a profile and a bundle, which outlive the kernels that a test runs on them one after
// the other.
struct PluginPlace {
    TempDir root;
    ProfileFolders folders{root / "profile"};
    std::filesystem::path bundle = root / "bundle";

    PluginPlace() {
        if (auto made = folders.prepare(); !made) throw std::runtime_error(made.error().message);
        std::filesystem::create_directories(bundle);
    }
    // Copies a built plugin folder into the bundle or the profile. Gives the copy.
    std::filesystem::path add_to(const std::filesystem::path& where,
                                 const std::filesystem::path& built) const {
        const auto copy = where / built.filename();
        std::filesystem::create_directories(where);
        std::filesystem::copy(built, copy, std::filesystem::copy_options::recursive);
        return copy;
    }
    // Writes bundle.json over what the bundle's folder holds now.
    void write_bundle() const {
        Json plugins = Json::array();
        for (const auto& entry : std::filesystem::directory_iterator(bundle)) {
            if (!entry.is_directory()) continue;
            const std::string text = read_text(entry.path() / "plugin.json");
            const Json manifest = Json::parse(text);
            plugins.push_back({{"id", manifest.at("id")},
                               {"version", manifest.at("version")},
                               {"sha256", sha256_hex(text)}});
        }
        write_text(bundle / "bundle.json", Json{{"id", "org.test.bundle"},
                                                {"name", "Test"},
                                                {"version", "1.0.0"},
                                                {"plugins", plugins}}
                                               .dump());
    }
};

class PluginKernel {
  public:
    struct Options {
        bool safe_mode = false, panels = false;
        Bus::SchemaCheck schema_check;
    };
    PluginKernel(const PluginPlace& place, Options options)
        : pool_("test", 1), bus_(thread_, options.schema_check), tasks_(bus_, thread_, pool_) {
        if (auto ready = crypto_init(); !ready) throw std::runtime_error(ready.error().message);
        std::string failed;
        thread_.run_and_wait([&] {
            auto loaded = Plugins::load(
                place.folders,
                {place.bundle, options.safe_mode, options.panels, options.schema_check}, bus_,
                tasks_, thread_);
            auto added = loaded ? (*loaded)->add_methods() : Status{};
            if (added) added = tasks_.add_methods();
            if (!loaded || !added) {
                failed = loaded ? added.error().message : loaded.error().message;
                return;
            }
            plugins_ = std::move(*loaded);
        });
        if (!failed.empty()) throw std::runtime_error(failed);
    }
    ~PluginKernel() {
        thread_.run_and_wait([&] {
            bus_.stop();
            tasks_.stop();
            plugins_.reset();
        });
    }
    PluginKernel(const PluginKernel&) = delete;
    PluginKernel& operator=(const PluginKernel&) = delete;

    [[nodiscard]] Plugins& plugins() { return *plugins_; }
    [[nodiscard]] Bus& bus() { return bus_; }
    [[nodiscard]] KernelThread& thread() { return thread_; }
    // The record, or one with an empty id.
    [[nodiscard]] PluginRecord record(const std::string& id) {
        PluginRecord found;
        thread_.run_and_wait([&] {
            for (PluginRecord& record : plugins_->records())
                if (record.id == id && found.id.empty()) found = std::move(record);
        });
        return found;
    }
    [[nodiscard]] std::string state(const std::string& id) { return state_name(record(id).state); }

  private:
    KernelThread thread_;
    WorkerPool pool_;
    Bus bus_;
    Tasks tasks_;
    std::unique_ptr<Plugins> plugins_;
};

}  // namespace sz::test
