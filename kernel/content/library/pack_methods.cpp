// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <nlohmann/json.hpp>

#include "kernel/base/ids.hpp"
#include "kernel/content/library/library_state.hpp"

namespace sz {

using library::ImportRequest;
using library::PackName;
using library::PackRow;

namespace {

std::vector<std::string> texts_of(const Json& list) {
    std::vector<std::string> texts;
    for (const auto& each : list) texts.push_back(each.get<std::string>());
    return texts;
}

Json formats_of(const PackFormats& formats) {
    Json list = Json::array();
    for (const PackFormatInfo& format : formats.list()) {
        list.push_back({{"name", format.name},
                        {"title", format.title},
                        {"plugin", format.plugin},
                        {"extensions", format.extensions},
                        {"reads", format.reads},
                        {"writes", format.writes},
                        {"foreign", format.foreign}});
    }
    return {{"formats", std::move(list)}};
}

Json listed(const PackRow& pack, bool is_sample) {
    return {{"id", pack.id},
            {"name", pack.name},
            {"version", pack.version},
            {"author", pack.author},
            {"license", pack.license},
            {"description", pack.description},
            {"icon", pack.icon},
            {"datasets", pack.datasets},
            {"templates", pack.templates},
            {"entries", pack.entries},
            {"installed_at", format_time(pack.installed_at)},
            {"sample", is_sample}};
}

}  // namespace

Result<Json> Library::Impl::show_installed(const std::string& reference) const {
    SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(reference));
    SZ_ASSIGN(const auto objects, reader->catalogue.objects(*pack));
    std::string text;
    SZ_TRY(reader->database.query("SELECT manifest FROM packs WHERE row = ?1", {pack->row},
                                  [&](const Row& row) {
                                      text = std::string(row.text(0));
                                      return false;
                                  }));
    SZ_ASSIGN(const Json manifest, parse_json(text));
    Json result = library::summary_of(manifest);
    result["objects"] = Json::array();
    for (const auto& object : objects) {
        result["objects"].push_back({{"id", object.id},
                                     {"name", object.name},
                                     {"type", object.type},
                                     {"entries", object.end_entry - object.first_entry},
                                     {"path", object.path}});
    }
    result["files"] = pack->files;
    result["bytes"] = pack->bytes;
    return result;
}

// Under the licence of the pack that is translated, unless another one is named.
Result<Library::Impl::Work1> Library::Impl::new_translation(library::NewPack wanted,
                                                            const Json& params) const {
    if (!reader)
        return fail(ErrorKind::environment, "SZ-LIB-011", "The library is being rebuilt.",
                    "Try again in a moment.");
    SZ_ASSIGN(const PackRow* of, reader->catalogue.pack(string_or(params, "translates")));
    if (wanted.license.empty()) wanted.license = of->license;
    const library::NewTranslation translation{
        std::move(wanted), string_or(params, "language"), {of->id, of->version, of->name}};
    return [translation, dir = string_or(params, "dir")](Work& with, TaskProgress& task) {
        return with.packs.create_translation(translation, dir, task);
    };
}

Status Library::Impl::add_pack_methods() {
    SZ_TRY(run("pack.formats",
               [this](const Json&) -> Result<Json> { return formats_of(services.formats); }));
    SZ_TRY(run("pack.list", [this](const Json&) -> Result<Json> {
        Json list = Json::array();
        for (const PackRow& pack : reader->catalogue.packs())
            list.push_back(listed(pack, samples.contains(pack.id)));
        return Json{{"packs", std::move(list)}};
    }));
    SZ_TRY(start("pack.validate", "Checking packs", [](const Json& params) -> Result<Work1> {
        return [paths = texts_of(params.at("paths"))](Work& with, TaskProgress& task) {
            return with.packs.validate(paths, task);
        };
    }));
    SZ_TRY(start("pack.build", "Building a pack", [](const Json& params) -> Result<Work1> {
        return [dir = string_or(params, "dir"), output = string_or(params, "output"),
                force = params.value("force", false)](Work& with, TaskProgress& task) {
            return with.packs.build(dir, output, force, task);
        };
    }));
    SZ_TRY(start("pack.new", "Making a new pack", [this](const Json& params) -> Result<Work1> {
        library::NewPack wanted{string_or(params, "id"), string_or(params, "name"),
                                string_or(params, "author"), string_or(params, "license")};
        if (params.contains("translates")) return new_translation(std::move(wanted), params);
        return [wanted, dir = string_or(params, "dir")](Work&, TaskProgress& task) {
            return library::PackTasks::create(wanted, dir, task);
        };
    }));
    SZ_TRY(start("pack.unpack", "Unpacking a pack", [](const Json& params) -> Result<Work1> {
        return [file = string_or(params, "file"), dir = string_or(params, "dir")](
                   Work& with, TaskProgress& task) { return with.packs.unpack(file, dir, task); };
    }));
    SZ_TRY(wait("pack.show", "Reading a pack", [this](const Json& params) -> Result<Work1> {
        const std::string pack = string_or(params, "pack");
        const std::string path = string_or(params, "path");
        if (pack.empty() == path.empty())
            return fail(ErrorKind::usage, "SZ-LIB-029",
                        "Name a pack or the path of one, not both.");
        if (path.empty()) {
            if (!reader)
                return fail(ErrorKind::environment, "SZ-LIB-011", "The library is being rebuilt.",
                            "Try again in a moment.");
            SZ_ASSIGN(const Json shown, show_installed(pack));
            return [shown](Work&, TaskProgress&) -> Result<Json> { return shown; };
        }
        return [path](Work& with, TaskProgress& task) { return with.packs.show(path, task); };
    }));
    const auto imported = [this](Result<Json>& result) {
        // After an error, too: of several packs some may have been installed before it.
        std::vector<PackName> packs;
        if (result && !result->contains("file")) {
            for (const auto& pack : result->at("packs"))
                packs.push_back({string_or(pack, "id"), string_or(pack, "version")});
        }
        changed("imported", packs);
    };
    SZ_TRY(start(
        "pack.import", "Importing packs",
        [](const Json& params) -> Result<Work1> {
            const ImportRequest request{texts_of(params.at("paths")), string_or(params, "format"),
                                        string_or(params, "output"), params.value("force", false),
                                        params.value("options", Json::object())};
            return [request](Work& with, TaskProgress& task) {
                return with.packs.import(request, task);
            };
        },
        imported));
    const auto remove = [this](const Json& params) -> Result<Work1> {
        if (!reader)
            return fail(ErrorKind::environment, "SZ-LIB-011", "The library is being rebuilt.",
                        "Try again in a moment.");
        SZ_ASSIGN(const PackRow* pack, reader->catalogue.pack(string_or(params, "pack")));
        return [name = PackName{pack->id, pack->version}, is_sample = samples.contains(pack->id)](
                   Work& with, TaskProgress&) -> Result<Json> {
            SZ_TRY(with.installer.remove(name));
            if (is_sample) SZ_TRY(with.installer.set_setting("sample:" + name.id, "removed"));
            return Json{{"removed", {{"id", name.id}, {"version", name.version}}}};
        };
    };
    return wait("pack.remove", "Removing a pack", remove, [this](Result<Json>& result) {
        if (!result) return;
        const Json& removed = result->at("removed");
        changed("removed", {{string_or(removed, "id"), string_or(removed, "version")}});
    });
}

}  // namespace sz
