// SPDX-License-Identifier: AGPL-3.0-or-later
// A panel as a C++ class. The words and contracts stand in ext/panel.h. No toolkit header is
// included here: the panel's own source includes its toolkit and passes window pointers as void*.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "../ext/panel.h"
#include "border.hpp"

namespace sz::plugin {

// The shell around a panel. [ui-thread]
class PanelHost {
  public:
    explicit PanelHost(const sz_panel_host& table) noexcept : table_(&table) {}
    [[nodiscard]] const sz_bus* bus() const noexcept { return table_->bus; }
    void open(std::string_view target) const { table_->open(table_->self, str(target)); }
    void status(std::string_view text) const { table_->status(table_->self, str(text)); }
    // The text in the user's language; as it is when there is no translation.
    [[nodiscard]] std::string translate(std::string_view text) const {
        Result<std::string> made =
            read_text([&](sz_sink out) { return table_->translate(table_->self, str(text), out); });
        return made ? *std::move(made) : std::string(text);
    }

  private:
    const sz_panel_host* table_;
};

// One panel on the screen. Made with its window, destroyed by the shell.
class Panel {
  public:
    Panel() noexcept
        : table_{sizeof(sz_panel_instance),
                 0,
                 this,
                 nullptr,
                 c_focus,
                 c_show,
                 c_save,
                 c_restore,
                 c_destroy} {}
    virtual ~Panel() = default;
    Panel(const Panel&) = delete;
    Panel& operator=(const Panel&) = delete;

    // As in sz_panel_instance.
    [[nodiscard]] virtual void* window() = 0;  // a wxWindow*, converted before it becomes void*
    virtual void focus() = 0;
    virtual Status show(std::string_view) { return fault(SZ_ERR_UNSUPPORTED); }
    [[nodiscard]] virtual Result<std::string> save() { return std::string{"{}"}; }
    virtual void restore(std::string_view) {}

    [[nodiscard]] const sz_panel_instance* table() {
        table_.window = window();
        return &table_;
    }

  private:
    static Panel& of(void* self) noexcept { return *static_cast<Panel*>(self); }
    static void c_focus(void* self) noexcept {
        guard_void([&] { of(self).focus(); });
    }
    static sz_status c_show(void* self, sz_str target) noexcept {
        return guard(nullptr, [&] { return of(self).show(view(target)); });
    }
    static sz_status c_save(void* self, sz_sink out) noexcept {
        return guard_text(out, nullptr, [&] { return of(self).save(); });
    }
    static void c_restore(void* self, sz_str state) noexcept {
        guard_void([&] { of(self).restore(view(state)); });
    }
    static void c_destroy(void* self) noexcept {
        guard_void([&] { delete static_cast<Panel*>(self); });
    }

    sz_panel_instance table_;
};

// What a plugin offers: a kind of panel, and how to make one.
class PanelType {
  public:
    struct Info {
        const char* id;     // "library"; all text is static
        const char* title;  // "Library"
        const char* shows;  // "entry campaign"
        std::int32_t order;
        const char* toolkit;    // "wx"
        const char* signature;  // WX_BUILD_OPTIONS_SIGNATURE
    };
    explicit PanelType(const Info& info) noexcept
        : table_{sizeof(sz_panel), SZ_PANEL_TOOLKIT_ABI, info.id,    info.title, info.toolkit,
                 info.signature,   info.shows,           info.order, 0,          this,
                 c_create} {}
    virtual ~PanelType() = default;
    PanelType(const PanelType&) = delete;
    PanelType& operator=(const PanelType&) = delete;

    // `parent` is a wxWindow*. The host stays valid as long as the panel. [ui-thread]
    [[nodiscard]] virtual Result<std::unique_ptr<Panel>> create(const PanelHost& host,
                                                                void* parent) const = 0;

    [[nodiscard]] const sz_panel* table() const noexcept { return &table_; }

  private:
    static sz_status c_create(const void* self, const sz_panel_host* host, void* parent,
                              const sz_panel_instance** out, sz_sink error) noexcept {
        return guard(nullptr, [&]() -> Status {
            Result<std::unique_ptr<Panel>> made =
                static_cast<const PanelType*>(self)->create(PanelHost(*host), parent);
            if (!made) {
                (void)write(error, made.error().message);
                return fault(made.error().status);
            }
            *out = (*made)->table();
            (void)made->release();  // the shell's from here; `destroy` deletes it
            return {};
        });
    }

    sz_panel table_;
};

}  // namespace sz::plugin
