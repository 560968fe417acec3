// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entry_text.hpp"

#include <wx/translation.h>
#include <algorithm>
#include <sz/wx/markdown.hpp>

namespace library {

using sz::ui::from_utf8;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::object_of;
using sz::ui::StyledText;
using sz::ui::text_of;

namespace {

constexpr std::size_t links_max = 200;  // what a list of links can sensibly show
// The toolkit's styled text takes seconds for much more, and nobody reads it here.
constexpr std::size_t text_bytes_max = std::size_t{32} * 1024;

// What is left of that for an entry.
struct Room {
    std::size_t left = text_bytes_max;

    // As much of `text` as has room, up to a line's or at least a character's end, and how much is
    // left out.
    std::string take(const std::string& text, std::size_t& left_out) {
        std::size_t size = std::min(text.size(), left);
        if (size < text.size()) {
            const std::size_t line = text.rfind('\n', size);
            if (line != std::string::npos && line > size / 2) {
                size = line;
            } else {
                while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
                    --size;
            }
        }
        left -= size;
        left_out = text.size() - size;
        return text.substr(0, size);
    }
};

void write_left_out(StyledText& out, std::size_t bytes) {
    if (bytes == 0) return;
    out.write(
        "\n" +
            wxString::Format(_("%zu kB more are not shown here: szctl library show prints all."),
                             (bytes + 999) / 1000) +
            "\n",
        {.muted = true});
}

// Dataset links may stand anywhere in a value: alone, in lists, in cells.
void collect_links(const Json& value, const wxString& label, std::vector<EntryLink>& links) {
    if (links.size() >= links_max || !value.is_structured()) return;
    if (value.is_object() && !text_of(value, "entryId").empty() &&
        !text_of(value, "datasetId").empty()) {
        links.push_back({label, value, {}});
        return;
    }
    for (const Json& part : value) collect_links(part, label, links);
}

void write_markdown(StyledText& out, const std::string& text, Room& room,
                    std::vector<EntryLink>& links) {
    std::size_t left_out = 0;
    for (sz::ui::MarkdownLink& link : sz::ui::MarkdownWriter::write(out, room.take(text, left_out)))
        if ((link.target.starts_with("https://") || link.target.starts_with("http://")) &&
            links.size() < links_max)
            links.push_back({from_utf8(link.text), nullptr, std::move(link.target)});
    write_left_out(out, left_out);
}

// Ends the line if one was begun.
void end_line(StyledText& out) {
    if (!out.IsEmpty() &&
        !out.GetRange(out.GetLastPosition() - 1, out.GetLastPosition()).IsSameAs("\n"))
        out.write("\n");
}

bool is_empty(const Json& field) { return text_of(field, "text").empty(); }

void write_field(StyledText& out, const Json& field, Room& room, std::vector<EntryLink>& links) {
    const wxString name = label_of(field, "name");
    end_line(out);
    if (text_of(field, "type") == "MultiText") {
        out.write("\n");
        out.write(name + "\n", {.bold = true});
        write_markdown(out, text_of(field, "text"), room, links);
    } else {
        out.write(name + ": ", {.bold = true});
        std::size_t left_out = 0;
        out.write(from_utf8(room.take(text_of(field, "text"), left_out)));
        write_left_out(out, left_out);
        if (field.contains("value")) collect_links(field["value"], name, links);
    }
}

}  // namespace

std::vector<EntryLink> write_entry(StyledText& out, const Json& entry) {
    std::vector<EntryLink> links;
    Room room;
    out.fill([&](StyledText& text) {
        text.write(label_of(entry, "name") + "\n", {.heading = 1});
        const Json& pack = object_of(entry, "pack");
        text.write(
            wxString::Format(_("%s, from %s %s"), label_of(object_of(entry, "dataset"), "name"),
                             label_of(pack, "name"), label_of(pack, "version")) +
                "\n",
            {.muted = true});
        if (const std::string description = text_of(entry, "description"); !description.empty()) {
            text.write("\n");
            write_markdown(text, description, room, links);
            end_line(text);
        }
        std::string group;
        bool first = true;
        for (const Json& field : list_of(entry, "fields")) {
            if (is_empty(field)) continue;
            const Json& of = object_of(field, "group");
            if (first || text_of(of, "id") != group) {
                group = text_of(of, "id");
                end_line(text);
                text.write("\n");
                if (!group.empty()) text.write(label_of(of, "name") + "\n", {.heading = 3});
            }
            first = false;
            write_field(text, field, room, links);
        }
    });
    return links;
}

}  // namespace library
