// SPDX-License-Identifier: AGPL-3.0-or-later
// The campaigns of a profile, on the bus: the offline game master is a host without a network.
#pragma once

#include <memory>

#include "kernel/base/ids.hpp"
#include "kernel/bus/bus.hpp"
#include "kernel/bus/tasks.hpp"
#include "kernel/content/library.hpp"
#include "kernel/plugin/services.hpp"
#include "kernel/store/profile_folders.hpp"

namespace sz {

class Campaigns {
  public:
    struct Services {
        Bus& bus;
        KernelThread& thread;
        const Templates& templates;
        const FieldTypes& fields;
        Identity& identity;
        Sources sources;
        // Export, import, repair and copies; without them these are not offered.
        Tasks* tasks = nullptr;
        const PackFormats* formats = nullptr;
    };

    // Lists the files; opens each when it is first asked for. Damage in one never stops the others.
    // [kernel-thread]
    [[nodiscard]] static Result<std::unique_ptr<Campaigns>> open(const ProfileFolders& folders,
                                                                 Services services);
    ~Campaigns();

    // Registers campaign.* and character.*.
    [[nodiscard]] Status add_methods();
    void stop();  // waits until everything is durable and checkpointed, [kernel-thread]

  private:
    struct Impl;
    explicit Campaigns(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace sz
