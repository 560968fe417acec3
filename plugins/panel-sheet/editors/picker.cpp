// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/picker.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>
#include <utility>

namespace sheet {

Picker::Picker(wxWindow* parent, EditorServices& services, wxString field_words,
               wxString list_words)
    : wxPanel(parent),
      services_(services),
      field_words_(std::move(field_words)),
      list_words_(std::move(list_words)) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [this] {
        if (services_.resized) services_.resized();
    });
    auto* label = new wxStaticText(this, wxID_ANY, _("Find"));
    line->Add(label);
    field_ = new wxTextCtrl(this, wxID_ANY);
    field_->SetMaxLength(200);
    sz::ui::fit_line(*field_);
    sz::ui::set_label_of(*label, *field_);
    line->Add(field_, wxSizerFlags(1));
    auto* buttons = new wxBoxSizer(wxHORIZONTAL);
    sz::ui::add_small_button(*buttons, this, _("Take"), [this] { take(); });
    buttons->AddSpacer(FromDIP(sz::ui::gap));
    sz::ui::add_small_button(*buttons, this, _("Close"), [this] { on_close(); });
    line->Add(buttons);
    column->Add(line, wxSizerFlags().Expand());
    list_ = new sz::ui::RowList(this, {}, {{_("Name"), 26}}, wxDV_NO_HEADER);
    list_->SetMinSize(FromDIP(wxSize(160, 120)));
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);

    field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { look(); });
    list_->on_activate = [this](int row) { pick(static_cast<std::size_t>(row)); };
    Bind(wxEVT_CHAR_HOOK, &Picker::on_key, this);
}

void Picker::on_key(wxKeyEvent& event) {
    const int key = event.GetKeyCode();
    if (key == WXK_ESCAPE) return on_close();
    if (field_->HasFocus() && key == WXK_RETURN) return take();
    if (field_->HasFocus() && key == WXK_DOWN && list_->count() > 0) {
        list_->select(std::min(list_->selected() + 1, list_->count() - 1), true);
        return list_->SetFocus();
    }
    event.Skip();
}

void Picker::set_names(const wxString& field_name) {
    sz::ui::set_accessible_name(*field_, wxString::Format(field_words_, field_name));
    sz::ui::set_accessible_name(*list_, wxString::Format(list_words_, field_name));
}

void Picker::begin() {
    field_->ChangeValue({});
    field_->SetFocus();
    CallAfter([this] { sz::ui::reveal(*this); });  // when it has its place
    look();
}

wxString Picker::typed() const { return field_->GetValue().Trim().Trim(false); }

void Picker::look() {
    is_looking_ = true;
    take_when_found_ = false;
    find();
}

void Picker::take() {
    if (is_looking_)
        take_when_found_ = !typed().empty();
    else if (list_->count() > 0)
        pick(static_cast<std::size_t>(std::max(0, list_->selected())));
}

void Picker::show_rows(std::vector<sz::ui::RowList::Row> rows) {
    is_looking_ = false;
    list_->set_rows(std::move(rows), 0);
    if (std::exchange(take_when_found_, false) && IsShown()) take();
}

}  // namespace sheet
