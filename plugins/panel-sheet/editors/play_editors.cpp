// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/play_editors.hpp"

#include <wx/datetime.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/tokenzr.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace sheet {

using sz::ui::from_utf8;
using sz::ui::list_of;
using sz::ui::text_of;
using sz::ui::to_utf8;

namespace {

wxStaticText* add_words(wxWindow* editor, const wxString& words) {
    auto* text = new wxStaticText(editor, wxID_ANY, words);
    editor->GetSizer()->Add(
        text, wxSizerFlags().CentreVertical().Border(wxLEFT, editor->FromDIP(sz::ui::gap)));
    return text;
}

const Json& part_of(const Json& value, const char* name) {
    static const Json none;
    const auto found = value.is_object() ? value.find(name) : value.end();
    return value.is_object() && found != value.end() ? *found : none;
}

}  // namespace

// ---- a resource ----

ResourceEditor::ResourceEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : NumberEditor(parent, services, definition), rest_(add_words(this, {})) {}

void ResourceEditor::show_value(const Json& value) {
    NumberEditor::show_value(value);
    const Json& maximum = part_of(value, "maximum");
    const Json& temporary = part_of(value, "temporary");
    wxString words = wxString::Format(_("of %s"), from_utf8(sz::ui::dump(maximum)));
    if (temporary.is_number() && temporary.get<double>() > 0)
        words += wxString::Format(_(" (and %s for a while)"), from_utf8(sz::ui::dump(temporary)));
    if (words == rest_->GetLabel()) return;
    rest_->SetLabel(words);
    Layout();
}

wxString ResourceEditor::words_for(const Json& value) const {
    return NumberEditor::words_for(part_of(value, "current"));
}

Json ResourceEditor::whole_of(const Json& typed) const {
    Json whole = value_.is_object() ? value_ : Json::object();
    whole["current"] = typed;
    return whole;
}

// ---- a track ----

TrackEditor::TrackEditor(wxWindow* parent, EditorServices& services, const Json& definition)
    : NumberEditor(parent, services, definition) {
    constexpr int boxes_otherwise = 4;
    const auto number = [&definition](const char* name, int otherwise) {
        const Json& given = part_of(definition, name);
        return given.is_number_integer() ? given.get<int>() : otherwise;
    };
    add_words(this,
              wxString::Format(_("of %d"), number("boxes", boxes_otherwise) * number("ticks", 1)));
}

// ---- words ----

std::optional<Json> WordEditor::parse(const wxString& words) const {
    const std::string word = to_utf8(wxString(words).Trim().Trim(false));
    return word.empty() ? Json(nullptr) : Json(word);
}

wxString TagsEditor::words_for(const Json& value) const {
    wxString words;
    for (const Json& tag : value)
        if (tag.is_string())
            words += (words.empty() ? "" : ", ") + from_utf8(tag.get<std::string>());
    return words;
}

std::optional<Json> TagsEditor::parse(const wxString& words) const {
    Json tags = Json::array();
    wxStringTokenizer parts(words, ",", wxTOKEN_STRTOK);
    while (parts.HasMoreTokens()) {
        const std::string tag = to_utf8(parts.GetNextToken().Trim().Trim(false));
        if (!tag.empty()) tags.push_back(tag);
    }
    return tags;
}

// ---- a date ----

// Of the definition's calendar; without one the months are ours, and their ids are their numbers.
wxString DateEditor::month_name(const std::string& id) const {
    const Json& months = list_of(part_of(definition(), "calendar"), "months");
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
    return from_utf8(sz::ui::dump(part_of(value, "day"))) + " " +
           month_name(text_of(value, "month")) + " " +
           from_utf8(sz::ui::dump(part_of(value, "year")));
}

std::optional<Json> DateEditor::parse(const wxString& words) const {
    wxString rest = wxString(words).Trim().Trim(false);
    if (rest.empty()) return Json(nullptr);
    long day = 0, year = 0, number = 0;
    if (!rest.BeforeFirst(' ').ToLong(&day) || !rest.AfterLast(' ').ToLong(&year))
        return std::nullopt;
    const wxString month = rest.AfterFirst(' ').BeforeLast(' ').Trim().Trim(false);
    if (month.empty()) return std::nullopt;
    Json date{{"year", year}, {"day", day}, {"month", to_utf8(month)}};
    if (month.ToLong(&number)) date["month"] = number;
    return date;
}

wxString DateEditor::problem(const wxString& words) const {
    const Json& months = list_of(part_of(definition(), "calendar"), "months");
    const wxString month =
        months.empty() ? month_name("1") : from_utf8(text_of(months.front(), "name"));
    return wxString::Format(_("\"%s\" is not a date. Type a day, a month and a year, such as "
                              "\"12 %s 3\"; Escape brings back what was there."),
                            words, month);
}

}  // namespace sheet
