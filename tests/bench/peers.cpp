// SPDX-License-Identifier: AGPL-3.0-or-later
// Our check of schemas beside ajv, and our reading of an archive beside unzip, with the same files.
#include <sz/ext/pack_format.h>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sz/cpp/testing.hpp>

#include "kernel/content/pack_schemas.hpp"
#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

namespace fs = std::filesystem;

constexpr double schema_goal = 3, archive_goal = 1.5;

bool is_here(const std::string& program) {
    std::string path = std::getenv("PATH") == nullptr ? "" : std::getenv("PATH");
    for (std::size_t at = 0; at <= path.size();) {
        const std::size_t end = std::min(path.find(':', at), path.size());
        if (fs::exists(fs::path(path.substr(at, end - at)) / program)) return true;
        at = end + 1;
    }
    return false;
}

// What ajv takes for all files of an unpacked pack, in milliseconds, or nothing and why.
struct Peer {
    double ms = 0;
    std::string why_not;
};

Peer time_of_ajv(const fs::path& pack, int runs) {
    const fs::path here = fs::path(SZ_REPOSITORY) / "tests/bench/ajv_time.js";
    const fs::path schemas = fs::path(SZ_REPOSITORY) / "schemas/v1";
    if (!is_here("node")) return {0, "there is no node"};
    // Debian's packages for node stand where only Debian's own node looks.
    const std::string command = "NODE_PATH=/usr/share/nodejs node '" + here.string() + "' '" +
                                schemas.string() + "' '" + pack.string() + "' " +
                                std::to_string(runs) + " 2>/dev/null";
    std::FILE* said = ::popen(command.c_str(), "r");  // NOLINT: a shell is what is wanted
    if (said == nullptr) return {0, "node does not start"};
    double ms = 0;
    const bool is_told = std::fscanf(said, "%lf", &ms) == 1;  // NOLINT: our own script's answer
    const int status = ::pclose(said);
    if (!is_told || status != 0) return {0, "there is no ajv (Debian: node-ajv)"};
    return {ms, {}};
}

struct Checked {
    const CompiledSchema* schema;
    Json value;
};

std::vector<Checked> files_of(const fs::path& pack) {
    std::vector<Checked> files;
    constexpr std::uint64_t bytes_max = std::uint64_t{1} << 30;
    const auto add = [&](const fs::path& path, const std::string& kind) {
        files.push_back({&pack_schema(kind), Json::parse(must(read_file(path, bytes_max)))});
    };
    add(pack / "szpack.json", "szpack");
    for (const std::string kind : {"dataset", "character-template", "session-template"}) {
        const fs::path folder = pack / "objects" / (kind + "s");
        if (!fs::exists(folder)) continue;
        for (const auto& file : fs::directory_iterator(folder)) add(file.path(), kind);
    }
    return files;
}

Row schema_row(const fs::path& pack, int runs) {
    const std::vector<Checked> files = files_of(pack);
    const double ours = median_ms(runs, [&] {
        bool ignored = false;
        for (const Checked& file : files) {
            if (!file.schema->faults(file.value, ignored).empty())
                stop_with({ErrorKind::internal, "SZ-BENCH-005", "A pack does not fit.", {}, {}});
        }
    });
    const Peer ajv = time_of_ajv(pack, runs);
    return {"check against the schemas, all files of the SRD",
            ours,
            ajv.ms,
            "ms",
            "ajv, which has compiled them",
            ajv.why_not.empty() ? schema_goal : 0,
            false,
            ajv.why_not};
}

// Reads an archive and drops what comes; how many bytes there were.
std::uint64_t read_archive(const sz_pack_format& szp, const std::string& file) {
    using plugin::str;
    std::uint64_t bytes = 0;
    const sz_pack_writer writer{sizeof(sz_pack_writer),
                                0,
                                &bytes,
                                [](void*) -> sz_status { return SZ_OK; },
                                [](void* self, sz_str, sz_bytes content) -> sz_status {
                                    *static_cast<std::uint64_t*>(self) += content.size;
                                    return SZ_OK;
                                },
                                [](void*, sz_str) -> sz_status { return SZ_OK; }};
    const sz_progress progress{
        sizeof(sz_progress), 0, nullptr,
        [](void*, std::uint64_t, std::uint64_t, sz_str) -> sz_status { return SZ_OK; }};
    const plugin::testing::FindingList findings;
    if (szp.read(szp.self, str(file), str("{}"), &writer, &progress, findings.table()) != SZ_OK)
        stop_with({ErrorKind::internal, "SZ-BENCH-006", "An archive cannot be read.", file, {}});
    return bytes;
}

Row archive_row(const Setup& setup, const fs::path& archive, int runs) {
    const fs::path folder = setup.programs.parent_path() / "plugins/org.sessionzero.pack-szp";
    const plugin::testing::LoadedPlugin loaded((folder / "pack_szp.so").string(),
                                               setup.folder.string());
    const auto& formats = loaded.extension<sz_pack_formats>(SZ_PACK_FORMATS_ID);
    const bool has_unzip = is_here("unzip");
    std::vector<double> ours, unzip;
    std::uint64_t bytes = 0;
    for (int i = 0; i < runs; ++i) {
        ours.push_back(time_ms([&] { bytes = read_archive(*formats.items[0], archive.string()); }));
        if (has_unzip)
            unzip.push_back(time_ms([&] { run_program({"unzip", "-tqq", archive.string()}); }));
    }
    return {"read an archive, the SRD's",
            median(ours),
            has_unzip ? median(unzip) : 0,
            "ms",
            "unzip -t",
            has_unzip ? archive_goal : 0,
            false,
            has_unzip ? std::to_string(bytes / 1024) + " KiB" : "there is no unzip"};
}

}  // namespace

Rows measure_peers(const Setup& setup) {
    const fs::path archive = srd_pack(setup);
    if (archive.empty()) return {};
    const int runs = setup.smoke ? 1 : 9;
    return {schema_row(srd_folder(setup), runs), archive_row(setup, archive, runs)};
}

}  // namespace sz::bench
