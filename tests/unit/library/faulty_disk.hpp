// SPDX-License-Identifier: AGPL-3.0-or-later
// A disk whose nth step fails. After a "crash" every later step fails too, as if the program had
// been killed: nothing is tidied up.
#pragma once

#include <memory>

#include "kernel/content/library/disk.hpp"

namespace sz::test {

class FaultyDisk final : public library::Disk {
  public:
    struct Plan {
        long steps_before_fault = -1;  // -1: never
        bool is_crash = false;
        long steps = 0;  // done so far
    };
    explicit FaultyDisk(std::shared_ptr<Plan> plan) : plan_(std::move(plan)) {}

    Status make_folder(const std::filesystem::path& path) override {
        return step([&] { return real_.make_folder(path); });
    }
    Status write_file(const std::filesystem::path& path, std::string_view content) override {
        return step([&] { return real_.write_file(path, content); });
    }
    // A step that can fail, and no more: what the disk makes durable cannot be seen from here, and
    // it takes long.
    Status sync_file(const std::filesystem::path&) override {
        return step([] { return Status{}; });
    }
    Status sync_folder(const std::filesystem::path&) override {
        return step([] { return Status{}; });
    }
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override {
        return step([&] { return real_.rename(from, to); });
    }
    Status replace(const std::filesystem::path& from, const std::filesystem::path& to) override {
        return step([&] { return real_.replace(from, to); });
    }
    Status remove(const std::filesystem::path& path) override {
        return step([&] { return real_.remove(path); });
    }

  private:
    template <class Work>
    Status step(const Work& work) {
        const long number = plan_->steps++;
        const bool fails = plan_->steps_before_fault >= 0 &&
                           (plan_->is_crash ? number >= plan_->steps_before_fault
                                            : number == plan_->steps_before_fault);
        if (fails) return fail(ErrorKind::environment, "SZ-FILE-004", "The disk is full.");
        return work();
    }

    std::shared_ptr<Plan> plan_;
    library::RealDisk real_;
};

}  // namespace sz::test
