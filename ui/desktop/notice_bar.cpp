// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/notice_bar.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sz::desktop {

using ui::Json;
using ui::label_of;

NoticeBar::NoticeBar(wxWindow* parent) : wxPanel(parent) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    notice_ = new ui::Notice(this);
    notice_->on_resize = [this] { GetParent()->Layout(); };
    const auto around = wxSizerFlags().Border(wxALL, FromDIP(ui::gap));
    column->Add(notice_, wxSizerFlags(around).Expand());
    ui::add_button(
        *column, this, _("Put away"), [this] { show({}); }, around);
    SetSizer(column);
    Hide();
}

void NoticeBar::ask(ui::PanelBus& bus) {
    bus.call("app.info", Json::object(), [this](const Json& info) {
        wxString words;
        for (const Json& notice : ui::list_of(info, "notices"))
            words += (words.empty() ? "" : "\n") + label_of(notice, "message") + " " +
                     label_of(notice, "hint");
        show(words);
    });
}

void NoticeBar::show(const wxString& words) {
    Show(!words.empty());
    GetParent()->Layout();  // the notice wraps to the bar's width
    notice_->say(words);
    GetParent()->Layout();
}

}  // namespace sz::desktop
