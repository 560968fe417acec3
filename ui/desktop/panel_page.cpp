// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/panel_page.hpp"

#include <wx/app.h>
#include <wx/translation.h>
#include <sz/wx/bus.hpp>
#include <sz/wx/forms.hpp>
#include <sz/wx/styled_text.hpp>

#include <cstring>
#include <nlohmann/json.hpp>
#include <sstream>

namespace sz::desktop {

namespace {

sz_sink sink_into(std::string& text) {
    return {&text, [](void* self, const void* data, std::uint64_t size) -> sz_status {
                static_cast<std::string*>(self)->append(static_cast<const char*>(data),
                                                        static_cast<std::size_t>(size));
                return SZ_OK;
            }};
}

PanelPage& page(void* self) { return *static_cast<PanelPage*>(self); }

}  // namespace

PanelPage::PanelPage(wxWindow* parent, const Profile::PanelOf& panel, Bus& bus, Executor& ui,
                     const PanelSurroundings& surroundings)
    // Laid out before its notebook is: a splitter in a page of no size gives its lists less height
    // than their scroll bars need, and the toolkit complains.
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxGetTopLevelParent(parent)->GetClientSize()),
      plugin_(panel.plugin),
      panel_(panel.panel),
      surroundings_(surroundings),
      bus_(std::make_unique<PanelBus>(bus, ui, panel.plugin)) {
    host_.size = sizeof(host_);
    host_.self = this;
    host_.bus = bus_->table();
    host_.open = [](void* self, sz_str target_json) {
        const Json target = Json::parse(ui::view(target_json), nullptr, false);
        if (target.is_object()) page(self).surroundings_.open(target);
    };
    host_.status = [](void* self, sz_str text) {
        page(self).surroundings_.status(ui::from_utf8(ui::view(text)));
    };
    host_.translate = [](void*, sz_str text, sz_sink out) -> sz_status {
        const std::string words = ui::to_utf8(wxGetTranslation(ui::from_utf8(ui::view(text))));
        return out.write(out.self, words.data(), words.size());
    };
    SetSizer(new wxBoxSizer(wxVERTICAL));
    const wxString reason = why_not();
    reason.empty() ? make() : explain(reason);
}

PanelPage::~PanelPage() { end(); }

void PanelPage::end() {
    if (instance_ != nullptr) {
        const PluginCall guard(plugin_, "panel.destroy");
        const sz_panel_instance* last = std::exchange(instance_, nullptr);
        last->destroy(last->self);
        DestroyChildren();  // while the plugin still lives
    }
    bus_.reset();
}

std::string PanelPage::id() const { return panel_->id; }
std::string PanelPage::settings_key() const {
    return "desktop.panel." + plugin_ + "." + panel_->id;
}

bool PanelPage::shows(const std::string& kind) const {
    if (instance_ == nullptr || panel_->shows == nullptr) return false;
    std::istringstream kinds(panel_->shows);
    for (std::string one; kinds >> one;)
        if (one == kind) return true;
    return false;
}

// A panel of another build of the toolkit would crash the window sooner or later; it is refused
// before it is touched.
wxString PanelPage::why_not() const {
    if (std::strcmp(panel_->toolkit, "wx") != 0)
        return wxString::Format(
            _("It is made for another toolkit (%s), and this window is made with wxWidgets."),
            panel_->toolkit);
    if (panel_->toolkit_abi != SZ_PANEL_TOOLKIT_ABI ||
        std::strcmp(panel_->signature, WX_BUILD_OPTIONS_SIGNATURE) != 0)
        return wxString::Format(_("It was built against another wxWidgets (%s) than this program "
                                  "(%s). Ask its author for a build for this "
                                  "system, or build it here."),
                                panel_->signature, WX_BUILD_OPTIONS_SIGNATURE);
    return {};
}

void PanelPage::make() {
    std::string error;
    const sz_panel_instance* made = nullptr;
    sz_status status = SZ_ERR_INTERNAL;
    {
        const PluginCall guard(plugin_, "panel.create");
        status = panel_->create(panel_->self, &host_, static_cast<wxWindow*>(this), &made,
                                sink_into(error));
    }
    if (status != SZ_OK || made == nullptr || made->window == nullptr)
        return explain(error.empty() ? _("It could not be made, and gave no reason.")
                                     : ui::from_utf8(error));
    instance_ = made;
    GetSizer()->Add(static_cast<wxWindow*>(made->window), wxSizerFlags(1).Expand());
    Layout();
}

void PanelPage::explain(const wxString& words) {
    auto* text = new ui::StyledText(this, _("Why this panel is not shown"), wxBORDER_NONE);
    text->write(_("This panel cannot be shown") + "\n\n", {.heading = 2});
    text->write(wxString::Format(_("Plugin: %s"), ui::from_utf8(plugin_)) + "\n\n" + words);
    GetSizer()->Add(text, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(ui::margin)));
}

void PanelPage::focus() {
    if (instance_ == nullptr) return SetFocus();
    const PluginCall guard(plugin_, "panel.focus");
    instance_->focus(instance_->self);
}

bool PanelPage::show(const Json& target) {
    if (instance_ == nullptr) return false;
    const PluginCall guard(plugin_, "panel.show");
    return instance_->show(instance_->self, ui::borrow(ui::dump(target))) == SZ_OK;
}

Json PanelPage::save() {
    if (instance_ == nullptr) return nullptr;
    std::string text;
    const PluginCall guard(plugin_, "panel.save");
    if (instance_->save(instance_->self, sink_into(text)) != SZ_OK) return nullptr;
    Json state = Json::parse(text, nullptr, false);
    return state.is_object() ? state : Json(nullptr);
}

void PanelPage::restore(const Json& state) {
    if (instance_ == nullptr) return;
    const PluginCall guard(plugin_, "panel.restore");
    instance_->restore(instance_->self,
                       ui::borrow(ui::dump(state.is_object() ? state : Json::object())));
}

}  // namespace sz::desktop
