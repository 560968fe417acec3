// SPDX-License-Identifier: AGPL-3.0-or-later
// The proof of a campaign's file: every byte that it stores follows from its signed actions and the
// host's chain.
#pragma once

#include <atomic>
#include <filesystem>
#include <optional>
#include <string>

#include "kernel/campaign/ledger.hpp"

namespace sz::campaign {

struct FirstBad {
    EventIndex index = 0;  // of the event; 0: not an event, but another part of the file
    std::string reason;    // a sentence
};

struct Proof {
    EventIndex events = 0;  // proven
    Digest head{};          // of the last proven event
    std::optional<FirstBad> first_bad;
};

// Folds the ledger from its first event; proves chain, signatures, streams and verdicts, effects,
// and that the stored state is what comes out. Changes nothing, needs no plugin, and may run beside
// the host; ends early, with a reason, when `stop` is set. [any-thread but the kernel's]
[[nodiscard]] Proof verify_file(const std::filesystem::path& file, const Ledger::Options& options,
                                const std::atomic<bool>& stop);
[[nodiscard]] Proof verify_file(const std::filesystem::path& file,
                                const Ledger::Options& options = {});

}  // namespace sz::campaign
