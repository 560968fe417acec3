// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_tools.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/content/library/folder_edit.hpp"
#include "kernel/content/pack_contents.hpp"
#include "kernel/content/tools/diff.hpp"
#include "kernel/content/tools/lint.hpp"
#include "kernel/content/tools/migrate.hpp"

namespace sz::library {

namespace {

// Shares of one pack's bar, in thousandths.
constexpr std::uint64_t read_at = 300;
constexpr std::uint64_t examined_at = 700;

tl::unexpected<Error> stopped() {
    return fail(ErrorKind::cancelled, "SZ-LIB-030",
                "The work was cancelled; nothing was left half done.");
}

bool is_at_fault(const Error& error) { return exit_code(error.kind) == 1; }

void say_error(Findings& findings, const Error& error) {
    if (has_error(findings)) return;  // they say it better
    findings.push_back(
        {error.code, Severity::error, error.where, {}, 0, 0, error.message, error.hint});
}

Json answer_with(Json result, const Findings& findings) {
    result["ok"] = !has_error(findings);
    result["findings"] = findings_to_json(findings);
    return result;
}

std::string source_name(const PackSource& source) {
    return source.path.empty() ? source.installed.id + "@" + source.installed.version : source.path;
}

Json side_of(const PackSource& source, const Json& manifest) {
    return {{"id", string_or(manifest, "id")},
            {"name", string_or(manifest, "name")},
            {"version", string_or(manifest, "version")},
            {"source", source_name(source)}};
}

// szpack.json alone; null when it cannot be read.
Json manifest_of(const PackFiles& files) {
    const auto file = std::find_if(files.begin(), files.end(),
                                   [](const PackFile& one) { return one.path == manifest_path; });
    auto json = file == files.end() ? Result<Json>(Json()) : parse_json(file->content);
    return json ? std::move(*json) : Json();
}

Json changes_json(const tools::Migration& migration) {
    Json list = Json::array();
    for (const auto& change : migration.changes) {
        list.push_back({{"file", change.file},
                        {"pointer", change.pointer},
                        {"what", change.what},
                        {"before", change.before},
                        {"after", change.after}});
    }
    return list;
}

}  // namespace

tools::PackTitles PackTools::titles() {
    return [this](const std::string& id, const std::string& version) {
        const auto row = installer_.find({id, version});
        return row && *row ? tools::PackTitle{(*row)->name, (*row)->license} : tools::PackTitle{};
    };
}

Result<std::optional<PackFiles>> PackTools::read(const PackSource& source, const Progress& progress,
                                                 Findings& findings) {
    if (source.path.empty()) {
        SZ_ASSIGN(PackFiles files, installer_.files(source.installed));
        return std::optional(std::move(files));
    }
    auto packs = tasks_.read(source.path, {}, Json::object(), progress, findings);
    if (!packs && !is_at_fault(packs.error())) return fail(packs.error());
    if (packs && packs->packs.size() == 1) return std::optional(std::move(packs->packs.front()));
    say_error(findings, packs ? Error{ErrorKind::input, "SZ-LIB-028",
                                      "“" + source.path + "” does not hold one pack.",
                                      "Give a .szp file or a pack's folder.", source.path}
                              : packs.error());
    return std::optional<PackFiles>();
}

Result<std::optional<PackTools::OpenPack>> PackTools::open(const PackSource& source,
                                                           const Progress& progress,
                                                           Findings& findings) {
    SZ_ASSIGN(auto files, read(source, progress, findings));
    if (!files) return std::optional<OpenPack>();
    Findings of_check;
    auto examined = examine_pack(*files, fields_, installer_.others(),
                                 progress.phase(read_at, examined_at, "Checking"), of_check);
    if (!examined) return stopped();
    if (!examined->is_sound) {
        std::copy_if(of_check.begin(), of_check.end(), std::back_inserter(findings),
                     [](const Finding& one) { return one.severity == Severity::error; });
    }
    return std::optional(OpenPack{std::move(*files), std::move(*examined)});
}

Result<Json> PackTools::diff(const PackSource& before, const PackSource& after,
                             TaskProgress& task) {
    Findings findings;
    std::vector<OpenPack> packs;
    const PackSource* sources[] = {&before, &after};
    for (std::size_t i = 0; i < 2; ++i) {
        const Progress progress(task, i, 2);
        Findings faults;
        SZ_ASSIGN(auto pack, open(*sources[i], progress, faults));
        // Unreadable, or without a manifest: there is nothing to compare.
        if (!pack || !pack->examined.pack.manifest.is_object())
            return answer_with(Json::object(), faults);
        if (!pack->examined.is_sound) {
            findings.push_back({"SZ-DIFF-005", Severity::warning, source_name(*sources[i]), "", 0,
                                0,
                                "The pack does not pass its check; what cannot be read "
                                "of it is left out.",
                                "szctl pack validate says what is wrong."});
        }
        packs.push_back(std::move(*pack));
    }
    const CheckedPack& a = packs[0].examined.pack;
    const CheckedPack& b = packs[1].examined.pack;
    Json result = tools::diff_packs({a, packs[0].files}, {b, packs[1].files}, findings);
    result["a"] = side_of(before, a.manifest);
    result["b"] = side_of(after, b.manifest);
    return answer_with(std::move(result), findings);
}

Result<Json> PackTools::lint(const PackSource& source, bool is_strict, TaskProgress& task) {
    const Progress progress(task, 0, 1);
    Findings findings;
    SZ_ASSIGN(const auto pack, open(source, progress, findings));
    // Advice is for what is sound; faults come first.
    if (!pack || !pack->examined.is_sound) return answer_with(Json::object(), findings);
    const auto others = installer_.others();
    const auto asked = titles();
    if (!tools::lint({pack->files, pack->examined.pack, fields_, others, asked},
                     progress.phase(examined_at, Progress::whole, "Looking"), findings))
        return stopped();
    auto result = answer_with(Json::object(), findings);
    if (is_strict && !findings.empty()) result["ok"] = false;
    return result;
}

Result<Json> PackTools::deps(const PackSource& source, TaskProgress& task) {
    const Progress progress(task, 0, 1);
    Findings findings;
    SZ_ASSIGN(const auto files, read(source, progress, findings));
    if (!files) return answer_with(Json::object(), findings);
    const auto manifest = manifest_of(*files);
    if (!manifest.is_object() || string_or(manifest, "id").empty()) {
        say_error(findings, {ErrorKind::input, "SZ-LIB-028",
                             "What the pack needs cannot be read from its szpack.json.",
                             "szctl pack validate says what is wrong.", source_name(source)});
        return answer_with(Json::object(), findings);
    }
    const auto root = tools::dependency_root(manifest);
    Json result = tools::dependency_tree(root, installer_.others(), titles(), findings);
    result["root"] = side_of(source, manifest);
    return answer_with(std::move(result), findings);
}

Result<Json> PackTools::migrate(const std::string& folder, bool is_dry_run, TaskProgress& task) {
    const Progress progress(task, 0, 1);
    RealDisk disk;
    Findings findings;
    if (has_unfinished_edit(folder)) {
        if (is_dry_run) {
            return fail(ErrorKind::conflict, "SZ-LIB-037",
                        "A migration of this folder was interrupted.",
                        "Run it without --dry-run: that finishes it.", folder);
        }
        SZ_TRY(finish_edit(disk, folder));
    }
    std::error_code error;
    if (std::filesystem::is_regular_file(folder, error)) {
        return fail(ErrorKind::input, "SZ-LIB-038", "“" + folder + "” is not a folder.",
                    "Unpack an archive first: szctl pack unpack FILE DIR.", folder);
    }
    SZ_ASSIGN(const auto files, read({folder, {}}, progress, findings));
    const auto is_deeper = [](const Finding& finding) { return finding.code == "SZ-SZP-025"; };
    if (std::any_of(findings.begin(), findings.end(), is_deeper)) {
        return fail(ErrorKind::input, "SZ-LIB-038", "The pack stands one folder deeper.",
                    "Name the folder that szpack.json stands in.", folder);
    }
    Json result{{"dir", folder},
                {"dry_run", is_dry_run},
                {"changes", Json::array()},
                {"left_out", 0},
                {"files", Json::array()}};
    if (!files || has_error(findings)) return answer_with(std::move(result), findings);
    const auto migration = tools::plan_migration(*files, findings);
    if (progress.is_cancelled()) return stopped();
    if (!has_error(findings) && !is_dry_run) SZ_TRY(edit_folder(disk, folder, migration.files));
    result["changes"] = changes_json(migration);
    result["left_out"] = migration.left_out;
    for (const auto& file : migration.files) result["files"].push_back(file.path);
    return answer_with(std::move(result), findings);
}

}  // namespace sz::library
