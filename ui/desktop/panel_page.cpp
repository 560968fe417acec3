// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/panel_page.hpp"

#include <sz/ext/panel.h>
#include <wx/app.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>
#include <sz/wx/styled_text.hpp>

#include <nlohmann/json.hpp>
#include <typeinfo>

namespace sz::desktop {

PanelPage::PanelPage(wxWindow* parent, std::unique_ptr<Panel> panel)
    // Laid out before its notebook is: a splitter in a page of no size gives its lists less height
    // than their scroll bars need, and the toolkit complains.
    : wxPanel(parent, wxID_ANY, wxDefaultPosition, wxGetTopLevelParent(parent)->GetClientSize()),
      info_(panel->info()),
      panel_(std::move(panel)) {
    SetSizer(new wxBoxSizer(wxVERTICAL));
}

PanelPage::~PanelPage() { end(); }

// Asked for every event: the exact type is compared, which costs less than a cast.
PanelPage* PanelPage::above(const wxWindow* window) {
    for (; window != nullptr; window = window->GetParent()) {
        wxWindow* parent = window->GetParent();
        if (parent != nullptr && typeid(*parent) == typeid(PanelPage))
            return static_cast<PanelPage*>(parent);
    }
    return nullptr;
}

void PanelPage::end() {
    if (panel_ == nullptr) return;
    panel_->end();
    // What the panel made goes while its plugin lives and is answered for.
    panel_->run("panel.window", [this] { DestroyChildren(); });
    panel_.reset();
}

std::string PanelPage::settings_key() const {
    return "desktop.panel." + info_.plugin + "." + info_.id;
}

wxString PanelPage::title() const { return wxGetTranslation(ui::from_utf8(info_.title)); }

bool PanelPage::shows(const std::string& kind) const {
    return panel_ != nullptr && panel_->shows(kind);
}

// A panel of another build of the toolkit would crash the window sooner or later; it is refused
// before it is touched.
wxString PanelPage::why_not() const {
    if (info_.toolkit != "wx")
        return wxString::Format(
            _("It is made for another toolkit (%s), and this window is made with wxWidgets."),
            ui::from_utf8(info_.toolkit));
    if (info_.toolkit_abi != SZ_PANEL_TOOLKIT_ABI || info_.signature != WX_BUILD_OPTIONS_SIGNATURE)
        return wxString::Format(_("It was built against another wxWidgets (%s) than this program "
                                  "(%s). Ask its author for a build for this "
                                  "system, or build it here."),
                                ui::from_utf8(info_.signature), WX_BUILD_OPTIONS_SIGNATURE);
    return {};
}

void PanelPage::make() {
    const wxString heading = _("This panel cannot be shown");
    if (const wxString reason = why_not(); !reason.empty()) {
        end();
        return explain(heading, reason, {});
    }
    const auto made = panel_->create(static_cast<wxWindow*>(this));
    // What the pointer leads to is only touched when it is a window that was made here.
    if (made && GetChildren().Find(static_cast<wxWindow*>(*made)) == nullptr)
        panel_->fail_because("its window does not stand where it was asked to make it");
    if (const Error* failure = panel_->failure()) {
        const Error why = *failure;
        end();
        return explain_failure(heading, why);
    }
    GetSizer()->Add(static_cast<wxWindow*>(*made), wxSizerFlags(1).Expand());
    Layout();
}

void PanelPage::explain(const wxString& heading, const wxString& words, const wxString& code) {
    explanation_ = new ui::StyledText(this, _("Why this panel is not shown"), wxBORDER_NONE);
    explanation_->fill([&](ui::StyledText& text) {
        text.write(heading + "\n\n", {.heading = 2});
        text.write(wxString::Format(_("Plugin: %s"), ui::from_utf8(info_.plugin)) + "\n\n");
        text.write(words + "\n\n");
        text.write(code, {.muted = true});
    });
    GetSizer()->Add(explanation_, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(ui::margin)));
    Layout();
}

void PanelPage::explain_failure(const wxString& heading, const Error& why) {
    explain(heading, ui::from_utf8(why.message + "\n\n" + why.hint), ui::from_utf8(why.code));
}

// Not at once: the code that has failed may be running still, in the midst of its windows, as it is
// while a dialog of the panel waits for an answer.
void PanelPage::give_way_soon_if_failed() {
    if (panel_ == nullptr || panel_->failure() == nullptr) return;
    if (!std::exchange(is_giving_way_, true))
        Bind(wxEVT_IDLE, &PanelPage::give_way_when_free, this);
    wxWakeUpIdle();
}

void PanelPage::give_way_when_free(wxIdleEvent& event) {
    event.Skip();
    if (is_busy()) return;
    Unbind(wxEVT_IDLE, &PanelPage::give_way_when_free, this);
    if (panel_ == nullptr) return;
    const Error why = *panel_->failure();
    wxWindow* keyboard = wxWindow::FindFocus();
    const bool had_keyboard = keyboard != nullptr && keyboard != this && IsDescendant(keyboard);
    end();
    explain_failure(_("This panel has stopped"), why);
    if (had_keyboard) explanation_->SetFocus();
}

void PanelPage::focus() {
    if (panel_ == nullptr) return SetFocus();
    panel_->focus();
    give_way_soon_if_failed();
}

bool PanelPage::show(const Json& target) {
    if (panel_ == nullptr) return false;
    const bool is_shown = panel_->show(target);
    give_way_soon_if_failed();
    return is_shown;
}

Json PanelPage::save() { return panel_ == nullptr ? Json(nullptr) : panel_->save(); }

void PanelPage::restore(const Json& state) {
    if (panel_ == nullptr) return;
    panel_->restore(state);
    give_way_soon_if_failed();
}

}  // namespace sz::desktop
