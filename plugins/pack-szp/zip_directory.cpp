// SPDX-License-Identifier: AGPL-3.0-or-later
#include "zip_directory.hpp"

#include <algorithm>
#include <istream>

namespace szp {

namespace {

constexpr std::size_t end_bytes = 22;
constexpr std::size_t central_bytes = 46;
constexpr std::size_t local_bytes = 30;
constexpr std::uint64_t comment_bytes_max = 65'535;
constexpr std::uint64_t directory_bytes_max = std::uint64_t{32} << 20;

constexpr std::uint16_t flag_encrypted = 1;
constexpr std::uint16_t flag_descriptor = 8;  // sizes and checksum follow the content
constexpr std::uint16_t flags_of_encryption = 0x0001 | 0x0040 | 0x2000;

const char* const pack_again =
    "Make the archive again from the pack's folder: szctl pack build DIR -o FILE.";

std::uint64_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i > 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
    return value;
}
std::uint16_t number2(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint16_t>(number(bytes, at, 2));
}
std::uint32_t number4(std::string_view bytes, std::size_t at) {
    return static_cast<std::uint32_t>(number(bytes, at, 4));
}

class DirectoryReader {
  public:
    DirectoryReader(std::istream& archive, std::uint64_t archive_bytes, const Limits& limits,
                    Faults& faults)
        : archive_(archive), archive_bytes_(archive_bytes), limits_(limits), faults_(faults) {}

    std::optional<std::vector<ZipEntry>> read() {
        if (!find_end() || !read_central()) return std::nullopt;
        for (auto& entry : entries_) check_entry(entry);
        check_sizes();
        check_local_headers();
        return std::move(entries_);
    }

  private:
    // The bytes, or fewer when the archive ends before.
    std::string bytes(std::uint64_t at, std::uint64_t count) {
        std::string text(static_cast<std::size_t>(
                             std::min(count, archive_bytes_ - std::min(at, archive_bytes_))),
                         '\0');
        archive_.clear();
        archive_.seekg(static_cast<std::streamoff>(at));
        archive_.read(text.data(), static_cast<std::streamsize>(text.size()));
        text.resize(static_cast<std::size_t>(std::max<std::streamsize>(archive_.gcount(), 0)));
        return text;
    }

    bool damaged(std::string_view file, std::string message) {
        faults_.error("SZ-SZP-003", file, std::move(message),
                      std::string("Get the archive again. ") + pack_again);
        return false;
    }

    // The end record stands at the very end, behind it only its comment. Exactly one place must
    // look like that.
    bool find_end() {
        const auto tail_bytes =
            std::min<std::uint64_t>(archive_bytes_, end_bytes + comment_bytes_max);
        const auto tail = bytes(archive_bytes_ - tail_bytes, tail_bytes);
        std::size_t fitting = 0;
        bool has_any = false;
        std::size_t end = 0;
        for (auto at = tail.find("PK\5\6"); at != std::string::npos;
             at = tail.find("PK\5\6", at + 1)) {
            has_any = true;
            if (at + end_bytes > tail.size() ||
                at + end_bytes + number2(tail, at + 20) != tail.size())
                continue;
            ++fitting;
            end = at;
        }
        if (fitting == 1)
            return read_end(std::string_view(tail).substr(end, end_bytes),
                            archive_bytes_ - tail.size() + end);
        if (fitting > 1)
            return damaged("",
                           "The archive has two ends, so two programs would read it differently.");
        if (has_any) {
            faults_.error("SZ-SZP-023", "",
                          "Bytes that do not belong to the archive stand behind its end.",
                          pack_again);
        } else if (tail.substr(0, 2) == "PK" || bytes(0, 4) == "PK\3\4") {
            damaged("", "The archive is cut off: its end is missing.");
        } else {
            faults_.error("SZ-SZP-002", "", "The file is not a ZIP archive, so it is no pack.",
                          "Choose a .szp file, or a pack's folder.");
        }
        return false;
    }

    bool read_end(std::string_view end, std::uint64_t at) {
        count_ = number2(end, 10);
        const auto directory_size = number4(end, 12);
        directory_at_ = number4(end, 16);
        if (count_ == 0xFFFF || directory_size == 0xFFFFFFFF || directory_at_ == 0xFFFFFFFF) {
            faults_.error("SZ-SZP-020", "", "The archive uses ZIP64, which packs do not need.",
                          pack_again);
            return false;
        }
        if (number2(end, 4) != 0 || number2(end, 6) != 0 || number2(end, 8) != count_) {
            faults_.error("SZ-SZP-020", "", "The archive is one part of several.", pack_again);
            return false;
        }
        if (count_ > limits_.files) {
            faults_.limit("SZ-SZP-005", "",
                          "The archive has more than " + std::to_string(limits_.files) + " files.",
                          "Divide the pack into several.");
            return false;
        }
        if (std::uint64_t{directory_at_} + directory_size != at ||
            directory_size > directory_bytes_max)
            return damaged("", "The archive's directory is not where its end says.");
        directory_ = bytes(directory_at_, directory_size);
        return directory_.size() == directory_size ||
               damaged("", "The archive's directory cannot be read.");
    }

    bool read_central() {
        std::string_view rest = directory_;
        for (std::size_t i = 0; i < count_; ++i) {
            if (rest.size() < central_bytes || rest.substr(0, 4) != "PK\1\2")
                return damaged("", "The archive's directory ends after " + std::to_string(i) +
                                       " of " + std::to_string(count_) + " files.");
            const std::size_t name = number2(rest, 28);
            const std::size_t all = central_bytes + name + number2(rest, 30) + number2(rest, 32);
            if (rest.size() < all) return damaged("", "The archive's directory is cut off.");
            ZipEntry entry;
            entry.name = std::string(rest.substr(central_bytes, name));
            entry.flags = number2(rest, 8);
            entry.method = number2(rest, 10);
            entry.crc = number4(rest, 16);
            entry.compressed = number4(rest, 20);
            entry.size = number4(rest, 24);
            entry.attributes = number4(rest, 38);
            entry.offset = number4(rest, 42);
            if (number2(rest, 34) != 0)
                return damaged(entry.name, "A file of the archive stands in another archive.");
            entries_.push_back(std::move(entry));
            rest.remove_prefix(all);
        }
        return rest.empty() ||
               damaged("", "Bytes that do not belong to a file stand in the archive's directory.");
    }

    // What one line of the directory says, before anything else is looked at.
    void check_entry(const ZipEntry& entry) {
        constexpr std::uint32_t kind_mask = 0170000;
        constexpr std::uint32_t regular = 0100000;
        constexpr std::uint32_t folder = 0040000;
        const bool is_folder = !entry.name.empty() && entry.name.back() == '/';
        const auto kind = (entry.attributes >> 16) & kind_mask;
        if ((entry.flags & flags_of_encryption) != 0) {
            faults_.error("SZ-SZP-019", entry.name,
                          "The file " + quote(entry.name) + " is encrypted.",
                          "Pack it without a password.");
        } else if (entry.method != zip_stored && entry.method != zip_deflated) {
            faults_.error(
                "SZ-SZP-020", entry.name,
                "The file " + quote(entry.name) + " is compressed in a way that packs do not use.",
                pack_again);
        }
        if (kind != 0 && kind != (is_folder ? folder : regular)) {
            faults_.error("SZ-SZP-016", entry.name,
                          quote(entry.name) + " is a link or a device, not a file.",
                          "Put the file itself in its place.");
        }
        if (is_folder && entry.size != 0)
            damaged(entry.name, "The folder " + quote(entry.name) + " has content of its own.");
        if (entry.size > limits_.file_bytes) {
            faults_.limit("SZ-SZP-006", entry.name,
                          "The file " + quote(entry.name) + " is larger than " +
                              size_words(limits_.file_bytes) + ".",
                          "Make it smaller, or divide it.");
        }
        const bool is_bomb =
            entry.size > limits_.ratio_free_bytes && entry.size > limits_.ratio * entry.compressed;
        if (is_bomb) {
            faults_.limit("SZ-SZP-008", entry.name,
                          "The file " + quote(entry.name) + " unpacks to more than " +
                              std::to_string(limits_.ratio) + " times its size.",
                          "If it is meant to be so, store it without compression.");
        }
        if (entry.method == zip_stored && entry.size != entry.compressed &&
            (entry.flags & flag_encrypted) == 0)
            damaged(entry.name, "The file " + quote(entry.name) + " has two sizes.");
    }

    void check_sizes() {
        std::uint64_t total = 0;
        for (const auto& entry : entries_) total += entry.size;
        if (total > limits_.total_bytes) {
            faults_.limit(
                "SZ-SZP-007", "",
                "The archive unpacks to more than " + size_words(limits_.total_bytes) + ".",
                "Divide the pack into several.");
        }
    }

    // Each file is described a second time before its content. Both must agree, and the files fill
    // the archive without gaps: then every program reads the same archive.
    void check_local_headers() {
        std::vector<const ZipEntry*> in_order;
        for (const auto& entry : entries_) in_order.push_back(&entry);
        std::sort(in_order.begin(), in_order.end(),
                  [](const auto* a, const auto* b) { return a->offset < b->offset; });
        std::uint64_t behind = 0;      // where the file before ends
        std::uint64_t behind_max = 0;  // the same with the longest description that may follow it
        for (const auto* entry : in_order) {
            if (entry->offset < behind) {
                faults_.error("SZ-SZP-021", entry->name,
                              "The file " + quote(entry->name) + " shares its bytes with another.",
                              pack_again);
            } else if (entry->offset > behind_max) {
                faults_.error(
                    "SZ-SZP-023", entry->name,
                    "Bytes that belong to no file stand before " + quote(entry->name) + ".",
                    pack_again);
            }
            const auto end = check_local_header(*entry);
            if (end == 0) return;
            behind = std::max(behind, end);
            behind_max =
                std::max(behind_max, end + ((entry->flags & flag_descriptor) != 0 ? 16 : 0));
        }
        if (behind > directory_at_) {
            damaged("", "The archive's files reach into its directory.");
        } else if (behind_max < directory_at_) {
            faults_.error("SZ-SZP-023", "",
                          "Bytes that belong to no file stand before the archive's directory.",
                          pack_again);
        }
    }

    // Where the file's content ends; 0 when that cannot be known.
    std::uint64_t check_local_header(const ZipEntry& entry) {
        const auto header = bytes(entry.offset, local_bytes + entry.name.size());
        if (header.size() < local_bytes + entry.name.size() ||
            header.compare(0, 4, "PK\3\4") != 0) {
            damaged(entry.name,
                    "The content of " + quote(entry.name) + " is not where the directory says.");
            return 0;
        }
        const bool has_descriptor = (entry.flags & flag_descriptor) != 0;
        const bool is_same_name = number2(header, 26) == entry.name.size() &&
                                  header.compare(local_bytes, entry.name.size(), entry.name) == 0;
        const auto is_size = [&](std::size_t at, std::uint64_t wanted) {
            const std::uint64_t given = number4(header, at);
            return given == wanted || (has_descriptor && given == 0);
        };
        if (!is_same_name || number2(header, 6) != entry.flags ||
            number2(header, 8) != entry.method || !is_size(14, entry.crc) ||
            !is_size(18, entry.compressed) || !is_size(22, entry.size)) {
            faults_.error("SZ-SZP-022", entry.name,
                          "The archive describes " + quote(entry.name) + " twice, and differently.",
                          pack_again);
        }
        return entry.offset + local_bytes + number2(header, 26) + number2(header, 28) +
               entry.compressed;
    }

    std::istream& archive_;
    std::uint64_t archive_bytes_;
    const Limits& limits_;
    Faults& faults_;
    std::size_t count_ = 0;
    std::uint32_t directory_at_ = 0;
    std::string directory_;
    std::vector<ZipEntry> entries_;
};

}  // namespace

std::optional<std::vector<ZipEntry>> read_zip_directory(std::istream& archive,
                                                        std::uint64_t archive_bytes,
                                                        const Limits& limits, Faults& faults) {
    auto entries = DirectoryReader(archive, archive_bytes, limits, faults).read();
    if (!entries) return entries;
    for (auto& entry : *entries) {
        entry.is_folder = !entry.name.empty() && entry.name.back() == '/';
        if (entry.is_folder) entry.name.pop_back();
    }
    return entries;
}

}  // namespace szp
