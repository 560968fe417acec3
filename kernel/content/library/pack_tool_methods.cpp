// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus methods of the tools of pack authors.
#include <nlohmann/json.hpp>

#include "kernel/content/library/library_state.hpp"

namespace sz {

using library::PackSource;

namespace {

// {"pack"} or {"path"} of a parameter object.
Result<PackSource> source_of(const library::Catalogue& catalogue, const Json& params) {
    const std::string pack = string_or(params, "pack");
    const std::string path = string_or(params, "path");
    if (pack.empty() == path.empty())
        return fail(ErrorKind::usage, "SZ-LIB-029", "Name a pack or the path of one, not both.");
    if (pack.empty()) return PackSource{path, {}};
    SZ_ASSIGN(const library::PackRow* row, catalogue.pack(pack));
    return PackSource{{}, {row->id, row->version}};
}

}  // namespace

Status Library::Impl::add_pack_tool_methods() {
    const auto source = [this](const Json& params) -> Result<PackSource> {
        if (!reader)
            return fail(ErrorKind::environment, "SZ-LIB-011", "The library is being rebuilt.",
                        "Try again in a moment.");
        return source_of(reader->catalogue, params);
    };
    SZ_TRY(start("pack.diff", "Comparing packs", [source](const Json& params) -> Result<Work1> {
        SZ_ASSIGN(const PackSource before, source(params.at("a")));
        SZ_ASSIGN(const PackSource after, source(params.at("b")));
        return [before, after](Work& with, TaskProgress& task) {
            return with.tools.diff(before, after, task);
        };
    }));
    SZ_TRY(start("pack.lint", "Looking a pack over", [source](const Json& params) -> Result<Work1> {
        SZ_ASSIGN(const PackSource one, source(params));
        return [one, is_strict = params.value("strict", false)](Work& with, TaskProgress& task) {
            return with.tools.lint(one, is_strict, task);
        };
    }));
    SZ_TRY(
        wait("pack.deps", "Following dependencies", [source](const Json& params) -> Result<Work1> {
            SZ_ASSIGN(const PackSource one, source(params));
            return [one](Work& with, TaskProgress& task) { return with.tools.deps(one, task); };
        }));
    return start("pack.migrate", "Migrating a pack", [](const Json& params) -> Result<Work1> {
        return [dir = string_or(params, "dir"), is_dry_run = params.value("dry_run", false)](
                   Work& with, TaskProgress& task) {
            return with.tools.migrate(dir, is_dry_run, task);
        };
    });
}

}  // namespace sz
