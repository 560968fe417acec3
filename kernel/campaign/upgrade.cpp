// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/upgrade.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "kernel/campaign/blueprint.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/entry_sheet.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/content/versions.hpp"

namespace sz::campaign {

namespace {

std::string quoted(const std::string& text) { return short_text(Json(text)); }

using Written = std::multiset<std::string>;

// Texts, numbers and ticks, without where they stand.
void collect_written(const Json& value, Written& written) {
    if (value.is_structured()) {
        for (const Json& inside : value) collect_written(inside, written);
    } else if (!value.is_null() && value != false && value != "") {
        written.insert(canonical_json(value));
    }
}

// Whatever somebody wrote, beyond what stood there by default.
bool keeps_all(const Json& before, const Json& by_default, const Json& after) {
    Written had, given, has, own;
    collect_written(before, had);
    collect_written(by_default, given);
    collect_written(after, has);
    std::set_difference(had.begin(), had.end(), given.begin(), given.end(),
                        std::inserter(own, own.end()));
    return std::includes(has.begin(), has.end(), own.begin(), own.end());
}

std::string in_words(const std::string& key) {
    if (key == "defaultValue") return "default";
    if (key == "visibility") return "who sees it";
    if (key == "editableBy") return "who edits it";
    return key;
}

// "maximum was 5, is 7": what is another one in the new definition.
std::string redefinition(const Json& before, const Json& after) {
    std::set<std::string> keys;
    for (const Json* one : {&before, &after}) {
        for (const auto& [key, value] : one->items()) keys.insert(key);
    }
    std::string words;
    for (const std::string& key : keys) {
        const Json* was = read::member(before, key);
        const Json* is = read::member(after, key);
        if (was != nullptr && is != nullptr && *was == *is) continue;
        words += words.empty() ? "" : ", ";
        const bool is_long =
            (was != nullptr && was->is_structured()) || (is != nullptr && is->is_structured());
        if (key == "name" && is != nullptr) {
            words += "is called " + short_text(*is) + " now";
        } else if (is_long) {
            words += "another “" + in_words(key) + "”";
        } else if (was == nullptr) {
            words += in_words(key) + " is " + short_text(*is);
        } else if (is == nullptr) {
            words += "no " + in_words(key) + " any more";
        } else {
            words += in_words(key) + " was " + short_text(*was) + ", is " + short_text(*is);
        }
    }
    return words;
}

// A pack as a template's or an entry's link names it.
struct LinkedPack {
    std::string id, version;
};

class Planner {
  public:
    Planner(const Instance& before, const PackVersion& pack, const Templates& templates,
            const FieldTypes& types)
        : before_(before), pack_(pack), templates_(templates), types_(types) {
        upgrade_.after = before;
    }

    [[nodiscard]] Result<std::optional<Upgrade>> plan() {
        // Anything that "ID@VERSION" may mean is not enough: this very version.
        const std::string wanted = pack_.id + "@" + pack_.version;
        SZ_ASSIGN(const Json installed, templates_.find_pack(wanted));
        reference_ = string_or(installed, "id") + "@" + string_or(installed, "version");
        if (is_older(template_pack())) take_definitions();
        relink_values();
        relink_entry();
        upgrade_.alters = !is_same_definition(before_, upgrade_.after) || has_other_values();
        if (!upgrade_.stays && !upgrade_.alters) return std::optional<Upgrade>();
        return std::optional(std::move(upgrade_));
    }

  private:
    [[nodiscard]] bool is_of_template() const {
        return read::text(before_.template_link, "templateId") != nullptr;
    }
    // Where the definitions are from.
    [[nodiscard]] LinkedPack template_pack() const {
        const Json* from = read::member(before_.template_link, "templateFrom");
        const Json& link = from == nullptr ? before_.template_link : *from;
        return {string_or(link, "datapackId"), string_or(link, "version")};
    }
    [[nodiscard]] bool is_older(const LinkedPack& one) const {
        return one.id == pack_.id && one.version != pack_.version;
    }

    [[nodiscard]] bool has_other_values() const {
        return std::any_of(before_.fields.begin(), before_.fields.end(), [this](const auto& one) {
            const auto field = upgrade_.after.fields.find(one.first);
            return field != upgrade_.after.fields.end() && field->second.value != one.second.value;
        });
    }

    void add(const std::string& path, const std::string& name, const char* change,
             const std::string& sentence) {
        upgrade_.changes.push_back({{"path", path},
                                    {"name", name},
                                    {"change", change},
                                    {"sentence", quoted(name) + sentence}});
    }

    [[nodiscard]] Result<Instance> made_anew() const {
        Instance draft;
        draft.id = before_.id;
        draft.kind = before_.kind;
        if (!is_of_template()) {
            SZ_ASSIGN(
                const Json found,
                templates_.find_entry(reference_, string_or(before_.template_link, "datasetId"),
                                      string_or(before_.template_link, "entryId")));
            return instance_from_entry(found, std::move(draft), types_);
        }
        const std::string kind =
            before_.kind == "session" ? "session-template" : "character-template";
        SZ_ASSIGN(const Json found,
                  templates_.find_template(
                      kind, reference_ + "/" + string_or(before_.template_link, "templateId")));
        return instance_from_template(found, std::move(draft), types_);
    }

    void take_definitions() {
        auto made = made_anew();
        if (made) {
            if (auto merged = merge(*made)) return;
            upgrade_.after = before_;
            upgrade_.changes = Json::array();
        }
        upgrade_.stays =
            made ? Error{ErrorKind::limit, "SZ-CAMPAIGN-102",
                         "With what is kept, the sheet would hold more than a sheet may.",
                         "Make a new one from the new version.", before_.id}
                 : std::move(made).error();
    }

    [[nodiscard]] Status merge(Instance& made) {
        const auto is_gone = [&](const std::string& path) { return !made.fields.contains(path); };
        const auto is_there = [](const std::string&) { return true; };
        std::vector<LayoutSection> layout = made.layout;
        SZ_TRY(merge_sheet_part(layout, sheet_part(before_, is_gone, is_there)));
        Instance& after = upgrade_.after;
        for (const auto& [path, field] : made.fields) after.fields[path];
        after.layout = std::move(layout);
        visit_fields(after, [&](const auto&, const auto&, const std::string& path, const Field&) {
            const auto fresh = made.fields.find(path);
            const auto old = before_.fields.find(path);
            if (fresh == made.fields.end()) {
                add(path, string_or(old->second.definition, "name", path), "gone",
                    " (" + path + ") is not in the new version. It stays as it is.");
            } else if (old == before_.fields.end()) {
                after.fields[path] = fresh->second;
                const std::string text = text_of(fresh->second);
                add(path, string_or(fresh->second.definition, "name", path), "new",
                    " (" + path + ") is new" + (text.empty() ? "." : ": " + quoted(text) + "."));
            } else {
                carry(path, old->second, fresh->second.definition, after.fields[path]);
            }
        });
        take_link(made);
        return {};
    }

    // What the sheet says that it was made from.
    void take_link(const Instance& made) {
        Instance& after = upgrade_.after;
        after.requires_packs = made.requires_packs;
        const bool is_of_both =
            is_of_template() && read::text(before_.template_link, "entryId") != nullptr;
        if (!is_of_both) {
            after.template_link = made.template_link;
        } else if (after.template_link.contains("templateFrom")) {
            after.template_link["templateFrom"]["version"] = pack_.version;
        } else {
            after.template_link["version"] = pack_.version;
        }
    }

    // An entry's values are the sheet's own: of a sheet that only took them, the link follows.
    void relink_entry() {
        Json& link = upgrade_.after.template_link;
        if (!link.contains("templateFrom")) return;
        if (!is_older({string_or(link, "datapackId"), string_or(link, "version")})) return;
        if (templates_.find_entry(reference_, string_or(link, "datasetId"),
                                  string_or(link, "entryId")))
            link["version"] = pack_.version;
    }

    void carry(const std::string& path, const Field& old, const Json& definition, Field& field) {
        const std::string name = string_or(definition, "name", path);
        auto fitted = fit(old, definition);
        if (!fitted) {
            add(path, string_or(old.definition, "name", path), "held",
                " stays as it was, its definition too: " + quoted(text_of(old)) +
                    " does not fit the new one. " + fitted.error().message);
            return;
        }
        if (old.definition != definition)
            add(path, name, "redefined", ": " + redefinition(old.definition, definition) + ".");
        field.definition = definition;
        field.value = std::move(*fitted);
        if (field.value != old.value)
            add(path, name, "rewritten", " is written anew: " + quoted(text_of(field)) + ".");
    }

    // The value as the new definition has it, if nothing that was written is lost by that.
    [[nodiscard]] Result<Json> fit(const Field& old, const Json& definition) const {
        Findings findings;
        auto value = types_.normalize(definition, old.value, findings);
        if (value && keeps_all(old.value, default_of(old.definition), *value)) return value;
        if (old.definition.value("type", "") != definition.value("type", "")) {
            const std::string text = text_of(old);
            auto read_again = types_.parse(definition, text, "");
            if (read_again) read_again = types_.normalize(definition, *read_again, findings);
            if (read_again && text_of({definition, *read_again, {}}) == text) return read_again;
        }
        if (value) {
            return fail(ErrorKind::input, "SZ-CAMPAIGN-103",
                        "Something that is written in it would be lost.");
        }
        const auto first = std::find_if(findings.begin(), findings.end(), [](const Finding& one) {
            return one.severity == Severity::error;
        });
        if (first == findings.end()) return value;
        return fail(ErrorKind::input, first->code, first->message);
    }

    [[nodiscard]] Json default_of(const Json& definition) const {
        Findings ignored;
        return types_.normalize(definition, nullptr, ignored).value_or(Json());
    }

    [[nodiscard]] std::string text_of(const Field& field) const {
        return types_.format(field.definition, field.value, "").value_or("");
    }

    // Links that name one version of the pack follow it, where its new version has such an entry.
    void relink_values() {
        visit_fields(upgrade_.after, [&](const auto&, const auto&, const std::string& path,
                                         const Field& found) {
            Field& field = upgrade_.after.fields.find(path)->second;
            std::size_t moved = 0;
            std::vector<std::string> lost;
            relink(field.value, moved, lost);
            const std::string name = string_or(found.definition, "name", path);
            if (moved != 0) {
                add(path, name, "relinked",
                    " leads to " + (moved == 1 ? "the entry" : std::to_string(moved) + " entries") +
                        " of the new version.");
            }
            for (const std::string& entry : lost) {
                add(path, name, "unlinked",
                    " still leads to " + quoted(entry) +
                        " of the old version: the new one has no such entry.");
            }
        });
    }

    void relink(Json& value, std::size_t& moved, std::vector<std::string>& lost) const {
        if (!value.is_structured()) return;
        const std::string version = string_or(value, "version");
        const bool is_link = string_or(value, "datapackId") == pack_.id &&
                             value.contains("entryId") && version != pack_.version &&
                             parse_version(version).has_value();
        if (!is_link) {
            for (Json& inside : value) relink(inside, moved, lost);
            return;
        }
        Json wanted = value;
        wanted["version"] = pack_.version;
        if (templates_.linked_entry(wanted)) {
            value = std::move(wanted);
            ++moved;
        } else {
            lost.push_back(string_or(value, "entryId"));
        }
    }

    const Instance& before_;
    const PackVersion& pack_;
    const Templates& templates_;
    const FieldTypes& types_;
    std::string reference_;
    Upgrade upgrade_;
};

}  // namespace

bool is_same_definition(const Instance& a, const Instance& b) {
    return a.template_link == b.template_link && a.requires_packs == b.requires_packs &&
           layout_row(a) == layout_row(b);
}

Result<std::optional<Upgrade>> plan_upgrade(const Instance& instance, const PackVersion& pack,
                                            const Templates& templates, const FieldTypes& fields) {
    return Planner(instance, pack, templates, fields).plan();
}

std::vector<SeenRecord> upgrade_records(const Instance& before, const Instance& after,
                                        const Json& inverse) {
    std::vector<SeenRecord> records;
    const auto add = [&](const Audience& audience, Json what) {
        Record record{after.id, "", {{"upgrade", std::move(what)}}, inverse, false, {"definition"}};
        records.push_back({audience, std::move(record)});
    };
    // Values that are other ones are said by themselves too: undo looks at each field's changes.
    const auto add_values = [&] {
        for (const auto& [path, field] : after.fields) {
            const auto old = before.fields.find(path);
            if (old == before.fields.end() || old->second.value == field.value) continue;
            records.push_back({after.field_audience(path),
                               {after.id, path, {{"set", field.value}}, inverse, false, {}}});
        }
    };
    // What only leads elsewhere concerns those only who see that.
    if (is_same_definition(before, after)) {
        add_values();
        return records;
    }
    for (SheetPart& part : parts_by_audience(after)) {
        Json what{{"sections", std::move(part.sections)}};
        if (records.empty()) {
            what["template"] = after.template_link;
            what["requires"] = after.requires_packs;
        }
        add(part.audience, std::move(what));
    }
    Json dropped = Json::array();
    for (const auto& [path, field] : before.fields) {
        if (!after.fields.contains(path)) dropped.push_back(path);
    }
    if (!dropped.empty()) add(Audience::game_masters(), {{"without", std::move(dropped)}});
    add_values();
    return records;
}

}  // namespace sz::campaign
