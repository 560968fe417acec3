// SPDX-License-Identifier: AGPL-3.0-or-later
#include "szp_format.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <sz/cpp/json.hpp>

#include "read.hpp"
#include "write.hpp"

namespace szp {

namespace {

namespace fs = std::filesystem;
using sz::plugin::Status;

bool has_manifest(const fs::path& folder) {
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(folder / "szpack.json", failed));
}

// A pack's folder: szpack.json, or one folder that has it, or at least where objects belong.
int probe_folder(const fs::path& folder) {
    if (has_manifest(folder)) return 100;
    std::error_code failed;
    if (fs::is_directory(folder / "objects", failed)) return 50;
    constexpr int looked_at_max = 20;
    int looked_at = 0;
    for (fs::directory_iterator all(folder, failed); !failed && all != fs::directory_iterator();
         all.increment(failed)) {
        if (++looked_at > looked_at_max) return 0;
        if (has_manifest(all->path())) return 60;
    }
    return 0;
}

// The path itself may be a link: a person gave it. Opening a pipe would wait for its writer.
int probe_file(const fs::path& path) {
    std::error_code failed;
    if (!fs::is_regular_file(path, failed)) return 0;
    std::ifstream stream(path, std::ios::binary);
    std::string head(4, '\0');
    stream.read(head.data(), 4);
    const bool is_zip = head == "PK\3\4" || head == "PK\5\6";
    auto ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    // By its name it means to be one: reading it will say what is wrong.
    if (ending == ".szp" || ending == ".szpack") return is_zip ? 100 : 60;
    return is_zip ? 40 : 0;
}

fs::path to_path(std::string_view text) { return {std::u8string(text.begin(), text.end())}; }

}  // namespace

SzpFormat::SzpFormat(const Limits& limits)
    : PackFormat({"szp", "SessionZero datapack", ".szp .szpack",
                  SZ_PACK_FORMAT_READS | SZ_PACK_FORMAT_WRITES}),
      limits_(limits) {}

int SzpFormat::probe(std::string_view path) const {
    std::error_code failed;
    const auto source = to_path(path);
    return fs::is_directory(source, failed) ? probe_folder(source) : probe_file(source);
}

Status SzpFormat::read(std::string_view path, std::string_view, const sz::plugin::PackWriter& out,
                       const sz::plugin::Progress& progress, sz::plugin::Findings& findings) const {
    Faults faults(findings, std::string(path));
    std::error_code failed;
    const bool is_folder = fs::is_directory(to_path(path), failed);
    return is_folder ? read_folder(std::string(path), limits_, out, progress, faults)
                     : read_archive(std::string(path), limits_, out, progress, faults);
}

Status SzpFormat::write(const sz::plugin::PackReader& in, std::string_view path,
                        std::string_view options, const sz::plugin::Progress& progress,
                        sz::plugin::Findings& findings) const {
    Faults faults(findings, std::string(path));
    const auto parsed = sz::plugin::parse_json(options.empty() ? std::string_view("{}") : options);
    if (!parsed) return parsed.error();
    const auto as = sz::plugin::member_or(*parsed, "as", std::string("archive"));
    if (as == "archive") return write_archive(in, std::string(path), limits_, progress, faults);
    if (as == "folder") return write_folder(in, std::string(path), limits_, progress, faults);
    return sz::plugin::invalid(
        "SZ-SZP-032", "A pack is written as “archive” or as “folder”, not as " + quote(as) + ".",
        "Leave the option “as” out for an archive.");
}

}  // namespace szp
