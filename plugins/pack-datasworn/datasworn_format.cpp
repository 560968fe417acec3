// SPDX-License-Identifier: AGPL-3.0-or-later
#include "datasworn_format.hpp"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sz/cpp/json.hpp>

#include "pack.hpp"

namespace datasworn {
namespace {

namespace fs = std::filesystem;
using sz::plugin::Result;
using sz::plugin::Status;

constexpr int files_looked_at_max = 50;

// Does it say in its first bytes that it is a rules package? Links and pipes are not opened.
bool is_package(const fs::path& file) {
    std::error_code failed;
    if (!fs::is_regular_file(fs::symlink_status(file, failed))) return false;
    std::string head(4096, '\0');
    std::ifstream in(file, std::ios::binary);
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    const std::size_t first = head.find_first_not_of(" \t\r\n");
    return first != std::string::npos && head[first] == '{' &&
           head.find("\"datasworn_version\"") != std::string::npos &&
           head.find("\"_id\"") != std::string::npos;
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
            "SZ-DATASWORN-018", "The options of this import are not understood.",
            "The one option is \"version\", such as {\"version\": \"1.0.0\"}.");
    }
    return version;
}

}  // namespace

DataswornFormat::DataswornFormat()
    : PackFormat(
          {"datasworn", "Datasworn", ".json", SZ_PACK_FORMAT_READS | SZ_PACK_FORMAT_FOREIGN}) {}

int DataswornFormat::probe(std::string_view path) const {
    std::error_code failed;
    const fs::path given(path);
    if (!fs::is_directory(given, failed)) return is_package(given) ? 95 : 0;
    int looked_at = 0;
    fs::directory_iterator at(given, failed);
    while (!failed && at != fs::directory_iterator() && looked_at < files_looked_at_max) {
        if (at->path().extension() == ".json") {
            ++looked_at;
            if (is_package(at->path())) return 90;
        }
        at.increment(failed);
    }
    return 0;
}

Status DataswornFormat::read(std::string_view path, std::string_view options,
                             const sz::plugin::PackWriter& out,
                             const sz::plugin::Progress& progress,
                             sz::plugin::Findings& findings) const {
    const Result<std::string> version = version_of(options);
    if (!version) return version.error();

    Faults faults([&findings](const Fault& fault) { report(fault, findings); });
    Status stopped;  // what the other side said when it stopped the conversion
    const Sink sink{[&] { return static_cast<bool>(stopped = out.begin()); },
                    [&](std::string_view file, std::string_view content) {
                        return static_cast<bool>(stopped = out.put(file, content));
                    }};
    const auto tick = [&](std::uint64_t done, std::uint64_t total, std::string_view what) {
        return static_cast<bool>(stopped = progress.report(done, total, what));
    };
    const Conversion conversion = convert(fs::path(path), *version, sink, tick, faults);
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

}  // namespace datasworn
