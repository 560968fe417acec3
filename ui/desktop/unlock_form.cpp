// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/unlock_form.hpp"

#include <wx/statline.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <utility>

namespace sz::desktop {

namespace {
constexpr std::uint32_t unlock_patience_ms =
    60'000;  // deriving the key takes long on a slow computer
}

UnlockForm::UnlockForm(wxWindow* parent) : wxPanel(parent) {
    build();
    Hide();
    Bind(wxEVT_CHAR_HOOK,
         [this](wxKeyEvent& event) { event.GetKeyCode() == WXK_ESCAPE ? leave() : event.Skip(); });
}

void UnlockForm::build() {
    auto* column = new wxBoxSizer(wxVERTICAL);
    const auto cell = wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT | wxTOP, FromDIP(ui::margin));
    question_ = new ui::Notice(this);
    column->Add(question_, cell);
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    auto* label = new wxStaticText(this, wxID_ANY, _("&Passphrase"));
    line->Add(label, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(ui::gap)));
    passphrase_ = new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, FromDIP(wxSize(280, -1)),
                                 wxTE_PASSWORD | wxTE_PROCESS_ENTER);
    ui::fit_line(*passphrase_);
    ui::set_label_of(*label, *passphrase_);
    line->Add(passphrase_, wxSizerFlags().CentreVertical());
    const auto beside = wxSizerFlags().CentreVertical().Border(wxLEFT, FromDIP(ui::gap));
    ui::add_button(
        *line, this, _("Un&lock"), [this] { unlock(); }, beside);
    ui::add_button(
        *line, this, _("N&ot now"), [this] { leave(); }, beside);
    column->Add(line, cell);
    notice_ = new ui::Notice(this);
    column->Add(notice_, cell);
    column->Add(new wxStaticLine(this), wxSizerFlags().Expand().Border(wxTOP, FromDIP(ui::margin)));
    SetSizer(column);
    question_->on_resize = notice_->on_resize = [this] { on_resize(); };
    passphrase_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { unlock(); });
}

void UnlockForm::follow(ui::PanelBus& bus, std::function<void(bool)> done) {
    bus_ = &bus;
    bus.subscribe("identity.changed", [this](const ui::Json&) { ask({}); });
    ask([this, done = std::move(done)] {
        if (locked_) open();
        before_ = nullptr;  // nobody has chosen a place yet
        done(locked_);
    });
}

void UnlockForm::offer() {
    ask([this] {
        if (locked_) open();
    });
}

void UnlockForm::ask(std::function<void()> then) {
    if (bus_ == nullptr) return;
    bus_->call(
        "identity.show", ui::Json::object(),
        [this, then](const ui::Json& identity) {
            learn(identity);
            if (then) then();
        },
        [this, then](const ui::BusError&) {  // there is no identity
            learn(ui::Json::object());
            if (then) then();
        });
}

void UnlockForm::learn(const ui::Json& identity) {
    const std::string id = ui::text_of(identity, "client_id");
    if (id != client_id_) notice_->clear();
    client_id_ = id;
    name_ = ui::label_of(identity, "name");
    locked_ = ui::flag_of(identity, "protected") && !ui::flag_of(identity, "unlocked");
    if (on_known) on_known(locked_);
    if (!locked_ && IsShown()) leave();
}

void UnlockForm::open() {
    if (!IsShown()) {
        before_ = wxWindow::FindFocus();
        Show();
        on_resize();  // a sentence wraps to the width that there is
    }
    question_->say(wxString::Format(_("The identity \"%s\" is locked. Everything can be read; to "
                                      "change something, give its passphrase."),
                                    name_));
    passphrase_->SelectAll();
    passphrase_->SetFocus();
}

void UnlockForm::leave() {
    if (!IsShown()) return;
    wxWindow* focused = wxWindow::FindFocus();
    const bool had_focus = focused == nullptr || IsDescendant(focused);
    passphrase_->ChangeValue({});
    if (!busy_) notice_->clear();
    question_->clear();
    Hide();
    on_resize();
    if (!had_focus) return;
    if (before_ && before_->IsShownOnScreen())
        before_->SetFocus();
    else if (on_left)
        on_left();
}

void UnlockForm::unlock() {
    if (busy_) return;
    busy_ = true;
    passphrase_->SetEditable(false);
    notice_->say(_("Unlocking..."));
    const auto answered = [this] {
        busy_ = false;
        passphrase_->SetEditable(true);
    };
    bus_->call(
        "identity.unlock",
        {{"client_id", client_id_}, {"passphrase", ui::to_utf8(passphrase_->GetValue())}},
        [this, answered](const ui::Json&) {
            answered();
            notice_->clear();
            leave();
            on_done(wxString::Format(_("The identity \"%s\" is unlocked."), name_));
            ask({});
        },
        [this, answered](const ui::BusError& error) {
            answered();
            refused(error);
        },
        unlock_patience_ms);
}

void UnlockForm::refused(const ui::BusError& error) {
    if (!IsShown()) {
        notice_->clear();
        return on_done(error.sentence());
    }
    notice_->say(error.sentence());
    passphrase_->SelectAll();
    passphrase_->SetFocus();
}

}  // namespace sz::desktop
