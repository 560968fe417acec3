// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <fstream>

#include "read.hpp"
#include "source_files.hpp"

namespace szp {

namespace {

namespace fs = std::filesystem;
using sz::plugin::Progress;
using sz::plugin::Status;

// The name as UTF-8, on every system.
std::string name_of(const fs::path& path) {
    const auto name = path.filename().u8string();
    return {name.begin(), name.end()};
}

class FolderWalk {
  public:
    FolderWalk(const Limits& limits, Faults& faults) : limits_(limits), faults_(faults) {}

    // Reports what is neither a file nor a folder, and does not follow links: they could lead out
    // of the folder.
    void walk(const fs::path& folder, const std::string& prefix, std::size_t depth) {
        std::error_code failed;
        fs::directory_iterator all(folder, failed);
        if (failed) return unreadable(prefix);
        std::vector<fs::directory_entry> items;
        for (; all != fs::directory_iterator() && items.size() <= limits_.files;
             all.increment(failed)) {
            if (failed) return unreadable(prefix);
            items.push_back(*all);
        }
        std::sort(items.begin(), items.end());  // the system's own order is no order
        for (const auto& item : items) {
            if (is_full()) return;
            visit(item, prefix + name_of(item.path()), depth);
        }
    }

    std::vector<SourceFile> found;
    std::vector<std::string> left_out;

  private:
    void visit(const fs::directory_entry& item, const std::string& path, std::size_t depth) {
        std::error_code failed;
        const auto kind = item.symlink_status(failed).type();
        const bool is_link_or_device =
            kind != fs::file_type::regular && kind != fs::file_type::directory;
        if (is_for_editors(path) && kind == fs::file_type::directory) return;
        if (is_left_out(path) && (kind == fs::file_type::directory || is_link_or_device)) {
            left_out.push_back(path);  // a ".git" is not walked through
        } else if (is_link_or_device) {
            faults_.error("SZ-SZP-016", path, quote(path) + " is a link or a device, not a file.",
                          "Put the file itself in its place.");
        } else {
            found.push_back({path, kind == fs::file_type::directory, 0, item.path().string()});
            // One level deeper than allowed is looked at, so that what stands there is reported.
            if (kind == fs::file_type::directory && depth < limits_.path_parts + 1)
                walk(item.path(), path + "/", depth + 1);
        }
    }

    bool is_full() {
        if (found.size() <= limits_.files) return false;
        if (!std::exchange(is_reported_, true)) {
            faults_.limit("SZ-SZP-005", "",
                          "The folder has more than " + std::to_string(limits_.files) + " files.",
                          "Is it the right folder? Divide the pack into several.");
        }
        return true;
    }

    void unreadable(const std::string& path) {
        faults_.environment("SZ-SZP-001", path, "The folder cannot be read.",
                            "Check that it exists and may be read.");
    }

    const Limits& limits_;
    Faults& faults_;
    bool is_reported_ = false;
};

// The content, or nothing when it cannot be read or is too large.
bool read_content(const SourceFile& file, const Limits& limits, Faults& faults,
                  std::string& content) {
    std::error_code failed;
    // It was a file when the folder was walked through; a pipe in its place would wait for ever.
    if (!fs::is_regular_file(fs::symlink_status(file.location, failed))) {
        faults.error("SZ-SZP-016", file.path,
                     quote(file.path) + " is a link or a device, not a file.",
                     "Put the file itself in its place.");
        return false;
    }
    const auto bytes = fs::file_size(file.location, failed);
    if (!failed && bytes > limits.file_bytes) {
        faults.limit("SZ-SZP-006", file.path,
                     "The file " + quote(file.path) + " is larger than " +
                         size_words(limits.file_bytes) + ".",
                     "Make it smaller, or divide it.");
        return false;
    }
    std::ifstream stream(file.location, std::ios::binary);
    content.resize(failed ? 0 : static_cast<std::size_t>(bytes));
    stream.read(content.data(), static_cast<std::streamsize>(content.size()));
    const bool is_whole = stream.gcount() == static_cast<std::streamsize>(content.size()) &&
                          stream.peek() == std::ifstream::traits_type::eof();
    if (!failed && is_whole) return true;
    faults.environment("SZ-SZP-001", file.path, "The file " + quote(file.path) + " cannot be read.",
                       "Check that it may be read, and that nobody is writing to it.");
    return false;
}

}  // namespace

Status read_folder(const std::string& path, const Limits& limits, const sz::plugin::PackWriter& out,
                   const Progress& progress, Faults& faults) {
    FolderWalk walk(limits, faults);
    walk.walk(path, "", 1);
    note_left_out(walk.left_out, faults);
    const auto files = choose_files(std::move(walk.found), limits, faults);
    if (faults.has_error()) return faults.status();
    if (auto begun = out.begin(); !begun) return begun;
    std::uint64_t total = 0;
    std::string content;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (auto stopped = progress.report(i, files.size(), files[i].path); !stopped)
            return stopped;
        if (!read_content(files[i], limits, faults, content))
            continue;  // every unreadable file is reported
        total += content.size();
        if (total > limits.total_bytes) {
            faults.limit("SZ-SZP-007", "",
                         "The folder holds more than " + size_words(limits.total_bytes) + ".",
                         "Divide the pack into several.");
            return faults.status();
        }
        if (auto put = out.put(files[i].path, content); !put) return put;
    }
    return faults.status();
}

}  // namespace szp
