// SPDX-License-Identifier: AGPL-3.0-or-later
// The sample packs on their way into the library, and who waits for them. The library remembers
// which it was given before.
#pragma once

#include <filesystem>
#include <vector>

#include "kernel/bus/bus.hpp"
#include "kernel/content/library.hpp"

namespace sz {

// All [kernel-thread].
class Samples {
  public:
    explicit Samples(Library& library) : library_(library) {}

    // Begins in the background.
    void install(const std::filesystem::path& folder);
    // Registers app.ready, which waits for the end of that.
    [[nodiscard]] Status add_methods(Bus& bus);

  private:
    void end(const char* outcome);

    Library& library_;
    const char* outcome_ = "none";
    bool is_under_way_ = false;
    std::vector<Call> waiting_;
};

}  // namespace sz
