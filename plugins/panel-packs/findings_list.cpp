// SPDX-License-Identifier: AGPL-3.0-or-later
#include "findings_list.hpp"

#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace packs {

using sz::ui::from_utf8;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

namespace {

wxString severity_word(const std::string& severity) {
    if (severity == "error") return _("Error");
    if (severity == "warning") return _("Warning");
    return _("Note");
}

// "objects/datasets/items.json, line 12"
wxString place_of(const Json& finding) {
    wxString place = label_of(finding, "file");
    const std::int64_t line = number_of(finding, "line");
    if (line > 0) place += wxString::Format(_(", line %lld"), static_cast<long long>(line));
    return place;
}

// A line of a foreign import's account as a finding of its own.
Json left_out_finding(const Json& line) {
    const std::string what = text_of(line, "what");
    const wxString message =
        wxString::Format(_("%lld left out: %s"),
                         static_cast<long long>(number_of(line, "count", 1)), from_utf8(what));
    return {{"severity", "note"},
            {"code", ""},
            {"message", sz::ui::to_utf8(message)},
            {"hint", text_of(line, "why")}};
}

}  // namespace

FindingsList::FindingsList(wxWindow* parent) : wxPanel(parent) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    heading_ = new wxStaticText(this, wxID_ANY, _("&Findings"));
    column->Add(heading_, wxSizerFlags().Expand().Border(wxBOTTOM, FromDIP(3)));
    list_ = new sz::ui::RowList(
        this, _("Findings"),
        {{_("Severity"), 9}, {_("Code"), 16}, {_("Place"), 30}, {_("What is wrong"), 12}});
    sz::ui::set_label_of(*heading_, *list_);
    column->Add(list_, wxSizerFlags(3).Expand());
    detail_ = new sz::ui::StyledText(this, _("The chosen finding"), wxBORDER_THEME);
    detail_->SetMinSize(FromDIP(wxSize(100, 60)));
    column->Add(detail_, wxSizerFlags(1).Expand().Border(wxTOP, FromDIP(sz::ui::gap)));
    SetSizer(column);
    list_->on_select = [this](int row) { show_one(row); };
    clear();
}

void FindingsList::clear() {
    findings_.clear();
    list_->set_rows({});
    detail_->Clear();
    Hide();
}

void FindingsList::show_result(const Json& result) {
    clear();
    for (const Json& finding : list_of(result, "findings")) findings_.push_back(finding);
    for (const Json& line : list_of(result, "left_out"))
        findings_.push_back(left_out_finding(line));
    std::vector<sz::ui::RowList::Row> rows;
    long long errors = 0, warnings = 0;
    for (const Json& finding : findings_) {
        const std::string severity = text_of(finding, "severity");
        errors += severity == "error" ? 1 : 0;
        warnings += severity == "warning" ? 1 : 0;
        rows.push_back({severity_word(severity), label_of(finding, "code"), place_of(finding),
                        label_of(finding, "message")});
    }
    const auto notes = static_cast<long long>(findings_.size()) - errors - warnings;
    wxString counts;
    const auto count = [&counts](const wxString& pattern, long long number) {
        if (number > 0)
            counts += (counts.empty() ? ": " : ", ") + wxString::Format(pattern, number);
    };
    count(wxPLURAL("%lld error", "%lld errors", static_cast<unsigned>(errors)), errors);
    count(wxPLURAL("%lld warning", "%lld warnings", static_cast<unsigned>(warnings)), warnings);
    count(wxPLURAL("%lld note", "%lld notes", static_cast<unsigned>(notes)), notes);
    heading_->SetLabel(_("&Findings") + counts);
    list_->set_rows(std::move(rows));
    Show(!findings_.empty());
    if (!findings_.empty()) list_->select(0);
}

void FindingsList::show_one(int row) {
    const Json& finding = findings_[static_cast<std::size_t>(row)];
    detail_->fill([&](sz::ui::StyledText& text) {
        text.write(label_of(finding, "message"), {.bold = true});
        if (const wxString hint = label_of(finding, "hint"); !hint.empty()) text.write(" " + hint);
        wxString place = place_of(finding);
        if (const wxString pointer = label_of(finding, "pointer"); !pointer.empty())
            place += " " + pointer;
        if (!place.empty()) text.write("\n" + place, {.code = true});
        if (const wxString code = label_of(finding, "code"); !code.empty())
            text.write("\n" + code, {.muted = true});
    });
}

}  // namespace packs
