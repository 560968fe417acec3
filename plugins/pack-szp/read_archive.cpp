// SPDX-License-Identifier: AGPL-3.0-or-later
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "read.hpp"
#include "source_files.hpp"
#include "zip_directory.hpp"

namespace szp {

namespace {

namespace fs = std::filesystem;
using sz::plugin::Progress;
using sz::plugin::Status;

constexpr std::size_t piece_bytes = 1 << 20;  // unpacked between two reports of progress

struct CloseArchive {
    void operator()(zip_t* archive) const noexcept { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const noexcept { zip_fclose(file); }
};

class Unpacker {
  public:
    Unpacker(const std::vector<ZipEntry>& entries, Faults& faults)
        : entries_(entries), faults_(faults) {}

    bool open(const std::string& path) {
        int error = 0;
        archive_.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
        const bool is_same = archive_ != nullptr && zip_get_num_entries(archive_.get(), 0) ==
                                                        static_cast<zip_int64_t>(entries_.size());
        return is_same || damaged("");
    }

    // The content of an entry, which is no larger than the directory says. Nothing when it is
    // damaged or `progress` asks to stop.
    bool unpack(std::uint64_t number, const std::string& path, const Progress& progress,
                std::string& content, Status& stopped) {
        const auto& entry = entries_[static_cast<std::size_t>(number)];
        const std::unique_ptr<zip_file_t, CloseFile> file(
            zip_fopen_index(archive_.get(), number, 0));
        if (file == nullptr) return damaged(path);
        content.resize(static_cast<std::size_t>(entry.size));
        std::size_t have = 0;
        while (have < content.size()) {
            const auto got = zip_fread(file.get(), content.data() + have,
                                       std::min(piece_bytes, content.size() - have));
            if (got <= 0) return damaged(path);
            have += static_cast<std::size_t>(got);
            if (have == content.size()) break;
            stopped = progress.report(have, content.size(), path);
            if (!stopped) return false;
        }
        // One byte more than promised is a lie; and only at the end does the library compare the
        // checksum.
        char more = 0;
        return zip_fread(file.get(), &more, 1) == 0 || damaged(path);
    }

  private:
    bool damaged(const std::string& path) {
        faults_.error("SZ-SZP-003", path,
                      path.empty() ? "The archive is damaged."
                                   : "The file " + quote(path) + " is damaged in the archive.",
                      "Get the archive again, or make it again from the pack's folder.");
        return false;
    }

    const std::vector<ZipEntry>& entries_;
    Faults& faults_;
    std::unique_ptr<zip_t, CloseArchive> archive_;
};

bool is_small_enough(std::uint64_t bytes, const Limits& limits, Faults& faults) {
    if (bytes <= limits.archive_bytes) return true;
    faults.limit("SZ-SZP-004", "",
                 "The archive is larger than " + size_words(limits.archive_bytes) + ".",
                 "Divide the pack into several.");
    return false;
}

}  // namespace

Status read_archive(const std::string& path, const Limits& limits,
                    const sz::plugin::PackWriter& out, const Progress& progress, Faults& faults) {
    std::error_code failed;
    if (fs::exists(path, failed) && !fs::is_regular_file(path, failed)) {
        faults.error("SZ-SZP-016", "", "This is a pipe or a device, not a file.",
                     "Choose a .szp file, or a pack's folder.");
        return faults.status();
    }
    std::ifstream stream(path, std::ios::binary);
    const auto bytes = fs::file_size(path, failed);
    if (!stream || failed) {
        faults.environment("SZ-SZP-001", "", "The archive cannot be opened.",
                           "Check that it exists and may be read.");
        return faults.status();
    }
    if (!is_small_enough(bytes, limits, faults)) return faults.status();
    const auto entries = read_zip_directory(stream, bytes, limits, faults);
    if (!entries) return faults.status();

    std::vector<SourceFile> found;
    for (std::size_t i = 0; i < entries->size(); ++i)
        found.push_back({(*entries)[i].name, (*entries)[i].is_folder, i, {}});
    const auto files = choose_files(std::move(found), limits, faults);
    if (faults.has_error()) return faults.status();

    Unpacker unpacker(*entries, faults);
    if (!unpacker.open(path)) return faults.status();
    if (auto begun = out.begin(); !begun) return begun;
    Status stopped;
    std::string content;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (stopped = progress.report(i, files.size(), files[i].path); !stopped) return stopped;
        const bool is_good =
            unpacker.unpack(files[i].key, files[i].path, progress, content, stopped);
        if (!stopped) return stopped;
        if (!is_good) continue;  // every damaged file is reported
        if (auto put = out.put(files[i].path, content); !put) return put;
    }
    return faults.status();
}

}  // namespace szp
