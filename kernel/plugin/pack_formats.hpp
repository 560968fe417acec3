// SPDX-License-Identifier: AGPL-3.0-or-later
// The pack formats of all plugins behind one face.
#pragma once

#include <sz/ext/pack_format.h>

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/threads.hpp"
#include "kernel/plugin/services.hpp"

namespace sz {

// Filled while plugins load, read-only afterwards. A format is called by one worker at a time: each
// has a lock.
class PluginPackFormats final : public PackFormats {
  public:
    // `kernel` outlives it: the thread on which no format is called.
    explicit PluginPackFormats(const KernelThread& kernel) : kernel_(kernel) {}

    // Takes what get_extension(SZ_PACK_FORMATS_ID) gave. SZ-PLUGIN-036.
    [[nodiscard]] Status add(const std::string& plugin, const sz_pack_formats* table);
    void remove(const std::string& plugin);  // while no format is busy: plugins load or end

    [[nodiscard]] std::vector<PackFormatInfo> list() const override;
    [[nodiscard]] Result<std::string> probe(const std::string& path) const override;
    [[nodiscard]] Result<ReadPacks> read(std::string_view format, const std::string& path,
                                         const Json& options, const ProgressFn& progress,
                                         Findings& findings) const override;
    [[nodiscard]] Status write(std::string_view format, const PackFiles& files,
                               const std::string& path, const ProgressFn& progress,
                               Findings& findings) const override;

  private:
    struct Format {
        const sz_pack_format* table;
        std::string plugin;
        std::unique_ptr<std::mutex> busy;
    };
    [[nodiscard]] Result<const Format*> find(std::string_view name) const;

    [[nodiscard]] bool is_worker() const noexcept { return !kernel_.is_current(); }

    const KernelThread& kernel_;
    std::vector<Format> formats_;
};

}  // namespace sz
