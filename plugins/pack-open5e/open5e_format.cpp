// SPDX-License-Identifier: AGPL-3.0-or-later
#include "open5e_format.hpp"

#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sz/cpp/json.hpp>

#include "pack.hpp"

namespace open5e {
namespace {

namespace fs = std::filesystem;
using sz::plugin::Result;
using sz::plugin::Status;

// The first bytes of a file; empty if it cannot be opened, or is a link or a pipe.
std::string head_of(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(fs::symlink_status(file, failed))) return {};
    std::string head(4096, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    return head;
}

Result<std::string> version_of(std::string_view options) {
    const auto parsed = sz::plugin::parse_json(options.empty() ? std::string_view("{}") : options);
    if (!parsed) return parsed.error();
    const bool said = parsed->is_object() && parsed->contains("version");
    const std::string version =
        sz::plugin::member_or(*parsed, "version", std::string(said ? "" : "1.0.0"));
    static const std::regex semver(
        R"((0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z.-]{1,30})?)");
    if (!parsed->is_object() || parsed->size() != (said ? 1U : 0U) ||
        !std::regex_match(version, semver)) {
        return sz::plugin::invalid(
            "SZ-OPEN5E-013", "The options of this import are not understood.",
            "The one option is \"version\", such as {\"version\": \"1.0.0\"}.");
    }
    return version;
}

}  // namespace

Open5eFormat::Open5eFormat()
    : PackFormat({"open5e", "Open5e fixtures", "", SZ_PACK_FORMAT_READS | SZ_PACK_FORMAT_FOREIGN}) {
}

int Open5eFormat::probe(std::string_view path) const {
    std::error_code failed;
    const fs::path folder(path);
    if (!fs::is_directory(folder, failed) || failed) return 0;
    if (head_of(folder / "Document.json").find("\"api_v2.document\"") != std::string::npos)
        return 95;
    // A part of a document: some files whose names are those of models, and begin as arrays do.
    static constexpr std::array names{"Creature.json", "Spell.json", "MagicItem.json", "Item.json",
                                      "CharacterClass.json"};
    for (const char* name : names) {
        const std::string head = head_of(folder / name);
        const std::size_t first = head.find_first_not_of(" \t\r\n");
        if (first != std::string::npos && head[first] == '[') return 60;
    }
    return 0;
}

Status Open5eFormat::read(std::string_view path, std::string_view options,
                          const sz::plugin::PackWriter& out, const sz::plugin::Progress& progress,
                          sz::plugin::Findings& findings) const {
    const Result<std::string> version = version_of(options);
    if (!version) return version.error();
    if (Status begun = out.begin(); !begun) return begun;

    Faults faults([&findings](const Fault& fault) { report(fault, findings); });
    Status stopped;  // what the other side said when it stopped the conversion
    const auto put = [&](std::string_view file, std::string_view content) {
        stopped = out.put(file, content);
        return static_cast<bool>(stopped);
    };
    const auto tick = [&](std::uint64_t done, std::uint64_t total, std::string_view what) {
        stopped = progress.report(done, total, what);
        return static_cast<bool>(stopped);
    };
    const Conversion conversion = convert(fs::path(path), *version, put, tick, faults);
    switch (conversion.outcome) {
        case Outcome::done: return out.account(conversion.account);
        case Outcome::invalid: return sz::plugin::fault(SZ_ERR_INVALID);
        case Outcome::unreadable: return sz::plugin::fault(SZ_ERR_ENVIRONMENT);
        case Outcome::too_large: return sz::plugin::fault(SZ_ERR_LIMIT);
        case Outcome::miscounted: return sz::plugin::fault(SZ_ERR_INTERNAL);
        case Outcome::cancelled:
        case Outcome::refused: break;
    }
    return stopped;
}

}  // namespace open5e
