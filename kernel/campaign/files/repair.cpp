// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/repair.hpp"

#include "kernel/base/files.hpp"
#include "kernel/campaign/files/import.hpp"
#include "kernel/content/library/pack_output.hpp"

namespace sz::campaign {

namespace {

Status put_out(const std::filesystem::path& made, const std::filesystem::path& output) {
    std::error_code failed;
    std::filesystem::rename(made, output, failed);
    if (failed)
        return fail(ErrorKind::environment, "SZ-FILE-004",
                    "Cannot write “" + output.string() + "”.", "Check its permissions.",
                    output.string());
    return sync_folder(output.parent_path());
}

// Refusals after the last event may be among what is missing; so may events, if nothing says how
// many there were.
void say_torn(const OpenedFile& opened, Rebuilt& rebuilt) {
    rebuilt.verdicts_differ = true;
    if (opened.is_length_known || rebuilt.fault) return;
    rebuilt.fault = FirstBad{rebuilt.events + 1,
                             "the archive is damaged there; whether there were more is not known"};
}

}  // namespace

Result<Rebuilt> repair_file(const std::filesystem::path& path, const std::filesystem::path& output,
                            bool force, const PackFormats& formats, const ProgressFn& progress,
                            Findings& findings) {
    SZ_TRY(library::check_output(output.string(), force));
    std::error_code ignored;
    if (std::filesystem::equivalent(path, output, ignored))
        return fail(ErrorKind::usage, "SZ-CAMPAIGN-077",
                    "The damaged file cannot be written over: it is all there is.",
                    "Name another file with -o.", output.string());
    // Beside the result, so that it comes to its place by a rename.
    SZ_ASSIGN(const TempFolder folder, TempFolder::create(output.parent_path(), ".sz-repair-"));
    SZ_ASSIGN(const OpenedFile opened,
              open_campaign_file(path, formats, folder.path(), true, progress, findings));
    SZ_ASSIGN(const LedgerNames names, names_of(*opened.source));
    const auto made = folder.path() / (names.campaign + ".sqlite");
    const auto report = [&](std::uint64_t done, std::uint64_t total) {
        return !progress || progress(done, total, "Proving the events");
    };
    SZ_ASSIGN(Rebuilt rebuilt, rebuild(*opened.source, made, report));
    if (opened.is_torn) say_torn(opened, rebuilt);
    if (const Proof proof = verify_file(made); proof.first_bad)
        return fail(ErrorKind::internal, "SZ-CAMPAIGN-078",
                    "What was saved does not verify: " + proof.first_bad->reason,
                    "This is a defect; please report it. The damaged file is as it was.",
                    path.string());
    SZ_TRY(put_out(made, output));
    return rebuilt;
}

}  // namespace sz::campaign
