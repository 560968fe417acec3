// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/instance_picker.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>
#include <utility>

namespace sheet {

InstancePicker::InstancePicker(wxWindow* parent, EditorServices& services) : wxPanel(parent) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* line = new sz::ui::FlowSizer(this, FromDIP(sz::ui::gap), [&services] {
        if (services.resized) services.resized();
    });
    auto* label = new wxStaticText(this, wxID_ANY, _("Find"));
    line->Add(label);
    field_ = new wxTextCtrl(this, wxID_ANY);
    field_->SetMaxLength(200);
    sz::ui::fit_line(*field_);
    sz::ui::set_label_of(*label, *field_);
    line->Add(field_, wxSizerFlags(1));
    sz::ui::add_small_button(*line, this, _("Take"),
                             [this] { pick(std::max(0, list_->selected())); });
    sz::ui::add_small_button(*line, this, _("Close"), [this] { on_close(); });
    column->Add(line, wxSizerFlags().Expand());
    list_ = new sz::ui::RowList(this, {}, {{_("Name"), 26}}, wxDV_NO_HEADER);
    list_->SetMinSize(FromDIP(wxSize(160, 120)));
    column->Add(list_, wxSizerFlags(1).Expand().Border(wxTOP, FromDIP(3)));
    SetSizer(column);

    field_->Bind(wxEVT_TEXT, [this](wxCommandEvent&) { filter(); });
    list_->on_activate = [this](int row) { pick(row); };
    Bind(wxEVT_CHAR_HOOK, [this](wxKeyEvent& event) {
        const int key = event.GetKeyCode();
        if (key == WXK_ESCAPE) return on_close();
        if (field_->HasFocus() && key == WXK_RETURN) return pick(std::max(0, list_->selected()));
        if (field_->HasFocus() && key == WXK_DOWN && list_->count() > 0) {
            list_->select(std::min(1, list_->count() - 1), true);
            return list_->SetFocus();
        }
        event.Skip();
    });
}

void InstancePicker::set_names(const wxString& field_name) {
    sz::ui::set_accessible_name(*field_, wxString::Format(_("Find a name for %s"), field_name));
    sz::ui::set_accessible_name(*list_, wxString::Format(_("Names for %s"), field_name));
}

void InstancePicker::begin(std::vector<Choosable> all) {
    all_ = std::move(all);
    field_->ChangeValue({});
    field_->SetFocus();
    filter();
}

void InstancePicker::filter() {
    const wxString part = field_->GetValue().Trim().Trim(false).Lower();
    shown_.clear();
    if (part.empty()) shown_.push_back({{}, _("(none)")});
    for (const Choosable& one : all_)
        if (one.name.Lower().Contains(part)) shown_.push_back(one);
    // Those that begin with it come first.
    if (!part.empty())
        std::stable_partition(shown_.begin(), shown_.end(), [&part](const Choosable& one) {
            return one.name.Lower().StartsWith(part);
        });
    std::vector<sz::ui::RowList::Row> rows;
    for (const Choosable& one : shown_) rows.push_back({one.name});
    list_->set_rows(std::move(rows), shown_.empty() ? -1 : 0);
}

void InstancePicker::pick(int row) {
    if (row >= 0 && row < static_cast<int>(shown_.size()))
        on_pick(shown_[static_cast<std::size_t>(row)].id);
}

}  // namespace sheet
