// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about the entries of a dataset, one by one and beside each other.
#include <algorithm>
#include <map>
#include <unordered_map>

#include "kernel/base/text.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools::rules {

namespace {

// Letters of other scripts are bytes past ASCII.
bool has_letter_or_digit(const std::string& text) {
    return std::any_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               static_cast<unsigned char>(c) >= 0x80U;
    });
}

bool says_something(const Json& entry) {
    bool says = !is_empty_value(member(entry, "description"));
    for_each_field(entry, {}, [&](const auto&, const Json& field, const auto&) {
        says = says || !is_empty_value(member(field, "value"));
    });
    return says;
}

}  // namespace

void nameless_entry(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto& pointer) {
            if (has_letter_or_digit(string_or(entry, "name"))) return;
            report.advise(object.path, pointer + "/name",
                          "The name of " + quote(id) + " has no letter and no digit.",
                          "Give it a name; nobody can search for this one.");
        });
    }
}

void same_name(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        std::unordered_map<std::string, std::string> by_name;
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto& pointer) {
            const auto name = string_or(entry, "name");
            const auto [other, is_new] = by_name.try_emplace(ascii_lower(name), id);
            if (is_new) return;
            report.advise(object.path, pointer + "/name",
                          quote(other->second) + " and " + quote(id) + " are both called " +
                              quote(name) + ".",
                          "Tell them apart, such as \"Longsword (silver)\": by name alone nobody "
                          "can reach either.");
        });
    }
}

void same_entry(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        std::unordered_map<std::string, std::string> by_content;
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto& pointer) {
            if (!entry.is_object() || !says_something(entry)) return;
            Json content = entry;
            content.erase("id");
            content.erase("name");
            const auto [other, is_new] = by_content.try_emplace(content.dump(), id);
            if (is_new) return;
            report.advise(
                object.path, pointer,
                quote(other->second) + " and " + quote(id) + " say the same, word for word.",
                "Remove one of them, or say where they differ.");
        });
    }
}

void silent_entry(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto& pointer) {
            if (says_something(entry)) return;
            report.advise(object.path, pointer, quote(id) + " has a name and nothing else.",
                          "Give it a description or a field, or leave it out for now.");
        });
    }
}

void undescribed_entry(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        std::size_t entries = 0;
        std::vector<std::string> without;
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto&) {
            ++entries;
            if (is_empty_value(member(entry, "description")) && says_something(entry))
                without.push_back(quote(id));
        });
        const auto described = entries - without.size();
        if (without.empty() || described * 100 < entries * advised::entries_described_percent)
            continue;
        report.advise(object.path, "/entries",
                      counted(without.size(), "entry has", "entries have") +
                          " no description, while the others do: " + listed(without) + ".",
                      "Describe them too.");
    }
}

void unfilled_field(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        struct Use {
            std::string pointer;  // of the first
            std::size_t filled = 0;
        };
        std::map<std::string, Use> uses;
        for_each_entry(object, [&](const auto&, const Json& entry, const auto& from) {
            for_each_field(entry, from,
                           [&](const auto& path, const Json& field, const auto& pointer) {
                               auto& use = uses.try_emplace(path, Use{pointer}).first->second;
                               use.filled += is_empty_value(member(field, "value")) ? 0U : 1U;
                           });
        });
        for (const auto& [path, use] : uses) {
            if (use.filled > 0) continue;
            report.advise(object.path, use.pointer, "No entry fills the field " + quote(path) + ".",
                          "Fill it where it applies, or leave it out.");
        }
    }
}

}  // namespace sz::tools::rules
