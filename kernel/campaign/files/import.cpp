// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/files/import.hpp"

#include <algorithm>
#include <array>
#include <fstream>

#include "kernel/base/files.hpp"
#include "kernel/campaign/files/file_source.hpp"
#include "kernel/campaign/files/limits.hpp"
#include "kernel/campaign/files/pack_source.hpp"
#include "kernel/campaign/files/repair_command.hpp"
#include "kernel/campaign/files/torn_archive.hpp"
#include "kernel/plugin/field_change.hpp"

namespace sz::campaign {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view import_prefix = ".import-";

// An archive, or the folder that one was unpacked to. Everything else is taken for a campaign's
// file, however damaged its beginning is.
bool is_pack(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return true;
    std::array<char, 2> begin{};
    std::ifstream(path, std::ios::binary).read(begin.data(), begin.size());
    const std::string ending = path.extension().string();
    return (begin[0] == 'P' && begin[1] == 'K') || ending == ".szp" || ending == ".szpack";
}

Status check_kind(const fs::path& path) {
    std::error_code failed;
    const auto kind = fs::status(path, failed).type();
    if (kind == fs::file_type::regular || kind == fs::file_type::directory) return {};
    if (kind == fs::file_type::not_found || failed)
        return fail(ErrorKind::environment, "SZ-FILE-001",
                    "There is no file “" + path.string() + "”.", "Check the path.", path.string());
    return fail(ErrorKind::input, "SZ-CAMPAIGN-060",
                "“" + path.string() + "” is neither a file nor a folder.",
                "Give a session datapack (.szp) or a campaign's .sqlite file.", path.string());
}

// What a person reads of an archive that was read piece by piece.
Finding torn_finding(const std::string& why, const std::vector<std::string>& torn) {
    constexpr std::size_t shown_max = 5;
    std::string lost;
    for (std::size_t i = 0; i < std::min(torn.size(), shown_max); ++i)
        lost += (i == 0 ? " Read in part: " : ", ") + torn[i];
    if (torn.size() > shown_max) lost += " and others";
    return {"SZ-CAMPAIGN-074",
            Severity::warning,
            {},
            {},
            0,
            0,
            "The archive is damaged, and was read piece by piece." + lost +
                (lost.empty() ? "" : ".") + (why.empty() ? "" : " What its format says: " + why),
            "If there is another copy of it, try that one too."};
}

// Saves what there is of an archive that its format refused; the findings about that become one.
Result<OpenedFile> open_torn_pack(const fs::path& path, std::size_t findings_before,
                                  Findings& findings) {
    SZ_ASSIGN(const std::string archive, read_file(path, limits::archive_bytes_max));
    TornFiles torn = read_torn_archive(archive);
    auto source = PackSource::open_torn(std::move(torn.files));
    const bool has_said = findings.size() > findings_before;
    const std::string why = has_said ? findings[findings_before].message : std::string();
    findings.resize(findings_before);
    if (!source) return fail(std::move(source).error());
    findings.push_back(torn_finding(why, torn.torn));
    OpenedFile opened;
    opened.is_torn = true;
    opened.is_length_known = (*source)->knows_length();
    opened.source = std::move(*source);
    return opened;
}

tl::unexpected<Error> does_not_hold(const Rebuilt& ledger, const fs::path& path) {
    const std::string where = ledger.fault ? " at event " + std::to_string(ledger.fault->index) +
                                                 ": " + ledger.fault->reason
                                           : ": a verdict about a change was changed or is missing";
    return fail(ErrorKind::input, "SZ-CAMPAIGN-062",
                "The campaign in this file does not hold" + where + ". Nothing was imported.",
                "Ask for another copy. " + repair_command(path) + " saves what holds of this one.",
                path.string());
}

}  // namespace

Result<OpenedFile> open_campaign_file(const fs::path& path, const PackFormats& formats,
                                      const fs::path& folder, bool mends,
                                      const ProgressFn& progress, Findings& findings) {
    SZ_TRY(check_kind(path));
    OpenedFile opened;
    if (!is_pack(path)) {
        SZ_ASSIGN(opened.source, FileSource::open(path, folder, mends));
        return opened;
    }
    const std::size_t findings_before = findings.size();
    auto packs = formats.read("szp", path.string(), Json::object(), progress, findings);
    const bool is_refused = !packs && (packs.error().kind == ErrorKind::input ||
                                       packs.error().kind == ErrorKind::limit);
    if (is_refused && mends && fs::is_regular_file(path))
        return open_torn_pack(path, findings_before, findings);
    if (!packs) return fail(std::move(packs).error());
    SZ_ASSIGN(auto source, PackSource::open(std::move(packs->packs.front())));
    SZ_ASSIGN(opened.seal, source->seal());
    opened.source = std::move(source);
    return opened;
}

Result<Incoming> read_incoming(const fs::path& path, const PackFormats& formats,
                               const fs::path& campaigns, const ProgressFn& progress,
                               Findings& findings) {
    SZ_ASSIGN(TempFolder folder, TempFolder::create(campaigns, import_prefix));
    Incoming incoming{std::make_shared<TempFolder>(std::move(folder)), {}, {}, false};
    SZ_ASSIGN(const OpenedFile opened, open_campaign_file(path, formats, incoming.folder->path(),
                                                          false, progress, findings));
    SZ_ASSIGN(const LedgerNames names, names_of(*opened.source));
    incoming.file = incoming.folder->path() / (names.campaign + ".sqlite");
    const auto report = [&](std::uint64_t done, std::uint64_t total) {
        return !progress || progress(done, total, "Proving the events");
    };
    SZ_ASSIGN(incoming.ledger, rebuild(*opened.source, incoming.file, report));
    if (!incoming.ledger.is_whole()) return does_not_hold(incoming.ledger, path);
    if (opened.seal) SZ_TRY(check_seal(*opened.seal, incoming.ledger));
    incoming.is_sealed = opened.seal.has_value();
    return incoming;
}

void remove_import_leftovers(const fs::path& campaigns) {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(campaigns, failed)) {
        std::error_code ignored;
        if (entry.path().filename().string().starts_with(import_prefix))
            fs::remove_all(entry.path(), ignored);
    }
}

}  // namespace sz::campaign
