// SPDX-License-Identifier: AGPL-3.0-or-later
// The settings of a profile: named JSON values in settings.json. All [kernel-thread].
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/base/threads.hpp"
#include "kernel/bus/bus.hpp"

namespace sz {

class Settings {
  public:
    // Reads the file. One that is damaged is moved aside to settings.json.broken-TIME, reported in
    // `notices` (SZ-APP-001), and the defaults are used; if it cannot even be moved, it stays
    // untouched and nothing is kept in this run (SZ-APP-002).
    [[nodiscard]] static std::unique_ptr<Settings> open(std::filesystem::path file, UnixMs now,
                                                        Bus& bus, KernelThread& thread,
                                                        std::vector<Error>& notices);
    ~Settings();  // what was set is written
    Settings(const Settings&) = delete;
    Settings& operator=(const Settings&) = delete;

    [[nodiscard]] Json get(const std::string& key) const;  // null when it is not set
    // `done` comes when it is on the disk. SZ-APP-003 too large, 004 cannot be written (it holds
    // for this run all the same).
    void set(const std::string& key, Json value, std::function<void(Status)> done);

    // Registers settings.get, settings.set.
    [[nodiscard]] Status add_methods();
    void stop();  // waits until everything is written

  private:
    Settings(std::filesystem::path file, Bus& bus, KernelThread& thread);
    void read(UnixMs now, std::vector<Error>& notices);

    std::filesystem::path file_;
    Bus& bus_;
    KernelThread& thread_;
    Json values_;
    bool is_read_only_ = false;
    WorkerPool writer_;  // one thread: files are written in the order of the changes
};

}  // namespace sz
