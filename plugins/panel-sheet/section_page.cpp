// SPDX-License-Identifier: AGPL-3.0-or-later
#include "section_page.hpp"

#include <wx/statbox.h>
#include <sz/wx/forms.hpp>

#include <algorithm>

#include "access_words.hpp"

namespace sheet {

using sz::ui::gap;
using sz::ui::list_of;

namespace {
constexpr int column_lines = 22;  // a column is not narrower than so many lines are high
constexpr int around_dip = 3;     // each group, and each column
}  // namespace

SectionPage::SectionPage(wxWindow* parent, EditorServices& services, const Json& section)
    : wxScrolledWindow(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                       wxVSCROLL | wxHSCROLL | wxTAB_TRAVERSAL),
      services_(services),
      id_(sz::ui::text_of(section, "id")) {
    SetScrollRate(FromDIP(16), FromDIP(16));
    auto* both = new wxBoxSizer(wxHORIZONTAL);
    for (wxBoxSizer*& column : columns_) {
        column = new wxBoxSizer(wxVERTICAL);
        both->Add(column, wxSizerFlags(1).Border(wxALL, FromDIP(around_dip)));
    }
    for (const Json& group : list_of(section, "groups")) add_group(services, group);
    auto* all = new wxBoxSizer(wxVERTICAL);
    auto* words = new sz::ui::Notice(this);
    marks_.push_back({id_, words});
    all->Add(words, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap)));
    all->Add(both, wxSizerFlags(1).Expand());
    both_ = both;
    SetSizer(all);
    arrange(false);
    Bind(wxEVT_SIZE, [this](wxSizeEvent& event) {
        event.Skip();
        if (fits_side_by_side() != side_by_side_) lay_out();
        CallAfter(&SectionPage::redraw_boxes);
    });
}

// A page that becomes higher at its end is scrolled while the toolkit hands out room, and forgets
// to draw the frames where they are then.
void SectionPage::redraw_boxes() {
#ifdef __WXGTK__
    for (wxStaticBoxSizer* group : groups_)
        gtk_widget_queue_resize(group->GetStaticBox()->GetHandle());
#endif
}

bool SectionPage::fits_side_by_side() const {
    if (groups_.size() < 2) return false;
    int widest = column_lines * GetCharHeight();
    for (wxStaticBoxSizer* group : groups_) widest = std::max(widest, group->CalcMin().x);
    return GetClientSize().x >= 2 * (widest + 4 * FromDIP(around_dip));
}

void SectionPage::add_group(EditorServices& services, const Json& group) {
    auto* box = new wxStaticBoxSizer(wxVERTICAL, this, wxControl::EscapeMnemonics(name_of(group)));
    auto* grid = new wxFlexGridSizer(2, FromDIP(wxSize(sz::ui::margin, gap)));
    grid->AddGrowableCol(1);
    auto* words = new sz::ui::Notice(box->GetStaticBox());
    words->on_resize = [this] { lay_out(); };
    marks_.push_back({id_ + "." + sz::ui::text_of(group, "id"), words});
    box->Add(words, wxSizerFlags().Expand().Border(wxLEFT | wxRIGHT, FromDIP(gap)));
    for (const Json& field : list_of(group, "fields"))
        rows_.push_back(std::make_unique<FieldRow>(*grid, box->GetStaticBox(), services, field));
    box->Add(grid, wxSizerFlags(1).Expand().Border(wxALL, FromDIP(gap)));
    groups_.push_back(box);
    columns_[0]->Add(box, wxSizerFlags().Expand().Border(wxALL, FromDIP(around_dip)));
}

// Fills the shorter column first. The order of tabbing stays that of the template.
void SectionPage::arrange(bool side_by_side) {
    side_by_side_ = side_by_side;
    int heights[2] = {0, 0};
    for (wxStaticBoxSizer* group : groups_) {
        columns_[0]->Detach(group);
        columns_[1]->Detach(group);
    }
    for (wxStaticBoxSizer* group : groups_) {
        const int at = side_by_side && heights[1] < heights[0] ? 1 : 0;
        columns_[at]->Add(group, wxSizerFlags().Expand().Border(wxALL, FromDIP(around_dip)));
        heights[at] += group->CalcMin().y;
    }
    both_->GetItem(columns_[1])->SetProportion(side_by_side ? 1 : 0);
}

void SectionPage::lay_out() {
    if (const bool fits = fits_side_by_side(); fits != side_by_side_) arrange(fits);
    FitInside();
    Layout();
}

void SectionPage::show_decided(const Json& decided) {
    for (const Mark& mark : marks_) mark.words->say(decided_words(services_, decided, mark.path));
    for (const auto& field : rows_)
        field->show_decided(decided_words(services_, decided, field->path()));
}

void SectionPage::focus_first() {
    if (!rows_.empty()) rows_.front()->editor().first_control()->SetFocus();
}

}  // namespace sheet
