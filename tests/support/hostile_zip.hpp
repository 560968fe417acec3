// SPDX-License-Identifier: AGPL-3.0-or-later
// A ZIP archive written byte by byte, so that each field can lie. What is not said otherwise is
// honest.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sz::test {

struct HostileEntry {
    std::string name;
    std::string content;  // as it stands in the archive
    std::uint16_t method = 0;
    std::uint16_t flags = 0;
    std::uint32_t attributes = 0100644U << 16;           // external: a Unix mode in the upper half
    std::uint16_t made_by = 0x0314;                      // Unix
    std::optional<std::uint32_t> size, compressed, crc;  // what both descriptions say
    std::optional<std::string> local_name;               // what the one before the content says
    std::optional<std::uint32_t> local_size, local_compressed, local_crc;
    std::optional<std::uint16_t> local_flags, local_method;
    std::optional<std::uint32_t> offset;  // what the directory says
    std::string extra;                    // of the directory
    std::string gap;                      // bytes before the local description
    bool has_descriptor = false;          // sizes follow the content; zero before it
    bool is_only_listed = false;          // in the directory, but without content
};

inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ (0xEDB88320 & (0U - (crc & 1)));
    }
    return ~crc;
}

class HostileZip {
  public:
    std::string before, behind, comment;
    std::optional<std::uint16_t> count, disk;
    std::optional<std::uint32_t> directory_offset, directory_size;
    std::vector<HostileEntry> entries;

    HostileZip() = default;
    explicit HostileZip(std::vector<HostileEntry> all) : entries(std::move(all)) {}

    [[nodiscard]] std::string bytes() const {
        std::string archive = before;
        std::string directory;
        for (const auto& entry : entries) {
            archive += entry.gap;
            const auto offset = static_cast<std::uint32_t>(archive.size());
            if (!entry.is_only_listed) archive += local(entry);
            directory += central(entry, entry.offset.value_or(offset));
        }
        const auto at = static_cast<std::uint32_t>(archive.size());
        archive += directory + "PK\5\6";
        const auto listed = count.value_or(static_cast<std::uint16_t>(entries.size()));
        put2(archive, disk.value_or(0));
        put2(archive, disk.value_or(0));
        put2(archive, listed);
        put2(archive, listed);
        put4(archive, directory_size.value_or(static_cast<std::uint32_t>(directory.size())));
        put4(archive, directory_offset.value_or(at));
        put2(archive, static_cast<std::uint16_t>(comment.size()));
        return archive + comment + behind;
    }

  private:
    static void put2(std::string& out, std::uint16_t value) {
        out += static_cast<char>(value & 0xFF);
        out += static_cast<char>(value >> 8);
    }
    static void put4(std::string& out, std::uint32_t value) {
        put2(out, static_cast<std::uint16_t>(value & 0xFFFF));
        put2(out, static_cast<std::uint16_t>(value >> 16));
    }
    static std::uint32_t size_of(const HostileEntry& entry) {
        return entry.size.value_or(static_cast<std::uint32_t>(entry.content.size()));
    }
    static std::uint32_t compressed_of(const HostileEntry& entry) {
        return entry.compressed.value_or(static_cast<std::uint32_t>(entry.content.size()));
    }
    static std::uint32_t crc_of(const HostileEntry& entry) {
        return entry.crc.value_or(crc32(entry.content));
    }

    static std::string local(const HostileEntry& entry) {
        const auto name = entry.local_name.value_or(entry.name);
        const auto flags = static_cast<std::uint16_t>(entry.flags | (entry.has_descriptor ? 8 : 0));
        std::string out = "PK\3\4";
        put2(out, 20);
        put2(out, entry.local_flags.value_or(flags));
        put2(out, entry.local_method.value_or(entry.method));
        put4(out, 0x00210000);
        put4(out, entry.has_descriptor ? 0 : entry.local_crc.value_or(crc_of(entry)));
        put4(out, entry.has_descriptor ? 0 : entry.local_compressed.value_or(compressed_of(entry)));
        put4(out, entry.has_descriptor ? 0 : entry.local_size.value_or(size_of(entry)));
        put2(out, static_cast<std::uint16_t>(name.size()));
        put2(out, 0);
        out += name + entry.content;
        if (entry.has_descriptor) {
            out += "PK\7\10";
            put4(out, crc_of(entry));
            put4(out, compressed_of(entry));
            put4(out, size_of(entry));
        }
        return out;
    }

    static std::string central(const HostileEntry& entry, std::uint32_t offset) {
        std::string out = "PK\1\2";
        put2(out, entry.made_by);
        put2(out, 20);
        put2(out, static_cast<std::uint16_t>(entry.flags | (entry.has_descriptor ? 8 : 0)));
        put2(out, entry.method);
        put4(out, 0x00210000);
        put4(out, crc_of(entry));
        put4(out, compressed_of(entry));
        put4(out, size_of(entry));
        put2(out, static_cast<std::uint16_t>(entry.name.size()));
        put2(out, static_cast<std::uint16_t>(entry.extra.size()));
        put2(out, 0);
        put2(out, 0);
        put2(out, 0);
        put4(out, entry.attributes);
        put4(out, offset);
        return out + entry.name + entry.extra;
    }
};

}  // namespace sz::test
