// SPDX-License-Identifier: AGPL-3.0-or-later
// The plugin itself. Three lines for the usual case:
//
//     class Mood : public sz::plugin::JsonFieldType { … };
//     SZ_PLUGIN("org.example.mood", sz::plugin::Offer<Mood>)
//
// Offer<A, B, …> makes one of each when the plugin starts, from `const Host&` if they can be made
// so. A plugin that wants more derives from Plugin, overrides init, and calls offer() there.
#pragma once

#include <exception>
#include <memory>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "../entry.h"
#include "field_type.hpp"
#include "host.hpp"
#include "identity.hpp"
#include "pack_format.hpp"
#include "panel.hpp"
#include "port_mapper.hpp"
#include "transport.hpp"

namespace sz::plugin {

class Plugin {
  public:
    Plugin() = default;
    virtual ~Plugin() = default;
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    // Called once. A Fault's message is shown to the person. [kernel-thread]
    [[nodiscard]] virtual Status init(const Host&) { return {}; }

    [[nodiscard]] const void* extension(std::string_view id) {
        if (id == SZ_FIELD_TYPES_ID && !fields_.empty()) return list(field_table_, fields_);
        if (id == SZ_PACK_FORMATS_ID && !formats_.empty()) return list(format_table_, formats_);
        if (id == SZ_PANELS_ID && !panels_.empty()) return list(panel_table_, panels_);
        if (id == SZ_TRANSPORTS_ID && !transports_.empty())
            return list(transport_table_, transports_);
        for (const auto& [offered, table] : others_)
            if (offered == id) return table;
        return nullptr;
    }

  protected:
    // What is offered lives as long as the plugin. Only before init has returned.
    void offer(const FieldType& type) { fields_.push_back(type.table()); }
    void offer(const PackFormat& format) { formats_.push_back(format.table()); }
    void offer(const PanelType& panel) { panels_.push_back(panel.table()); }
    void offer(const Transport& transport) { transports_.push_back(transport.table()); }
    void offer(const PortMapper& mapper) { offer(SZ_PORT_MAPPER_ID, mapper.table()); }
    void offer(const IdentityStore& store) { offer(SZ_IDENTITY_ID, store.table()); }
    void offer(const char* id, const void* table) { others_.emplace_back(id, table); }

  private:
    template <class Table, class Item>
    static const void* list(Table& table, const std::vector<const Item*>& items) noexcept {
        table = {sizeof(Table), static_cast<std::uint32_t>(items.size()), items.data()};
        return &table;
    }

    std::vector<const sz_field_type*> fields_;
    std::vector<const sz_pack_format*> formats_;
    std::vector<const sz_panel*> panels_;
    std::vector<const sz_transport*> transports_;
    std::vector<std::pair<std::string_view, const void*>> others_;
    sz_field_types field_table_{};
    sz_pack_formats format_table_{};
    sz_panels panel_table_{};
    sz_transports transport_table_{};
};

template <class... Offered>
class Offer final : public Plugin {
  public:
    [[nodiscard]] Status init(const Host& host) override {
        (add<Offered>(host), ...);
        return {};
    }

  private:
    template <class One>
    void add(const Host& host) {
        auto& made = std::get<std::unique_ptr<One>>(offered_);
        if constexpr (std::is_constructible_v<One, const Host&>)
            made = std::make_unique<One>(host);
        else
            made = std::make_unique<One>();
        offer(*made);
    }
    std::tuple<std::unique_ptr<Offered>...> offered_;
};

namespace detail {

template <class Kind>
struct SZ_HIDDEN Entry {
    static std::unique_ptr<Plugin>& instance() noexcept {
        static std::unique_ptr<Plugin> plugin;
        return plugin;
    }
    static sz_status init(const sz_host* host, sz_sink error) noexcept {
        host_slot() = host;
        const sz_status status = guard(nullptr, [&]() -> Status {
            auto plugin = std::make_unique<Kind>();
            const Status begun = plugin->init(Host(*host));
            if (!begun) {
                (void)write(error, begun.error().message);
                return begun;
            }
            instance() = std::move(plugin);
            return {};
        });
        if (status != SZ_OK) host_slot() = nullptr;
        return status;
    }
    static void deinit() noexcept {
        guard_void([] { instance().reset(); });
        host_slot() = nullptr;
    }
    static const void* get_extension(const char* id) noexcept {
        return instance() == nullptr || id == nullptr ? nullptr : instance()->extension(id);
    }
    static constexpr sz_plugin_entry_v1 table(const char* id) noexcept {
        return {sizeof(sz_plugin_entry_v1),
                SZ_ABI_MAJOR,
                SZ_ABI_MINOR,
                0,
                id,
                init,
                deinit,
                get_extension};
    }
};

}  // namespace detail

}  // namespace sz::plugin

// Once in a plugin, outside of every namespace. The class comes last since its name may contain
// commas.
#define SZ_PLUGIN(id, ...)                               \
    SZ_EXPORT const sz_plugin_entry_v1 sz_plugin_entry;  \
    constinit const sz_plugin_entry_v1 sz_plugin_entry = \
        ::sz::plugin::detail::Entry<__VA_ARGS__>::table(id)
