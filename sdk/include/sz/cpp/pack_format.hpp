// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack format as a C++ class. The words and contracts stand in ext/pack_format.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "../ext/pack_format.h"
#include "border.hpp"

namespace sz::plugin {

// Takes the files that a format reads.
class PackWriter {
  public:
    explicit PackWriter(const sz_pack_writer& table) noexcept : table_(table) {}
    [[nodiscard]] Status begin() const { return status_of(table_.begin(table_.self)); }
    [[nodiscard]] Status put(std::string_view path, std::string_view content) const {
        return status_of(table_.put(table_.self, str(path), bytes(content)));
    }
    [[nodiscard]] Status account(std::string_view json) const {
        return status_of(table_.account(table_.self, str(json)));
    }

  private:
    const sz_pack_writer& table_;
};

// Gives the files that a format writes, in byte order of their paths.
class PackReader {
  public:
    struct File {
        std::string_view path;     // borrowed until the call returns
        std::string_view content;  // the same
    };
    explicit PackReader(const sz_pack_reader& table) noexcept : table_(table) {}
    [[nodiscard]] std::uint32_t count() const noexcept { return table_.count; }
    [[nodiscard]] Result<File> get(std::uint32_t index) const {
        sz_str path{};
        sz_bytes content{};
        const sz_status status = table_.get(table_.self, index, &path, &content);
        if (status != SZ_OK) return fault(status);
        return File{view(path), chars(content)};
    }

  private:
    const sz_pack_reader& table_;
};

class Progress {
  public:
    explicit Progress(const sz_progress* table) noexcept : table_(table) {}
    // An error says that the caller wants to stop: return it. Call it at least every 100 ms of
    // work.
    [[nodiscard]] Status report(std::uint64_t done, std::uint64_t total,
                                std::string_view what) const {
        if (table_ == nullptr || table_->report == nullptr) return {};
        return status_of(table_->report(table_->self, done, total, str(what)));
    }

  private:
    const sz_progress* table_;
};

class PackFormat {
  public:
    struct Info {
        const char* name;        // "szp"; all text is static
        const char* title;       // "SessionZero datapack"
        const char* extensions;  // ".szp .szpack"; "" for folders only
        std::uint32_t flags;     // SZ_PACK_FORMAT_…
    };
    explicit PackFormat(const Info& info) noexcept
        : table_{sizeof(sz_pack_format),
                 info.flags,
                 info.name,
                 info.title,
                 info.extensions,
                 this,
                 c_probe,
                 c_read,
                 (info.flags & SZ_PACK_FORMAT_WRITES) != 0 ? c_write : nullptr} {}
    virtual ~PackFormat() = default;
    PackFormat(const PackFormat&) = delete;
    PackFormat& operator=(const PackFormat&) = delete;

    // As in sz_pack_format. [worker-thread]
    [[nodiscard]] virtual int probe(std::string_view path) const = 0;  // 0 … 100
    [[nodiscard]] virtual Status read(std::string_view path, std::string_view options,
                                      const PackWriter& out, const Progress& progress,
                                      Findings& findings) const = 0;
    [[nodiscard]] virtual Status write(const PackReader&, std::string_view, std::string_view,
                                       const Progress&, Findings&) const {
        return fault(SZ_ERR_UNSUPPORTED);
    }

    [[nodiscard]] const sz_pack_format* table() const noexcept { return &table_; }

  private:
    static std::int32_t c_probe(const void* self, sz_str path) noexcept {
        std::int32_t sure = 0;
        guard_void([&] { sure = static_cast<const PackFormat*>(self)->probe(view(path)); });
        return sure;
    }
    static sz_status c_read(const void* self, sz_str path, sz_str options,
                            const sz_pack_writer* out, const sz_progress* progress,
                            const sz_findings* findings) noexcept {
        return guard(findings, [&] {
            Findings reporter(findings);
            Status status = static_cast<const PackFormat*>(self)->read(
                view(path), view(options), PackWriter(*out), Progress(progress), reporter);
            return status ? reporter.status() : status;
        });
    }
    static sz_status c_write(const void* self, const sz_pack_reader* in, sz_str path,
                             sz_str options, const sz_progress* progress,
                             const sz_findings* findings) noexcept {
        return guard(findings, [&] {
            Findings reporter(findings);
            Status status = static_cast<const PackFormat*>(self)->write(
                PackReader(*in), view(path), view(options), Progress(progress), reporter);
            return status ? reporter.status() : status;
        });
    }

    sz_pack_format table_;
};

}  // namespace sz::plugin
