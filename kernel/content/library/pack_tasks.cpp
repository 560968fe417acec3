// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/pack_tasks.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "kernel/base/ids.hpp"
#include "kernel/base/log.hpp"
#include "kernel/content/library/pack_output.hpp"

namespace sz::library {

namespace {

// Shares of one path's bar, in thousandths.
constexpr std::uint64_t checking_from = 200;
constexpr std::uint64_t checked_at = 550;

constexpr const char* szp = "szp";
constexpr const char* recognised = "";  // the format, by what the source looks like
const Json no_options = Json::object();

Error cancelled() {
    return {ErrorKind::cancelled,
            "SZ-LIB-030",
            "The work was cancelled; nothing was left half done.",
            {},
            {}};
}

bool is_of_input(const Error& error) {
    return error.kind == ErrorKind::input || error.kind == ErrorKind::limit ||
           error.kind == ErrorKind::unsupported || error.kind == ErrorKind::conflict ||
           error.kind == ErrorKind::not_found;
}

// An error about the input as a finding, unless the findings say it already.
void add_error(Findings& findings, const Error& error, const std::string& file,
               std::size_t findings_before) {
    const bool is_said =
        std::any_of(findings.begin() + static_cast<std::ptrdiff_t>(findings_before), findings.end(),
                    [](const Finding& finding) { return finding.severity == Severity::error; });
    if (is_said) return;
    findings.push_back({error.code,
                        Severity::error,
                        error.where.empty() ? file : error.where,
                        {},
                        0,
                        0,
                        error.message,
                        error.hint});
}

// Several sources: each finding says whose file it means.
void name_source(Findings& findings, std::size_t from, const std::string& path) {
    for (std::size_t i = from; i < findings.size(); ++i) {
        if (findings[i].file.starts_with(path)) continue;
        findings[i].file = findings[i].file.empty() ? path : path + "/" + findings[i].file;
    }
}

void add_translation(Json& result, const std::optional<CheckedPack>& pack) {
    if (!pack || !pack->texts) return;
    result["translations"].push_back({{"name", string_or(pack->manifest, "name")},
                                      {"language", string_or(pack->manifest, "language")},
                                      {"translated", pack->texts->translated},
                                      {"texts", pack->texts->all}});
}

void add_account(Json& result, const Json& account) {
    if (!account.is_object()) return;
    for (const char* key : {"read", "written"}) {
        const auto count = account.find(key);
        const std::uint64_t more =
            count != account.end() && count->is_number_integer() && *count >= 0
                ? count->get<std::uint64_t>()
                : 0;
        result[key] = result.value(key, std::uint64_t{0}) + more;
    }
    if (!result.contains("left_out")) result["left_out"] = Json::array();
    if (const auto left = account.find("left_out"); left != account.end() && left->is_array()) {
        for (const auto& one : *left) result["left_out"].push_back(one);
    }
}

Result<Json> write_new(const PackFiles& files, const std::string& id, const std::string& folder,
                       TaskProgress& task) {
    RealDisk disk;
    const Progress progress(task, 0, 1);
    SZ_TRY(
        write_folder(disk, files, folder, progress.phase(0, Progress::whole, "Writing the files")));
    Json paths = Json::array();
    for (const PackFile& file : files) paths.push_back(file.path);
    return Json{{"id", id}, {"dir", folder}, {"files", std::move(paths)}};
}

Json with_findings(Json result, const Findings& findings) {
    result["ok"] = !has_error(findings);
    result["findings"] = findings_to_json(findings);
    return result;
}

}  // namespace

Json summary_of(const Json& manifest) {
    Json summary = Json::object();
    for (const char* key : {"id", "name", "version", "author", "license", "description", "icon"}) {
        summary[key] = string_or(manifest, key);
    }
    summary["dependencies"] = Json::array();
    if (const auto list = manifest.find("dependencies");
        list != manifest.end() && list->is_array()) {
        for (const auto& each : *list) {
            summary["dependencies"].push_back({{"id", string_or(each, "id")},
                                               {"name", string_or(each, "name")},
                                               {"version", string_or(each, "version")}});
        }
    }
    return summary;
}

Result<ReadPacks> PackTasks::read(const std::string& path, std::string format, const Json& options,
                                  const Progress& progress, Findings& findings) {
    std::error_code error;
    if (!std::filesystem::path(path).is_absolute()) {
        return fail(ErrorKind::usage, "SZ-LIB-026", "“" + path + "” is no complete path.",
                    "Give an absolute path.", path);
    }
    if (!std::filesystem::exists(path, error)) {
        return fail(ErrorKind::environment, "SZ-FILE-001",
                    "There is no file or folder “" + path + "”.", "Check the path.", path);
    }
    // A link that the person gave is followed. Opening a pipe would wait for somebody to write.
    const auto kind = std::filesystem::status(path, error).type();
    if (kind != std::filesystem::file_type::regular &&
        kind != std::filesystem::file_type::directory) {
        return fail(ErrorKind::input, "SZ-LIB-032",
                    "“" + path + "” is neither a file nor a folder.",
                    "Give a .szp file or a pack's folder; a pipe or a device cannot be read as a "
                    "pack.",
                    path);
    }
    if (format.empty()) {
        SZ_ASSIGN(format, formats_.probe(path));
    }
    auto packs =
        formats_.read(format, path, options, progress.phase(0, checking_from, "Reading"), findings);
    if (progress.is_cancelled()) return fail(cancelled());
    return packs;
}

std::optional<CheckedPack> PackTasks::check(const PackFiles& files, const Progress& progress,
                                            Findings& findings) {
    return check_pack(files, fields_, installer_.others(),
                      progress.phase(checking_from, checked_at, "Checking"), findings);
}

Status PackTasks::import_one(const PackFiles& files, const ImportRequest& request,
                             const Progress& progress, Findings& findings, Json& result) {
    const auto checked = check(files, progress, findings);
    if (progress.is_cancelled()) return fail(cancelled());
    if (!checked) return {};
    Json done = {{"id", string_or(checked->manifest, "id")},
                 {"name", string_or(checked->manifest, "name")},
                 {"version", string_or(checked->manifest, "version")},
                 {"entries", checked->entries}};
    done["datasets"] =
        std::count_if(checked->objects.begin(), checked->objects.end(),
                      [](const PackObject& object) { return object.type == "dataset"; });
    if (!request.output.empty()) {
        SZ_ASSIGN(const Json written,
                  write_archive(formats_, files, request.output, request.force,
                                progress.phase(checked_at, Progress::whole, "Writing the archive"),
                                findings));
        result.update(written);
    } else {
        SZ_ASSIGN(const Installed installed, installer_.install(files, *checked, progress));
        if (installed.was_there) {
            findings.push_back({"SZ-LIB-025",
                                Severity::note,
                                "szpack.json",
                                {},
                                0,
                                0,
                                "The pack “" + installed.title + "” " + installed.pack.version +
                                    " is already installed.",
                                {}});
        }
    }
    result["packs"].push_back(std::move(done));
    return {};
}

Result<Json> PackTasks::import(const ImportRequest& request, TaskProgress& task) {
    Json result = {{"packs", Json::array()}};
    Findings findings;
    if (!request.output.empty()) {
        SZ_TRY(check_output(request.output, request.force));
        if (request.paths.size() > 1) {
            return fail(ErrorKind::usage, "SZ-LIB-027",
                        "Several packs cannot be written to one file.", "Convert them one by one.");
        }
    }
    for (std::size_t i = 0; i < request.paths.size(); ++i) {
        const Progress progress(task, i, request.paths.size());
        const std::string& path = request.paths[i];
        const std::size_t before = findings.size();
        auto packs = read(path, request.format, request.options, progress, findings);
        Status done;
        if (packs && !request.output.empty() && packs->packs.size() > 1) {
            return fail(ErrorKind::usage, "SZ-LIB-027",
                        "The source holds several packs; they cannot be written to one file.",
                        "Import it without an output file.", path);
        }
        if (packs) add_account(result, packs->account);
        for (std::size_t k = 0; packs && done && k < packs->packs.size(); ++k) {
            done = import_one(packs->packs[k], request, progress, findings, result);
        }
        if (!packs) done = fail(packs.error());
        if (!done && !is_of_input(done.error())) return fail(done.error());
        if (!done) add_error(findings, done.error(), path, before);
        if (request.paths.size() > 1) name_source(findings, before, path);
    }
    return with_findings(std::move(result), findings);
}

Result<Json> PackTasks::import_sample(const std::string& path, TaskProgress& task) {
    const Progress progress(task, 0, 1);
    Json result = {{"packs", Json::array()}};
    Findings findings;
    const auto packs = read(path, szp, no_options, progress, findings);
    Status done;
    if (!packs) done = fail(packs.error());
    for (std::size_t k = 0; packs && done && k < packs->packs.size(); ++k) {
        const auto checked = check(packs->packs[k], progress, findings);
        if (progress.is_cancelled()) return fail(cancelled());
        if (!checked) break;
        const std::string key = "sample:" + string_or(checked->manifest, "id");
        SZ_ASSIGN(const auto before, installer_.setting(key));
        if (before == "removed") continue;
        const auto installed = installer_.install(packs->packs[k], *checked, progress);
        if (installed) SZ_TRY(installer_.set_setting(key, "installed"));
        if (!installed) done = fail(installed.error());
        if (installed && !installed->was_there) {
            result["packs"].push_back(
                {{"id", installed->pack.id}, {"version", installed->pack.version}});
        }
    }
    if (!done && !is_of_input(done.error())) return fail(done.error());
    if (!done) add_error(findings, done.error(), path, 0);
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error)
            log::warning("library", path + ": " + finding.file + ": " + finding.message);
    }
    return result;
}

Result<Json> PackTasks::validate(const std::vector<std::string>& paths, TaskProgress& task) {
    Findings findings;
    Json result = Json::object();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const Progress progress(task, i, paths.size());
        const std::size_t before = findings.size();
        const auto packs = read(paths[i], recognised, no_options, progress, findings);
        if (!packs && !is_of_input(packs.error())) return fail(packs.error());
        if (!packs) add_error(findings, packs.error(), paths[i], before);
        for (std::size_t k = 0; packs && k < packs->packs.size(); ++k)
            add_translation(result, check(packs->packs[k], progress, findings));
        if (progress.is_cancelled()) return fail(cancelled());
        if (paths.size() > 1) name_source(findings, before, paths[i]);
    }
    return with_findings(std::move(result), findings);
}

Result<Json> PackTasks::build(const std::string& folder, const std::string& output, bool force,
                              TaskProgress& task) {
    SZ_TRY(check_output(output, force));
    const Progress progress(task, 0, 1);
    Findings findings;
    const auto packs = read(folder, szp, no_options, progress, findings);
    if (!packs && !is_of_input(packs.error())) return fail(packs.error());
    if (!packs) add_error(findings, packs.error(), folder, 0);
    if (!packs || packs->packs.size() != 1) return with_findings(Json::object(), findings);
    const PackFiles& files = packs->packs.front();
    const auto checked = check(files, progress, findings);
    if (progress.is_cancelled()) return fail(cancelled());
    if (!checked) return with_findings(Json::object(), findings);
    SZ_ASSIGN(Json written,
              write_archive(formats_, files, output, force,
                            progress.phase(checked_at, Progress::whole, "Writing the archive"),
                            findings));
    return with_findings(std::move(written), findings);
}

Result<Json> PackTasks::create(const NewPack& wanted, const std::string& folder,
                               TaskProgress& task) {
    NewPack pack = wanted;
    if (pack.id.empty()) pack.id = Sources::real().uuid();
    SZ_ASSIGN(const PackFiles files, pack_skeleton(pack));
    return write_new(files, pack.id, folder, task);
}

Result<Json> PackTasks::create_translation(const NewTranslation& wanted, const std::string& folder,
                                           TaskProgress& task) {
    NewTranslation translation = wanted;
    if (translation.pack.id.empty()) translation.pack.id = Sources::real().uuid();
    SZ_ASSIGN(const PackFiles files,
              translation_skeleton(translation,
                                   installer_.others().objects(wanted.of.id, wanted.of.version)));
    return write_new(files, translation.pack.id, folder, task);
}

Result<Json> PackTasks::unpack(const std::string& file, const std::string& folder,
                               TaskProgress& task) {
    const Progress progress(task, 0, 1);
    Findings findings;
    const auto packs = read(file, recognised, no_options, progress, findings);
    if (!packs && !is_of_input(packs.error())) return fail(packs.error());
    if (!packs) add_error(findings, packs.error(), file, 0);
    if (!packs || packs->packs.size() != 1) return with_findings(Json::object(), findings);
    // Not checked: unpacking a pack with faults is how its author gets to mend them.
    const PackFiles& files = packs->packs.front();
    RealDisk disk;
    SZ_TRY(write_folder(disk, files, folder,
                        progress.phase(checking_from, Progress::whole, "Writing the files")));
    return with_findings({{"dir", folder}, {"files", files.size()}, {"bytes", bytes_of(files)}},
                         findings);
}

Result<Json> PackTasks::show(const std::string& path, TaskProgress& task) {
    const Progress progress(task, 0, 1);
    Findings findings;
    SZ_ASSIGN(const ReadPacks packs, read(path, recognised, no_options, progress, findings));
    if (packs.packs.empty())
        return fail(ErrorKind::input, "SZ-LIB-028", "There is no pack in “" + path + "”.", {},
                    path);
    const PackFiles& files = packs.packs.front();
    const auto checked = check(files, progress, findings);
    if (progress.is_cancelled()) return fail(cancelled());
    if (!checked) {
        const auto wrong = std::find_if(findings.begin(), findings.end(), [](const Finding& f) {
            return f.severity == Severity::error;
        });
        const std::string what = wrong == findings.end()
                                     ? std::string()
                                     : " The first fault: " + wrong->file + ": " + wrong->message;
        return fail(ErrorKind::input, "SZ-LIB-028",
                    "The pack has faults and cannot be shown." + what,
                    "szctl pack validate lists all of them.", path);
    }
    Json result = summary_of(checked->manifest);
    result["objects"] = Json::array();
    for (const PackObject& object : checked->objects) {
        const auto entries = object.json.find("entries");
        result["objects"].push_back(
            {{"id", object.id},
             {"name", string_or(object.json, "name")},
             {"type", object.type},
             {"entries", entries == object.json.end() ? 0 : entries->size()},
             {"path", object.path}});
    }
    result["files"] = files.size();
    result["bytes"] = bytes_of(files);
    return result;
}

}  // namespace sz::library
