// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about definitions of fields, texts and links.
#include <algorithm>
#include <set>

#include "kernel/base/text.hpp"
#include "kernel/content/pack_contents.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools::rules {

namespace {

template <class Visit>
void for_each_text_of_pack(const LintSubject& subject, const Visit& visit) {
    for_each_text(subject.pack.manifest,
                  [&](const ReadText& text) { visit(std::string(manifest_path), text); });
    for (const auto& object : subject.pack.objects)
        for_each_text(object.json, [&](const ReadText& text) { visit(object.path, text); });
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The target of each "[words](target)".
std::vector<std::string> link_targets(const std::string& markdown) {
    std::vector<std::string> targets;
    for (auto at = markdown.find("]("); at != std::string::npos; at = markdown.find("](", at + 2)) {
        const auto end = markdown.find(')', at);
        const bool is_on_one_line = end != std::string::npos && markdown.find('\n', at) > end;
        if (is_on_one_line) targets.push_back(markdown.substr(at + 2, end - at - 2));
    }
    return targets;
}

bool is_followed(const std::string& target) {
    const auto small = ascii_lower(target);
    return small.starts_with("https://") || small.starts_with("http://");
}

// Links to entries are followed in entries, and in what a field holds.
bool is_shown_with_entries(const std::string& pointer) {
    return pointer.starts_with("/entries/") || !pointer.ends_with("/description");
}

}  // namespace

// Defaults that belong to what an entry's lists and tables take in: the check asks for those of
// templates only.
void unfit_default(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        for_each_definition(object, [&](const Definition& definition) {
            const auto& value = member(definition.json, "defaultValue");
            if (definition.is_in_template || value.is_null()) return;
            auto asked = definition.json;
            if (!definition.is_inside) asked.erase("value");
            Findings findings;
            if (subject.fields.normalize(asked, value, findings)) return;
            const auto why = findings.empty() ? std::string() : " " + findings.front().message;
            report.advise(object.path, definition.pointer + "/defaultValue",
                          "The default of " + quote(definition.path) + ", " + in_short(value) +
                              ", does not fit the field." + why,
                          findings.empty() ? "" : findings.front().hint);
        });
    }
}

void no_choice(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        for_each_definition(object, [&](const Definition& definition) {
            // An entry may well pin what it says of itself.
            if (!definition.is_in_template) return;
            const auto& least = member(definition.json, "min");
            const auto& most = member(definition.json, "max");
            const auto& options = member(definition.json, "options");
            const bool is_pinned = least.is_number() && least == most;
            const bool is_single = string_or(definition.json, "type") == "Select" &&
                                   options.is_array() && options.size() == 1;
            if (!is_pinned && !is_single) return;
            report.advise(object.path, definition.pointer,
                          quote(definition.path) + " can only ever be " +
                              (is_pinned ? in_short(least) : in_short(options.front())) + ".",
                          "Widen it, or say it in the description instead.");
        });
    }
}

void long_line(const LintSubject& subject, LintReport& report) {
    for_each_text_of_pack(subject, [&](const std::string& file, const ReadText& text) {
        const auto length = characters_of(text.text);
        if (text.kind != ReadText::Kind::line || length <= advised::one_line_characters) return;
        report.advise(file, text.pointer,
                      "A Text of " + std::to_string(length) + " characters stands on one line: “" +
                          shortened(text.text, 40) + "”.",
                      "Make it a MultiText, which is shown as paragraphs, or shorten it to " +
                          std::to_string(advised::one_line_characters) + ".");
    });
}

void white_space(const LintSubject& subject, LintReport& report) {
    for_each_text_of_pack(subject, [&](const std::string& file, const ReadText& text) {
        if (text.text.empty()) return;
        const bool is_before = is_white(text.text.front());
        if (!is_before && !is_white(text.text.back())) return;
        report.advise(file, text.pointer,
                      std::string("White space stands ") + (is_before ? "before" : "behind") +
                          " the text “" + shortened(text.text, 40) + "”.",
                      "Remove it: it is not seen, but it is searched and compared.");
    });
}

void link_to_nothing(const LintSubject& subject, LintReport& report) {
    std::set<std::string> empty;
    for (const auto& object : subject.pack.objects) {
        if (object.type == "dataset" && member(object.json, "entries").empty())
            empty.insert(object.id);
    }
    const auto own = string_or(subject.pack.manifest, "id");
    for (const auto& object : subject.pack.objects) {
        for_each_definition(object, [&](const Definition& definition) {
            const auto& link = member(definition.json, "datasetLink");
            if (string_or(link, "datapackId") != own ||
                !empty.contains(string_or(link, "datasetId")))
                return;
            report.advise(object.path, definition.pointer + "/datasetLink",
                          quote(definition.path) + " chooses from " +
                              quote(string_or(link, "datasetId")) + ", which has no entries.",
                          "Add entries to the dataset, or remove the field.");
        });
    }
}

void link_nowhere(const LintSubject& subject, LintReport& report) {
    for_each_text_of_pack(subject, [&](const std::string& file, const ReadText& text) {
        if (text.kind != ReadText::Kind::markdown) return;
        for (const auto& target : link_targets(text.text)) {
            if (is_followed(target)) continue;
            if (target.starts_with("entry:") && is_shown_with_entries(text.pointer)) continue;
            report.advise(
                file, text.pointer,
                "Nobody can follow the link to “" + shortened(target, 40) + "” in this text.",
                "Link to entries with [words](entry:DATASET/ENTRY) in a text of an entry or a "
                "field of type DatasetLink, and to pages with their whole address: https://….");
        }
    });
}

}  // namespace sz::tools::rules
