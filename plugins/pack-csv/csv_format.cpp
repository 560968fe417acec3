// SPDX-License-Identifier: AGPL-3.0-or-later
#include "csv_format.hpp"

#include <filesystem>

#include "pack.hpp"
#include "sources.hpp"

namespace csv {
namespace {

namespace fs = std::filesystem;
using sz::plugin::Status;

constexpr std::size_t looked_at_bytes = 4096;
constexpr std::size_t looked_at_files = 1000;  // of a folder

// Text of any encoding that a table has; an empty file is text.
bool is_text(std::string_view head) {
    const bool is_utf16 = head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
    return is_utf16 || head.find('\0') == std::string_view::npos;
}

int probe_file(const fs::path& file) {
    const Ending ending = ending_of(file);
    std::error_code failed;
    if (ending == Ending::none || !fs::is_regular_file(file, failed) ||
        !is_text(head_of(file, looked_at_bytes)))
        return 0;
    return ending == Ending::txt ? 20 : 80;
}

// A folder with a table in it; one that is a pack, or another source, is surer of itself.
int probe_folder(const fs::path& folder) {
    std::error_code failed;
    fs::directory_iterator at(folder, failed);
    for (std::size_t i = 0; i < looked_at_files && !failed && at != fs::directory_iterator(); ++i) {
        const Ending ending = ending_of(at->path());
        std::error_code unknown;
        if ((ending == Ending::csv || ending == Ending::tsv) &&
            fs::is_regular_file(at->symlink_status(unknown)))
            return 40;
        at.increment(failed);
    }
    return 0;
}

}  // namespace

CsvFormat::CsvFormat()
    : PackFormat({"csv", "Table (CSV, TSV)", ".csv .tsv .txt",
                  SZ_PACK_FORMAT_READS | SZ_PACK_FORMAT_FOREIGN}) {}

int CsvFormat::probe(std::string_view path) const {
    std::error_code failed;
    const fs::path source(path);
    return fs::is_directory(source, failed) ? probe_folder(source) : probe_file(source);
}

Status CsvFormat::read(std::string_view path, std::string_view options,
                       const sz::plugin::PackWriter& out, const sz::plugin::Progress& progress,
                       sz::plugin::Findings& findings) const {
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
    const Conversion conversion =
        convert(fs::path(path), options.empty() ? "{}" : options, put, tick, faults);
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

}  // namespace csv
