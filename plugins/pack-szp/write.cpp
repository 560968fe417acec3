// SPDX-License-Identifier: AGPL-3.0-or-later
#include "write.hpp"

#include <zip.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <vector>

#include "names.hpp"
#include "zip_directory.hpp"

namespace szp {

namespace {

namespace fs = std::filesystem;
using sz::plugin::PackReader;
using sz::plugin::Progress;
using sz::plugin::Status;

constexpr zip_uint16_t date_1980_01_01 = 0x0021;  // the first day that an archive can name
constexpr zip_uint16_t time_midnight = 0;
constexpr zip_uint32_t mode_of_files = 0100644;
constexpr zip_uint32_t deflate_level = 9;

using File = PackReader::File;

// Formats that are compressed in themselves.
bool is_compressed(std::string_view path) {
    constexpr std::array<std::string_view, 5> endings{".png", ".jpg", ".jpeg", ".gif", ".webp"};
    for (const auto ending : endings) {
        if (path.size() >= ending.size() && path.substr(path.size() - ending.size()) == ending)
            return true;
    }
    return false;
}

void cannot_write(Faults& faults) {
    faults.environment("SZ-SZP-030", "", "The pack cannot be written there.",
                       "Check the folder's permissions and the space on the disk.");
}

// The files, checked as if they were read: nothing is written that could not be read again.
Status collect(const PackReader& in, const Limits& limits, Faults& faults,
               std::vector<File>& files) {
    NameSet names;
    std::uint64_t total = 0;
    if (in.count() > limits.files) {
        faults.limit("SZ-SZP-005", "",
                     "The pack has more than " + std::to_string(limits.files) + " files.",
                     "Divide it into several.");
        return faults.status();
    }
    for (std::uint32_t i = 0; i < in.count(); ++i) {
        const auto file = in.get(i);
        if (!file) return file.error();
        if (!check_path(file->path, limits, faults) ||
            !names.add(std::string(file->path), false, faults))
            continue;
        if (is_left_out(file->path)) {
            faults.error("SZ-SZP-031", file->path,
                         "The file " + quote(file->path) +
                             " has a name that is left out when the pack is read.",
                         "Rename the file.");
        }
        if (file->content.size() > limits.file_bytes) {
            faults.limit("SZ-SZP-006", file->path,
                         "The file " + quote(file->path) + " is larger than " +
                             size_words(limits.file_bytes) + ".",
                         "Make it smaller, or divide it.");
        }
        total += file->content.size();
        files.push_back(*file);
    }
    if (total > limits.total_bytes)
        faults.limit("SZ-SZP-007", "",
                     "The pack is larger than " + size_words(limits.total_bytes) + ".",
                     "Divide it into several.");
    return faults.status();
}

class ArchiveWriter {
  public:
    ArchiveWriter(const std::vector<File>& files, const Progress& progress)
        : files_(files), progress_(progress) {}

    // Writes all files, those of `stored` without compression. False when it failed, or `stopped`
    // says that it was asked to stop.
    bool write(const std::string& path, const std::set<std::size_t>& stored) {
        int error = 0;
        zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
        if (archive == nullptr) return false;
        zip_register_progress_callback_with_state(archive, 0.01, on_progress, nullptr, this);
        zip_register_cancel_callback_with_state(archive, on_cancel, nullptr, this);
        bool is_good = true;
        for (std::size_t i = 0; is_good && i < files_.size(); ++i)
            is_good = add(archive, files_[i], stored.count(i) > 0);
        if (is_good && zip_close(archive) == 0) return true;
        zip_discard(archive);
        return false;
    }

    Status stopped;

  private:
    static bool add(zip_t* archive, const File& file, bool is_stored) {
        zip_source_t* source =
            zip_source_buffer(archive, file.content.data(), file.content.size(), 0);
        if (source == nullptr) return false;
        const auto number =
            zip_file_add(archive, std::string(file.path).c_str(), source, ZIP_FL_ENC_UTF_8);
        if (number < 0) {
            zip_source_free(source);
            return false;
        }
        const auto index = static_cast<zip_uint64_t>(number);
        const bool is_plain = is_stored || file.content.empty() || is_compressed(file.path);
        return zip_set_file_compression(archive, index, is_plain ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
                                        is_plain ? 0 : deflate_level) == 0 &&
               zip_file_set_dostime(archive, index, time_midnight, date_1980_01_01, 0) == 0 &&
               zip_file_set_external_attributes(archive, index, 0, ZIP_OPSYS_UNIX,
                                                mode_of_files << 16) == 0;
    }

    static void on_progress(zip_t*, double part, void* self) {
        auto& writer = *static_cast<ArchiveWriter*>(self);
        const auto count = writer.files_.size();
        if (writer.stopped)
            writer.stopped = writer.progress_.report(
                static_cast<std::uint64_t>(part * static_cast<double>(count)), count,
                "Compressing");
    }
    static int on_cancel(zip_t*, void* self) {
        return static_cast<ArchiveWriter*>(self)->stopped ? 0 : 1;
    }

    const std::vector<File>& files_;
    const Progress& progress_;
};

// The files that compress so well that a reader would take them for a bomb.
std::set<std::size_t> suspicious_files(const std::string& path, const Limits& limits) {
    std::set<std::size_t> numbers;
    std::ifstream stream(path, std::ios::binary);
    sz::plugin::Findings nobody(nullptr);
    Faults faults(nobody, path);
    const auto entries = read_zip_directory(stream, fs::file_size(path), limits, faults);
    for (std::size_t i = 0; entries && i < entries->size(); ++i) {
        const auto& entry = (*entries)[i];
        if (entry.size > limits.ratio_free_bytes && entry.size > limits.ratio * entry.compressed)
            numbers.insert(i);
    }
    return numbers;
}

}  // namespace

Status write_archive(const PackReader& in, const std::string& path, const Limits& limits,
                     const Progress& progress, Faults& faults) {
    std::vector<File> files;
    if (auto collected = collect(in, limits, faults, files); !collected) return collected;
    ArchiveWriter writer(files, progress);
    bool is_written = writer.write(path, {});
    if (is_written) {
        const auto stored = suspicious_files(path, limits);
        if (!stored.empty()) is_written = writer.write(path, stored);
    }
    std::error_code failed;
    const auto bytes = is_written ? fs::file_size(path, failed) : 0;
    if (is_written && !failed && bytes <= limits.archive_bytes) return {};
    fs::remove(path, failed);
    if (!writer.stopped) return writer.stopped;
    if (is_written) {
        faults.limit("SZ-SZP-004", "",
                     "The archive would be larger than " + size_words(limits.archive_bytes) + ".",
                     "Divide the pack into several.");
    } else {
        cannot_write(faults);
    }
    return faults.status();
}

Status write_folder(const PackReader& in, const std::string& path, const Limits& limits,
                    const Progress& progress, Faults& faults) {
    std::vector<File> files;
    if (auto collected = collect(in, limits, faults, files); !collected) return collected;
    const fs::path folder(path);
    std::error_code failed;
    bool is_good = fs::create_directory(folder, failed) && !failed;
    const bool is_ours = is_good;
    Status stopped;
    for (std::size_t i = 0; is_good && i < files.size(); ++i) {
        if (stopped = progress.report(i, files.size(), files[i].path); !stopped) break;
        const auto target = folder / std::u8string(files[i].path.begin(), files[i].path.end());
        fs::create_directories(target.parent_path(), failed);
        std::ofstream stream(target, std::ios::binary);
        stream.write(files[i].content.data(),
                     static_cast<std::streamsize>(files[i].content.size()));
        stream.close();
        is_good = !failed && stream.good();
    }
    if (is_good && stopped) return {};
    if (is_ours) fs::remove_all(folder, failed);
    if (stopped) cannot_write(faults);
    return stopped ? faults.status() : stopped;
}

}  // namespace szp
