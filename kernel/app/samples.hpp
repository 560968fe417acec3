// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample packs: put into the library once for each version of the program, so that one who removes them is rid of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/app/settings.hpp"
#include "kernel/content/library.hpp"

namespace sz {

// All [kernel-thread].
class Samples {
  public:
    Samples(Library& library, Settings& settings, std::string version)
        : library_(library), settings_(settings), version_(std::move(version)) {}

    // Begins in the background if it was not done yet.
    void install(const std::filesystem::path& folder);
    // Registers app.ready, which waits for the end of that.
    [[nodiscard]] Status add_methods(Bus& bus);

  private:
    void end(const char* outcome);

    Library& library_;
    Settings& settings_;
    std::string version_;
    const char* outcome_ = "none";
    bool is_under_way_ = false;
    std::vector<Call> waiting_;
};

}  // namespace sz
