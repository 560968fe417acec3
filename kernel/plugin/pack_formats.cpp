// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/pack_formats.hpp"

#include <algorithm>
#include <sstream>

#include "kernel/base/ids.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/pack_collector.hpp"

namespace sz {

namespace {

Error broken_table(const std::string& plugin, const std::string& what) {
    return {ErrorKind::input, "SZ-PLUGIN-036", "Its pack formats are broken: " + what,
            "Ask its author for a newer version.", plugin};
}

std::vector<std::string> words(const char* text) {
    std::vector<std::string> found;
    std::istringstream stream(text == nullptr ? "" : text);
    for (std::string word; stream >> word;) found.push_back(word);
    return found;
}

struct Progress {
    const ProgressFn& fn;
    OwnThread thread{};
    sz_progress table{sizeof(sz_progress), 0, this, report};

    static sz_status report(void* self, std::uint64_t done, std::uint64_t total,
                            sz_str what) noexcept {
        const auto& progress = *static_cast<Progress*>(self);
        if (!is_allowed(progress.thread.is_current(), {}, "sz_progress.report"))
            return SZ_ERR_INTERNAL;
        try {
            const bool goes_on =
                !progress.fn ||
                progress.fn(done, total, clean_text(view(what), limits::name_bytes_max));
            return goes_on ? SZ_OK : SZ_ERR_CANCELLED;
        } catch (...) {
            return SZ_ERR_INTERNAL;
        }
    }
};

// Gives files to a format that writes.
struct Reader {
    const PackFiles& files;
    OwnThread thread{};
    sz_pack_reader table{sizeof(sz_pack_reader), static_cast<std::uint32_t>(files.size()), this,
                         get};

    static sz_status get(void* self, std::uint32_t index, sz_str* out_path,
                         sz_bytes* out_content) noexcept {
        const auto& reader = *static_cast<Reader*>(self);
        if (!is_allowed(reader.thread.is_current(), {}, "sz_pack_reader.get"))
            return SZ_ERR_INTERNAL;
        if (index >= reader.files.size()) return SZ_ERR_NOT_FOUND;
        *out_path = str(reader.files[index].path);
        *out_content = abi_bytes(reader.files[index].content);
        return SZ_OK;
    }
};

// What a format's call came to. Findings with an error, and a status other than SZ_OK, both mean
// failure.
Status outcome(sz_status status, const FindingSink& sink, Findings& findings,
               const std::string& plugin, const std::string& path, const char* what) {
    if (status == SZ_OK && sink.error() == nullptr) return {};
    if (status == SZ_ERR_CANCELLED)
        return fail(ErrorKind::cancelled, "SZ-PACK-007", std::string(what) + " was cancelled.", {},
                    path);
    Error otherwise{ErrorKind::input, "SZ-PACK-006", std::string(what) + " did not work.",
                    "The log may say more.", path};
    if (status == SZ_ERR_INTERNAL)
        otherwise = misbehaved(plugin, std::string(what) + " failed inside.");
    Error error = error_of(status == SZ_OK ? SZ_ERR_INVALID : status, sink, std::move(otherwise));
    if (sink.error() == nullptr)
        findings.push_back(
            {error.code, Severity::error, path, {}, 0, 0, error.message, error.hint});
    return fail(std::move(error));
}

}  // namespace

Status PluginPackFormats::add(const std::string& plugin, const sz_pack_formats* table) {
    if (table->size < SZ_PACK_FORMATS_SIZE_1 || (table->count > 0 && table->items == nullptr) ||
        table->count > 100)
        return fail(broken_table(plugin, "the list."));
    std::vector<Format> added;
    for (std::uint32_t i = 0; i < table->count; ++i) {
        const sz_pack_format* format = table->items[i];
        if (format == nullptr || format->size < SZ_PACK_FORMAT_SIZE_1 || format->name == nullptr)
            return fail(broken_table(plugin, "item " + std::to_string(i) + "."));
        const std::string name = format->name;
        if (!is_object_id(name))
            return fail(broken_table(
                plugin, "“" + clean_text(name, limits::id_bytes_max) + "” is no name for one."));
        const bool reads = (format->flags & SZ_PACK_FORMAT_READS) != 0;
        const bool writes = (format->flags & SZ_PACK_FORMAT_WRITES) != 0;
        if (format->probe == nullptr || (reads && format->read == nullptr) ||
            (writes && format->write == nullptr))
            return fail(broken_table(plugin, "a function of “" + name + "” is missing."));
        const auto has_name = [&](const Format& other) { return name == other.table->name; };
        if (std::any_of(formats_.begin(), formats_.end(), has_name) ||
            std::any_of(added.begin(), added.end(), has_name))
            return fail(broken_table(plugin, "“" + name + "” is offered already."));
        added.push_back({format, plugin, std::make_unique<std::mutex>()});
    }
    std::move(added.begin(), added.end(), std::back_inserter(formats_));
    return {};
}

void PluginPackFormats::remove(const std::string& plugin) {
    std::erase_if(formats_, [&](const Format& format) { return format.plugin == plugin; });
}

std::vector<PackFormatInfo> PluginPackFormats::list() const {
    std::vector<PackFormatInfo> all;
    for (const Format& format : formats_) {
        const auto has = [&](std::uint32_t flag) { return (format.table->flags & flag) != 0; };
        all.push_back(
            {format.table->name,
             clean_text(format.table->title == nullptr ? format.table->name : format.table->title),
             format.plugin, words(format.table->extensions), has(SZ_PACK_FORMAT_READS),
             has(SZ_PACK_FORMAT_WRITES), has(SZ_PACK_FORMAT_FOREIGN)});
    }
    return all;
}

Result<const PluginPackFormats::Format*> PluginPackFormats::find(std::string_view name) const {
    const auto found = std::find_if(formats_.begin(), formats_.end(), [&](const Format& format) {
        return name == format.table->name;
    });
    if (found != formats_.end()) return &*found;
    std::string known;
    for (const Format& format : formats_)
        known += (known.empty() ? "" : ", ") + std::string(format.table->name);
    return fail(ErrorKind::usage, "SZ-PACK-002",
                "There is no pack format “" + std::string(name) + "”.",
                known.empty() ? "No plugin with a pack format is running; see “szctl plugin list”."
                              : "There are: " + known + ".",
                std::string(name));
}

Result<std::string> PluginPackFormats::probe(const std::string& path) const {
    std::int32_t surest = 0;
    const Format* best = nullptr;
    std::string readable;
    for (const Format& format : formats_) {
        if ((format.table->flags & SZ_PACK_FORMAT_READS) == 0) continue;
        readable += (readable.empty() ? "" : ", ") + std::string(format.table->name);
        std::int32_t sure = 0;
        const std::lock_guard one_at_a_time(*format.busy);
        (void)call_plugin(is_worker(), format.plugin, "pack.probe", [&] {
            return sure = format.table->probe(format.table->self, str(path)), SZ_OK;
        });
        if (sure <= surest) continue;
        surest = sure;
        best = &format;
    }
    if (best != nullptr) return std::string(best->table->name);
    return fail(ErrorKind::input, "SZ-PACK-001", "Nothing here can read this as a pack.",
                readable.empty()
                    ? "No plugin with a pack format is running; see “szctl plugin list”."
                    : "These formats can be read: " + readable + ".",
                path);
}

Result<ReadPacks> PluginPackFormats::read(std::string_view format, const std::string& path,
                                          const Json& options, const ProgressFn& progress,
                                          Findings& findings) const {
    SZ_ASSIGN(const Format* const found, find(format));
    if ((found->table->flags & SZ_PACK_FORMAT_READS) == 0)
        return fail(ErrorKind::unsupported, "SZ-PACK-002",
                    "The format “" + std::string(format) + "” is for writing only.");
    FindingSink sink(findings);
    PackCollector collector(findings);
    Progress reporter{progress};
    const std::string option_text = options.is_object() ? options.dump() : "{}";
    sz_status status = SZ_OK;
    {
        const std::lock_guard one_at_a_time(*found->busy);
        status = call_plugin(is_worker(), found->plugin, "pack.read", [&] {
            return found->table->read(found->table->self, str(path), str(option_text),
                                      collector.table(), &reporter.table, sink.table());
        });
    }
    if (collector.status() != SZ_OK && status == SZ_OK)
        status = collector.status();  // it went on although put was refused
    SZ_TRY(outcome(status, sink, findings, found->plugin, path, "Reading"));
    ReadPacks packs = collector.take();
    if (packs.packs.empty()) {
        const Error nothing =
            misbehaved(found->plugin, "it read no pack and said that all is well.");
        findings.push_back(
            {nothing.code, Severity::error, path, {}, 0, 0, nothing.message, nothing.hint});
        return fail(nothing);
    }
    return packs;
}

Status PluginPackFormats::write(std::string_view format, const PackFiles& files,
                                const std::string& path, const ProgressFn& progress,
                                Findings& findings) const {
    SZ_ASSIGN(const Format* const found, find(format));
    if ((found->table->flags & SZ_PACK_FORMAT_WRITES) == 0)
        return fail(ErrorKind::unsupported, "SZ-PACK-002",
                    "The format “" + std::string(format) + "” is for reading only.");
    FindingSink sink(findings);
    Progress reporter{progress};
    Reader reader{files};
    const std::lock_guard one_at_a_time(*found->busy);
    const sz_status status = call_plugin(is_worker(), found->plugin, "pack.write", [&] {
        return found->table->write(found->table->self, &reader.table, str(path), str("{}"),
                                   &reporter.table, sink.table());
    });
    return outcome(status, sink, findings, found->plugin, path, "Writing");
}

}  // namespace sz
