// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pack_details.hpp"

#include <wx/filename.h>
#include <wx/translation.h>
#include <sz/wx/markdown.hpp>

namespace packs {

using sz::ui::flag_of;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::StyledText;
using sz::ui::text_of;

namespace {

void line(StyledText& out, const wxString& name, const wxString& value) {
    if (value.empty()) return;
    out.write(name + ": ", {.bold = true});
    out.write(value + "\n");
}

wxString kind_words(const std::string& type) {
    if (type == "dataset") return _("dataset");
    if (type == "character-template") return _("character template");
    if (type == "session-template") return _("session template");
    return sz::ui::from_utf8(type);
}

void write_objects(StyledText& out, const Json& more) {
    const Json& objects = list_of(more, "objects");
    if (objects.empty()) return;
    out.write("\n" + _("What is in it") + "\n", {.heading = 3});
    for (const Json& object : objects) {
        wxString words = label_of(object, "name") + ": " + kind_words(text_of(object, "type"));
        if (const auto entries = number_of(object, "entries"); entries > 0)
            words += ", " + wxString::Format(_("%lld entries"), static_cast<long long>(entries));
        out.write(words + "\n", {.indent = 1});
    }
}

}  // namespace

wxString size_words(std::int64_t bytes) {
    return wxFileName::GetHumanReadableSize(wxULongLong(static_cast<unsigned long long>(bytes)),
                                            "0", 1, wxSIZE_CONV_IEC);
}

void write_pack(StyledText& out, const Json& pack, const Json& more) {
    out.fill([&](StyledText& text) {
        text.write(label_of(pack, "name") + "\n", {.heading = 2});
        if (flag_of(pack, "sample")) text.write(_("Came with SessionZero") + "\n", {.muted = true});
        if (const std::string description = text_of(pack, "description"); !description.empty()) {
            text.write("\n");
            static_cast<void>(sz::ui::MarkdownWriter::write(text, description));
            text.write("\n\n");
        }
        line(text, _("Version"), label_of(pack, "version"));
        line(text, _("Author"), label_of(pack, "author"));
        line(text, _("Licence"), label_of(pack, "license"));
        line(text, _("Installed"),
             label_of(pack, "installed_at").BeforeFirst('.').BeforeFirst('T'));
        line(text, _("Entries"),
             wxString::Format("%lld", static_cast<long long>(number_of(pack, "entries"))));
        if (more.is_object() && more.contains("bytes"))
            line(text, _("Size"), size_words(number_of(more, "bytes")));
        for (const Json& needed : list_of(more, "dependencies"))
            line(text, _("Needs"), label_of(needed, "name") + " " + label_of(needed, "version"));
        line(text, _("Id"), label_of(pack, "id"));
        write_objects(text, more);
    });
}

}  // namespace packs
