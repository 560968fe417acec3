// SPDX-License-Identifier: AGPL-3.0-or-later
// bad_plugins_loader PROFILE BUNDLE: loads every plugin once and prints "ID STATE" lines.
#include <cstdio>
#include <filesystem>

#include "kernel/content/library.hpp"
#include "kernel/crypto/crypto.hpp"
#include "kernel/plugin/plugins.hpp"

int main(int argc, char** argv) {
    if (argc != 3 || !sz::crypto_init()) return 2;
    sz::KernelThread thread;
    sz::WorkerPool pool("work", 1);
    sz::Bus bus(thread, sz::check_schema);
    sz::Tasks tasks(bus, thread, pool);
    const sz::ProfileFolders folders{argv[1]};
    thread.run_and_wait([&] {
        const auto plugins = sz::Plugins::load(folders, {argv[2], false, false, sz::check_schema},
                                               bus, tasks, thread);
        if (!plugins) return;
        for (const auto& record : (*plugins)->records())
            std::printf("%s %s\n", record.id.c_str(), sz::state_name(record.state));
    });
    return 0;
}
