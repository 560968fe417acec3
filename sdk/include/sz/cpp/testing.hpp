// SPDX-License-Identifier: AGPL-3.0-or-later
// For the tests of plugins: opens a plugin's library and starts it with a host that has a data
// folder and a silent log. POSIX only. What goes wrong is thrown as std::runtime_error, which fails
// the test.
#pragma once

#include <dlfcn.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../entry.h"
#include "../ext/field_type.h"
#include "border.hpp"

namespace sz::plugin::testing {

// Findings that a call reported, as owned text.
class FindingList {
  public:
    struct Item {
        std::uint32_t severity;
        std::string code, file, pointer, message, hint;
    };
    std::vector<Item> items;

    [[nodiscard]] const sz_findings* table() const noexcept { return &table_; }
    FindingList() = default;
    FindingList(const FindingList&) = delete;
    FindingList& operator=(const FindingList&) = delete;

  private:
    static void report(void* self, const sz_finding* f) {
        static_cast<FindingList*>(self)->items.push_back(
            {f->severity, std::string(view(f->code)), std::string(view(f->file)),
             std::string(view(f->pointer)), std::string(view(f->message)),
             std::string(view(f->hint))});
    }
    sz_findings table_{sizeof(sz_findings), 0, this, report};
};

class LoadedPlugin {
  public:
    // `data_dir` exists; it is what the plugin gets as its own folder.
    LoadedPlugin(const std::string& library, std::string data_dir)
        : data_dir_(std::move(data_dir)) {
        void* handle =
            ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);  // stays open, as in the program
        if (handle == nullptr)
            throw std::runtime_error(std::string("cannot open the plugin: ") + ::dlerror());
        entry_ = static_cast<const sz_plugin_entry_v1*>(::dlsym(handle, SZ_PLUGIN_ENTRY_SYMBOL));
        if (entry_ == nullptr)
            throw std::runtime_error("the library has no " SZ_PLUGIN_ENTRY_SYMBOL);
        TextSink error;
        if (entry_->init(&host_, error.table()) != SZ_OK)
            throw std::runtime_error("init said: " + error.text);
    }
    ~LoadedPlugin() { entry_->deinit(); }
    LoadedPlugin(const LoadedPlugin&) = delete;
    LoadedPlugin& operator=(const LoadedPlugin&) = delete;

    template <class Table>
    [[nodiscard]] const Table& extension(const char* id) const {
        const void* table = entry_->get_extension(id);
        if (table == nullptr)
            throw std::runtime_error(std::string("the plugin has no extension ") + id);
        return *static_cast<const Table*>(table);
    }

  private:
    static const void* service(void*, const char* id) {
        return std::string_view(id) == SZ_LOG_ID ? &silent_log : nullptr;
    }
    static sz_status give_data_dir(void* self, sz_sink out) {
        const std::string& folder = static_cast<LoadedPlugin*>(self)->data_dir_;
        return out.write(out.self, folder.data(), folder.size());
    }
    static inline const sz_log silent_log{sizeof(sz_log), 0, nullptr,
                                          [](void*, std::uint32_t, sz_str) {}};

    std::string data_dir_;
    sz_host host_{sizeof(sz_host), SZ_ABI_MAJOR, SZ_ABI_MINOR, 0, this, "test",
                  "0.0.0",         service,      give_data_dir};
    const sz_plugin_entry_v1* entry_ = nullptr;
};

// The field types of plugins under test, for each other: what the kernel gives them as
// sz_field_host.
class FieldTypeSet {
  public:
    void add(const sz_field_types& types) {
        for (std::uint32_t i = 0; i < types.count; ++i) types_.push_back(types.items[i]);
    }
    // The type that a definition's "type" names, as text: {"type":"Number", …}; or by bare name.
    [[nodiscard]] const sz_field_type* find(std::string_view name) const {
        for (const sz_field_type* type : types_)
            if (name == type->name) return type;
        return nullptr;
    }
    // `type_of` finds "type" in a definition; the test has a JSON library, this header has none.
    using TypeOf = std::string (*)(std::string_view definition);
    explicit FieldTypeSet(TypeOf type_of) : type_of_(type_of) {}
    FieldTypeSet(const FieldTypeSet&) = delete;
    FieldTypeSet& operator=(const FieldTypeSet&) = delete;
    [[nodiscard]] const sz_field_host* host() const noexcept { return &host_; }

  private:
    template <class Fn>
    static sz_status with(void* self, sz_str definition, Fn&& fn) {
        auto& set = *static_cast<FieldTypeSet*>(self);
        const sz_field_type* type = set.find(set.type_of_(view(definition)));
        if (type == nullptr) return SZ_ERR_NOT_FOUND;
        if (set.depth_ == depth_max) return SZ_ERR_LIMIT;
        ++set.depth_;
        const sz_status status = fn(*type, set.host());
        --set.depth_;
        return status;
    }
    static sz_status normalize(void* self, sz_str d, sz_str v, sz_sink out, const sz_findings* f) {
        return with(self, d, [&](const sz_field_type& t, const sz_field_host* h) {
            return t.normalize(t.self, h, d, v, out, f);
        });
    }
    static sz_status apply(void* self, sz_str d, sz_str v, sz_str o, sz_sink out,
                           const sz_findings* f) {
        return with(self, d, [&](const sz_field_type& t, const sz_field_host* h) {
            return t.apply(t.self, h, d, v, o, out, f);
        });
    }
    static sz_status format(void* self, sz_str d, sz_str v, sz_str l, sz_sink out) {
        return with(self, d, [&](const sz_field_type& t, const sz_field_host* h) {
            return t.format(t.self, h, d, v, l, out);
        });
    }
    static sz_status search_text(void* self, sz_str d, sz_str v, sz_sink out) {
        return with(self, d, [&](const sz_field_type& t, const sz_field_host* h) {
            return t.search_text(t.self, h, d, v, out);
        });
    }
    static sz_status references(void* self, sz_str d, sz_str v, sz_sink out) {
        return with(self, d, [&](const sz_field_type& t, const sz_field_host* h) {
            return t.references(t.self, h, d, v, out);
        });
    }

    static constexpr int depth_max = 8;  // as in the program
    int depth_ = 0;
    std::vector<const sz_field_type*> types_;
    TypeOf type_of_;
    sz_field_host host_{sizeof(sz_field_host), 0,         this, normalize, apply, format,
                        search_text,           references};
};

}  // namespace sz::plugin::testing
