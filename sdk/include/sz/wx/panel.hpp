// SPDX-License-Identifier: AGPL-3.0-or-later
// A panel plugin in C++: derive from Panel, name it in SZ_PANEL_PLUGIN, and the C tables of
// sz/ext/panel.h are made for you. [ui-thread] but for the entry's functions.
#pragma once

#include <wx/app.h>  // WX_BUILD_OPTIONS_SIGNATURE
#include <wx/panel.h>
#include <wx/weakref.h>
#include <wx/window.h>

#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "../entry.h"
#include "../ext/panel.h"
#include "bus.hpp"

namespace sz::ui {

// The base of a panel: its window, its bus, and the C functions of sz/ext/panel.h around them.
class Panel : public wxPanel {
  public:
    Panel(wxWindow* parent, const sz_panel_host& host)
        : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize, wxTAB_TRAVERSAL),
          host_(host),
          bus_(host.bus) {
        bus_.on_locked = [this] { open({{"show", "unlock"}}); };
    }
    ~Panel() override { bus_.close(); }

    virtual void focus_first() = 0;
    [[nodiscard]] virtual bool show_target(const Json& target) = 0;  // false: not this panel's kind
    [[nodiscard]] virtual Json save_state() { return Json::object(); }
    virtual void restore_state(const Json&) {}

    [[nodiscard]] PanelBus& bus() { return bus_; }
    void open(const Json& target) const { host_.open(host_.self, borrow(dump(target))); }
    void set_status(const wxString& text) const { host_.status(host_.self, borrow(to_utf8(text))); }

    // Goes to the next of the panel's panes (F6). `back`: the one before.
    void next_pane(bool back) {
        if (panes_.empty()) return;
        const wxWindow* focused = wxWindow::FindFocus();
        std::size_t at = back ? 0 : panes_.size() - 1;
        for (std::size_t i = 0; i < panes_.size(); ++i)
            if (focused != nullptr &&
                (panes_[i] == focused || panes_[i]->IsDescendant(const_cast<wxWindow*>(focused))))
                at = i;
        for (std::size_t step = 1; step <= panes_.size(); ++step) {
            wxWindow* pane = panes_[(at + (back ? panes_.size() - step : step)) % panes_.size()];
            if (!pane->IsShownOnScreen() || !pane->IsEnabled()) continue;
            pane->SetFocus();
            return;
        }
    }

  protected:
    void add_pane(wxWindow* pane) { panes_.push_back(pane); }

  private:
    sz_panel_host host_;  // copied: its pointers live as long as the panel
    PanelBus bus_;
    std::vector<wxWindow*> panes_;
};

namespace detail {

inline sz_status write_all(sz_sink out, const std::string& text) {
    return out.write(out.self, text.data(), text.size());
}

// No exception crosses the border.
template <class Work>
sz_status guarded(Work work) noexcept {
    try {
        return work();
    } catch (...) {
        return SZ_ERR_INTERNAL;
    }
}

struct Instance {
    sz_panel_instance table{};
    wxWeakRef<Panel> panel;  // null once the parent has destroyed the window

    static Panel* of(void* self) { return static_cast<Instance*>(self)->panel.get(); }
};

inline sz_status show(void* self, sz_str target_json) {
    return guarded([&]() -> sz_status {
        const Json target = Json::parse(view(target_json), nullptr, false);
        Panel* panel = Instance::of(self);
        if (panel == nullptr || !target.is_object()) return SZ_ERR_INVALID;
        if (text_of(target, "show") == "next-pane") {
            panel->next_pane(flag_of(target, "back"));
            return SZ_OK;
        }
        return panel->show_target(target) ? SZ_OK : SZ_ERR_UNSUPPORTED;
    });
}

inline std::unique_ptr<Instance> make_instance(Panel* panel) {
    auto made = std::make_unique<Instance>();
    made->panel = panel;
    sz_panel_instance& table = made->table;
    table.size = sizeof(table);
    table.self = made.get();
    table.window = static_cast<wxWindow*>(panel);
    table.focus = [](void* self) {
        guarded([&]() -> sz_status {
            if (Panel* it = Instance::of(self)) it->focus_first();
            return SZ_OK;
        });
    };
    table.show = &show;
    table.save = [](void* self, sz_sink out) {
        return guarded([&]() -> sz_status {
            Panel* it = Instance::of(self);
            return it == nullptr ? SZ_ERR_INVALID : write_all(out, dump(it->save_state()));
        });
    };
    table.restore = [](void* self, sz_str state_json) {
        guarded([&]() -> sz_status {
            const Json state = Json::parse(view(state_json), nullptr, false);
            if (Panel* it = Instance::of(self))
                it->restore_state(state.is_object() ? state : Json::object());
            return SZ_OK;
        });
    };
    table.destroy = [](void* self) {
        guarded([&]() -> sz_status {
            const std::unique_ptr<Instance> owned(static_cast<Instance*>(self));
            if (owned->panel) owned->panel->bus().close();
            return SZ_OK;
        });
    };
    return made;
}

template <class PanelClass>
sz_status create(const void*, const sz_panel_host* host, void* parent,
                 const sz_panel_instance** out, sz_sink error) {
    try {
        auto instance = make_instance(new PanelClass(static_cast<wxWindow*>(parent), *host));
        *out = &instance.release()->table;  // freed by destroy
        return SZ_OK;
    } catch (const std::exception& e) {
        static_cast<void>(
            write_all(error, std::string("The panel could not be made: ") + e.what()));
    } catch (...) {
        static_cast<void>(write_all(error, std::string("The panel could not be made.")));
    }
    return SZ_ERR_INTERNAL;
}

}  // namespace detail

// The panel's table. All text must be static.
template <class PanelClass>
[[nodiscard]] sz_panel describe_panel(const char* id, const char* title, const char* shows,
                                      std::int32_t order) {
    sz_panel panel{};
    panel.size = sizeof(panel);
    panel.toolkit_abi = SZ_PANEL_TOOLKIT_ABI;
    panel.id = id;
    panel.title = title;
    panel.toolkit = "wx";
    panel.signature = WX_BUILD_OPTIONS_SIGNATURE;
    panel.shows = shows;
    panel.order = order;
    panel.create = &detail::create<PanelClass>;
    return panel;
}

}  // namespace sz::ui

// Defines the exported entry of a plugin with one panel:
//   SZ_PANEL_PLUGIN("org.example.notes", NotesPanel, "notes", "Notes", "start", 40)
#define SZ_PANEL_PLUGIN(plugin_id, panel_class, panel_id, title, shows, order)        \
    namespace {                                                                       \
    const sz_panel sz_the_panel =                                                     \
        ::sz::ui::describe_panel<panel_class>(panel_id, title, shows, order);         \
    const sz_panel* const sz_the_panel_list[] = {&sz_the_panel};                      \
    const sz_panels sz_the_panels = {sizeof(sz_panels), 1, sz_the_panel_list};        \
    sz_status sz_panel_plugin_init(const sz_host*, sz_sink) { return SZ_OK; }         \
    void sz_panel_plugin_deinit() {}                                                  \
    const void* sz_panel_plugin_extension(const char* id) {                           \
        return std::strcmp(id, SZ_PANELS_ID) == 0 ? &sz_the_panels : nullptr;         \
    }                                                                                 \
    }                                                                                 \
    SZ_EXPORT const sz_plugin_entry_v1 sz_plugin_entry = {sizeof(sz_plugin_entry_v1), \
                                                          SZ_ABI_MAJOR,               \
                                                          SZ_ABI_MINOR,               \
                                                          0,                          \
                                                          plugin_id,                  \
                                                          &sz_panel_plugin_init,      \
                                                          &sz_panel_plugin_deinit,    \
                                                          &sz_panel_plugin_extension};
