// SPDX-License-Identifier: AGPL-3.0-or-later
#include "entry_text.hpp"

#include <wx/translation.h>
#include <algorithm>
#include <map>
#include <sz/cpp/entry_link.hpp>
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

// The links of an entry as they are found.
class Gathered {
  public:
    explicit Gathered(const Json& pack)
        : pack_(text_of(pack, "id")), from_(pack_ + "@" + text_of(pack, "version")) {}

    // The number of the link; links_max if it has no room.
    std::size_t add(EntryLink link) {
        const std::string key = link.url.empty() ? text_of(link.link, "datapackId") + "/" +
                                                       text_of(link.link, "datasetId") + "/" +
                                                       text_of(link.link, "entryId")
                                                 : link.url;
        if (const auto known = numbers_.find(key); known != numbers_.end()) return known->second;
        if (found_.links.size() >= links_max) return links_max;
        numbers_.emplace(key, found_.links.size());
        found_.links.push_back(std::move(link));
        return found_.links.size() - 1;
    }

    void add_markdown(const sz::ui::MarkdownLink& link) {
        const wxString words = from_utf8(link.text);
        std::size_t number = links_max;
        if (link.target.starts_with("https://") || link.target.starts_with("http://")) {
            number = add({words, nullptr, link.target, {}});
        } else if (const auto entry = sz::plugin::entry_link_of(link.target)) {
            number = add({words,
                          {{"datapackId", entry->pack.empty() ? pack_ : entry->pack},
                           {"datasetId", entry->dataset},
                           {"entryId", entry->entry}},
                          {},
                          from_});
        }
        if (number < links_max && link.from < link.to)
            found_.places.push_back({link.from, link.to, number});
    }

    // What texts inside a value speak of.
    void add_mentions(const Json& field) {
        for (const Json& mention : list_of(field, "mentions")) {
            Json link = mention;
            link.erase("words");
            add({label_of(mention, "words"), std::move(link), {}, from_});
        }
    }

    // Dataset links may stand anywhere in a value: alone, in lists, in cells.
    void add_values(const Json& value, const wxString& label) {
        if (!value.is_structured()) return;
        if (value.is_object() && !text_of(value, "entryId").empty() &&
            !text_of(value, "datasetId").empty()) {
            add({label, value, {}, {}});
            return;
        }
        for (const Json& part : value) add_values(part, label);
    }

    [[nodiscard]] EntryLinks take() { return std::move(found_); }

  private:
    const std::string pack_, from_;
    std::map<std::string, std::size_t> numbers_;  // by target
    EntryLinks found_;
};

void write_markdown(StyledText& out, const std::string& text, Room& room, Gathered& links) {
    std::size_t left_out = 0;
    for (const auto& link : sz::ui::MarkdownWriter::write(out, room.take(text, left_out)))
        links.add_markdown(link);
    write_left_out(out, left_out);
}

// Ends the line if one was begun.
void end_line(StyledText& out) {
    if (!out.IsEmpty() &&
        !out.GetRange(out.GetLastPosition() - 1, out.GetLastPosition()).IsSameAs("\n"))
        out.write("\n");
}

bool is_empty(const Json& field) { return text_of(field, "text").empty(); }

// Markdown as the pack has it; other values in words.
std::string markdown_of(const Json& field) {
    const std::string value = text_of(field, "value");
    return value.empty() ? text_of(field, "text") : value;
}

void write_field(StyledText& out, const Json& field, Room& room, Gathered& links) {
    const wxString name = label_of(field, "name");
    end_line(out);
    if (text_of(field, "type") == "MultiText") {
        out.write("\n");
        out.write(name + "\n", {.bold = true});
        write_markdown(out, markdown_of(field), room, links);
    } else {
        out.write(name + ": ", {.bold = true});
        std::size_t left_out = 0;
        out.write(from_utf8(room.take(text_of(field, "text"), left_out)));
        write_left_out(out, left_out);
        if (field.contains("value")) links.add_values(field["value"], name);
        links.add_mentions(field);
    }
}

}  // namespace

EntryLinks write_entry(StyledText& out, const Json& entry) {
    Gathered links(object_of(entry, "pack"));
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
    return links.take();
}

}  // namespace library
