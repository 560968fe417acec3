// SPDX-License-Identifier: AGPL-3.0-or-later
// Advice about datasets and templates as a whole, and about ids.
#include <algorithm>
#include <map>

#include "kernel/base/text.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/lint_rules.hpp"
#include "kernel/content/tools/walk.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools::rules {

namespace {

bool is_small(char c) { return c >= 'a' && c <= 'z'; }
bool is_large(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "core-items", "srd_5.2": small letters and digits, with single '-', '_' or '.' between them.
bool is_plain_id(const std::string& id) {
    bool was_sign = true;
    for (const char c : id) {
        const bool is_sign = c == '-' || c == '_' || c == '.';
        if (is_sign ? was_sign : !is_small(c) && !is_digit(c)) return false;
        was_sign = is_sign;
    }
    return !was_sign;
}

// "healAmount", "heal-amount": a small letter first.
bool is_field_id(const std::string& id) {
    return !id.empty() && is_small(id.front()) && id.back() != '-' &&
           std::all_of(id.begin(), id.end(), [](char c) {
               return is_small(c) || is_large(c) || is_digit(c) || c == '-';
           });
}

const char* what_is(const PackObject& object) {
    return object.type == "dataset" ? "dataset" : "template";
}

// Ids beside each other that a person, or a file system, takes for one.
class CaseTwins {
  public:
    explicit CaseTwins(LintReport& report, const std::string& file)
        : report_(report), file_(file) {}

    void see(const std::string& id, const std::string& pointer) {
        const auto [other, is_new] = seen_.try_emplace(ascii_lower(id), id);
        if (is_new || other->second == id) return;
        report_.advise(
            file_, pointer,
            quote(id) + " and " + quote(other->second) + " differ in upper and lower case only.",
            "Give one of them another id: people, and the search, take them for the "
            "same.");
    }

  private:
    LintReport& report_;
    const std::string& file_;
    std::map<std::string, std::string> seen_;
};

}  // namespace

void no_object_description(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        if (!string_or(object.json, "description").empty()) continue;
        report.advise(object.path, "",
                      std::string("The ") + what_is(object) + " has no description.",
                      "Say in a sentence what it is for; it stands in the library beside the "
                      "name.");
    }
}

void no_help(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        std::size_t fields = 0;
        std::size_t helped = 0;
        for_each_template_field(object, [&](const auto&, const Json& field, const auto&) {
            ++fields;
            helped += member(field, "help").is_string() ? 1U : 0U;
        });
        if (fields <= advised::fields_without_help || helped > 0) continue;
        report.advise(
            object.path, "/sections",
            "None of the template's " + counted(fields, "field", "fields") + " has a “help”.",
            "Say beside the fields that are not plain what belongs into them.");
    }
}

void empty_dataset(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        if (object.type != "dataset" || !member(object.json, "entries").empty()) continue;
        report.advise(object.path, "", "The dataset has no entries.",
                      "Add some, or remove the file until there are.");
    }
}

void name_style(const LintSubject& subject, LintReport& report) {
    const auto* hint =
        "Write small letters and digits with “-” between them, such as \"healing-potion\". Once "
        "published an id should stay: links lead to it.";
    for (const auto& object : subject.pack.objects) {
        if (!is_plain_id(object.id))
            report.advise(object.path, "/id", quote(object.id) + " is an unusual id.", hint);
        for_each_entry(object, [&](const auto& id, const Json&, const auto& pointer) {
            if (!is_plain_id(id))
                report.advise(object.path, pointer, quote(id) + " is an unusual id.", hint);
        });
    }
}

void field_style(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        const auto look = [&](const std::string& path, const Json&, const std::string& pointer) {
            const auto id = path.substr(path.rfind('.') + 1);
            if (is_field_id(id)) return;
            report.advise(object.path, pointer, quote(id) + " is an unusual id of a field.",
                          "Begin with a small letter and go on with letters, digits or “-”, such "
                          "as \"healAmount\"; what people read is its “name”.");
        };
        for_each_template_field(object, look);
        for_each_entry(object, [&](const auto&, const Json& entry, const auto& pointer) {
            for_each_field(entry, pointer, look);
        });
    }
}

void same_but_for_case(const LintSubject& subject, LintReport& report) {
    for (const auto& object : subject.pack.objects) {
        CaseTwins entries(report, object.path);
        for_each_entry(object, [&](const auto& id, const Json& entry, const auto& pointer) {
            entries.see(id, pointer);
            CaseTwins fields(report, object.path);
            for_each_field(entry, pointer, [&](const auto& path, const Json&, const auto& to) {
                fields.see(path, to);
            });
        });
        CaseTwins fields(report, object.path);
        for_each_template_field(
            object, [&](const auto& path, const Json&, const auto& to) { fields.see(path, to); });
    }
}

}  // namespace sz::tools::rules
