// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/play_editors.hpp"

#include <wx/datetime.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::list_of;
using sz::ui::member_of;
using sz::ui::text_of;

namespace {

wxStaticText* add_words(wxWindow* editor, const wxString& words) {
    auto* text = new wxStaticText(editor, wxID_ANY, words);
    editor->GetSizer()->Add(
        text, wxSizerFlags().CentreVertical().Border(wxLEFT, editor->FromDIP(sz::ui::gap)));
    return text;
}

// As the field's type reads it.
wxString tag_words(wxString tag) {
    if (tag.find_first_of(",\"") == wxString::npos) return tag;
    tag.Replace("\"", "\"\"");
    return "\"" + tag + "\"";
}

}  // namespace

// ---- a resource ----

ResourceEditor::ResourceEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : NumberEditor(parent, services, definition), rest_(add_words(this, {})) {}

void ResourceEditor::show_value(const Json& value) {
    NumberEditor::show_value(value);
    show_rest();
}

void ResourceEditor::show_computed(const Json& value, const Json& computed) {
    computed_from_ = value;
    computed_ = computed;
    show_rest();
}

// A maximum that a formula says is not in the value, and while it cannot be computed, nowhere.
void ResourceEditor::show_rest() {
    const Json& computed = member_of(computed_, "maximum");
    const Json& maximum = computed.is_null() ? member_of(value_, "maximum") : computed;
    const Json& temporary = member_of(value_, "temporary");
    wxString words;
    if (!maximum.is_null()) words = wxString::Format(_("of %s"), from_utf8(sz::ui::dump(maximum)));
    if (temporary.is_number() && temporary.get<double>() > 0)
        words += wxString::Format(_(" (and %s for a while)"), from_utf8(sz::ui::dump(temporary)));
    if (words == rest_->GetLabel()) return;
    rest_->SetLabel(words);
    Layout();
}

// There is no more of it than the maximum, though more may be stored.
wxString ResourceEditor::words_for(const Json& value) const {
    const bool is_computed = computed_.is_object() && value == computed_from_;
    return NumberEditor::words_for(member_of(is_computed ? computed_ : value, "current"));
}

Json ResourceEditor::whole_of(const Json& typed) const {
    Json whole = value_.is_object() ? value_ : Json::object();
    if (typed.is_object())
        whole.update(typed);  // "7/10 (+4)" says more than how much there is
    else
        whole["current"] = typed;
    return whole;
}

// ---- a track ----

TrackEditor::TrackEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : NumberEditor(parent, services, definition) {
    constexpr int boxes_otherwise = 4;
    const auto number = [&definition](const char* name, int otherwise) {
        const Json& given = member_of(definition, name);
        return given.is_number_integer() ? given.get<int>() : otherwise;
    };
    add_words(this,
              wxString::Format(_("of %d"), number("boxes", boxes_otherwise) * number("ticks", 1)));
}

// ---- words ----

wxString TagsEditor::words_for(const Json& value) const {
    wxString words;
    for (const Json& tag : value)
        if (tag.is_string())
            words += (words.empty() ? "" : ", ") + tag_words(from_utf8(tag.get<std::string>()));
    return words;
}

// ---- a date ----

// Of the definition's calendar; without one the months are ours, and their ids are their numbers.
wxString DateEditor::month_name(const std::string& id) const {
    const Json& months = list_of(member_of(definition(), "calendar"), "months");
    for (const Json& month : months) {
        const std::string name = text_of(month, "name");
        const std::string its_id = text_of(month, "id");
        if ((its_id.empty() ? name : its_id) == id) return from_utf8(name);
    }
    long number = 0;
    if (!months.empty() || !from_utf8(id).ToLong(&number) || number < 1 || number > 12)
        return from_utf8(id);
    return wxDateTime::GetEnglishMonthName(static_cast<wxDateTime::Month>(number - 1));
}

wxString DateEditor::words_for(const Json& value) const {
    if (!value.is_object()) return {};
    return from_utf8(sz::ui::dump(member_of(value, "day"))) + " " +
           month_name(text_of(value, "month")) + " " +
           from_utf8(sz::ui::dump(member_of(value, "year")));
}

}  // namespace sheet
