// SPDX-License-Identifier: AGPL-3.0-or-later
#include "draft.hpp"

#include <algorithm>

#include "markdown.hpp"

namespace datasworn {
namespace {

constexpr std::size_t links_max = 2'000;  // of an entry; a list takes 10,000
constexpr std::size_t tags_max = 100;
constexpr std::size_t unknown_max = 200;         // members that are carried as fields of their own
constexpr std::size_t rows_max = 10'000;         // of a table
constexpr std::size_t text_bytes_max = 900'000;  // a field takes 1 MiB
constexpr std::int64_t exact_max = 999'999'999'999'999;  // a Number holds 15 digits

// A number that a field holds exactly.
bool is_exact(const Json& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= exact_max;
    if (!value.is_number_integer()) return false;
    const auto number = value.get<std::int64_t>();
    return number >= -exact_max && number <= exact_max;
}

bool is_all(const Json& list, bool (*is_one)(const Json&)) {
    return list.is_array() && std::all_of(list.begin(), list.end(), is_one);
}

bool is_string(const Json& value) { return value.is_string(); }

// Links need Markdown, however short the text.
std::string_view text_type(const std::string& text) {
    const bool is_line = text.find('\n') == std::string::npos && !has_entry_links(text);
    return is_line ? "Text" : "MultiText";
}

// Two members of a package may have names that differ in '_' only.
std::string free_key(const Json& to, std::string_view id) {
    const std::string wanted = camel_case(id).substr(0, 100);
    std::string key = wanted;
    for (int i = 2; to.contains(key); ++i) key = wanted + std::to_string(i);
    return key;
}

}  // namespace

std::string Draft::text(const Json& value, std::string_view pointer, As as) {
    return pack_markdown(value.get_ref<const std::string&>(), [&](const std::string& id) {
        const auto target = shop_.links.find(id, pointer);
        if (!target) return Destination{};
        if (!first_) first_ = *target;
        if (as == As::markdown && !is_self(*target))
            return Destination{target->name, target->target_in(shop_.links.pack())};
        note(*target);
        return Destination{target->name, {}};
    });
}

std::string Draft::in_words(const Json& value, std::string_view pointer, As as) {
    if (value.is_string()) return text(value, pointer, as);
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (value.is_primitive()) return value.is_null() ? std::string{} : value.dump();
    std::string out;
    for (const auto& [key, inner] : value.items()) {
        std::string words = in_words(inner, pointer, as);
        if (words.empty()) continue;
        if (value.is_object()) words = spaced(key) + ": " + words;
        append(out, words, value.is_object() ? ", " : "; ");
    }
    return out;
}

std::string Draft::rest_in_words(Members& from, As as) {
    leave_usual(from);
    std::string out;
    for (const auto& [key, value] : from.take_rest())
        append(out, spaced(key) + ": " + in_words(*value, from.pointer_of(key), as), ", ");
    return out;
}

bool Draft::is_self(const Target& target) const {
    return target.dataset == node_.dataset && target.entry == node_.entry &&
           target.pack == shop_.links.pack();
}

void Draft::note(const Target& target) {
    if (is_self(target) || noted_.size() >= links_max) return;
    if (noted_keys_.insert(target.pack + '/' + target.dataset + '/' + target.entry).second)
        noted_.push_back(target);
}

std::vector<Target> Draft::targets(const Json& value, std::string_view pointer,
                                   std::vector<std::string>& nowhere) {
    std::vector<Target> found;
    const auto take = [&](const Json& id) {
        if (!id.is_string()) return nowhere.push_back(in_words(id, pointer, As::words));
        const std::string text = one_line(id.get_ref<const std::string&>());
        auto some = shop_.links.find_all(text, pointer);
        if (some.empty()) nowhere.push_back(text);
        for (Target& one : some) {
            note(one);
            if (found.size() < links_max) found.push_back(std::move(one));
        }
    };
    if (value.is_array()) {
        for (const Json& one : value) take(one);
    } else {
        take(value);
    }
    return found;
}

Json Draft::links_of(const std::vector<Target>& targets) const {
    Json out = Json::array();
    for (const Target& target : targets) out.push_back(target.link());
    return out;
}

void Draft::put(Json& to, std::string_view id, std::string_view name, std::string_view type,
                Json value) {
    if (value.is_string() && value.get_ref<const std::string&>().size() > text_bytes_max) {
        value = shortened(value.get_ref<const std::string&>(), text_bytes_max);
        cut("A text is longer than a field takes and was cut.");
    }
    to[free_key(to, id)] = {{"name", shortened(name, limits::name_bytes_max)},
                            {"type", type},
                            {"value", std::move(value)}};
}

void Draft::put_list(Json& to, std::string_view id, std::string_view name, std::string_view type,
                     std::vector<std::string> items) {
    if (items.empty()) return;
    to[free_key(to, id)] = {{"name", name},
                            {"type", "List"},
                            {"itemType", {{"type", type}}},
                            {"value", std::move(items)}};
}

void Draft::put_links(Json& to, std::string_view id, std::string_view name,
                      const std::vector<Target>& targets) {
    if (targets.empty()) return;
    to[free_key(to, id)] = {{"name", name},
                            {"type", "List"},
                            {"itemType", {{"type", "DatasetLink"}}},
                            {"value", links_of(targets)}};
}

void Draft::put_table(Json& to, std::string_view id, std::string_view name,
                      std::initializer_list<Column> columns, Json rows) {
    if (rows.empty()) return;
    if (rows.size() > rows_max) {
        rows.erase(rows.begin() + rows_max, rows.end());
        cut("A table is longer than a field takes and was cut.");
    }
    Json definitions = Json::array();
    for (const Column& column : columns) {
        const bool is_used = std::any_of(rows.begin(), rows.end(), [&](const Json& row) {
            return row["cells"].contains(column.id);
        });
        if (!is_used) continue;
        Json definition = {{"id", column.id}, {"name", column.name}, {"type", column.type}};
        if (std::string_view(column.type) == "Links") {
            definition["type"] = "List";
            definition["itemType"] = {{"type", "DatasetLink"}};
        }
        definitions.push_back(std::move(definition));
    }
    to[free_key(to, id)] = {{"name", name},
                            {"type", "Table"},
                            {"columns", std::move(definitions)},
                            {"value", std::move(rows)}};
}

void Draft::cut(std::string message) {
    shop_.package.report(shop_.faults, Severity::warning, "SZ-DATASWORN-017", node_.pointer,
                         std::move(message), "Divide it in the package and import again.");
}

void Draft::misfit(std::string_view pointer, std::string_view wanted) {
    shop_.package.report(shop_.faults, Severity::warning, "SZ-DATASWORN-010", pointer,
                         "This should be " + std::string(wanted) + ".",
                         "It was written as what it is.");
}

void Draft::words(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    const std::string pointer = from.pointer_of(key);
    if (!value->is_string()) {
        misfit(pointer, "text");
        return carry(to, key, *value, pointer);
    }
    const std::string words = text(*value, pointer);
    put(to, key, name, text_type(words), words);
}

void Draft::markdown(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    const std::string pointer = from.pointer_of(key);
    if (!value->is_string()) {
        misfit(pointer, "text");
        return carry(to, key, *value, pointer);
    }
    put(to, key, name, "MultiText", text(*value, pointer));
}

void Draft::number(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    if (is_exact(*value)) return put(to, key, name, "Number", *value);
    misfit(from.pointer_of(key), "a whole number");
    carry(to, key, *value, from.pointer_of(key));
}

void Draft::flag(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    if (value->is_boolean()) return put(to, key, name, "Boolean", *value);
    misfit(from.pointer_of(key), "true or false");
    carry(to, key, *value, from.pointer_of(key));
}

void Draft::list(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    const std::string pointer = from.pointer_of(key);
    if (!is_all(*value, is_string)) {
        misfit(pointer, "a list of texts");
        return carry(to, key, *value, pointer);
    }
    std::vector<std::string> items;
    std::string_view type = "Text";
    for (const Json& one : *value) {
        items.push_back(text(one, pointer));
        if (text_type(items.back()) != type) type = "MultiText";
    }
    put_list(to, key, name, type, std::move(items));
}

void Draft::links(Json& to, Members& from, std::string_view key, std::string_view name) {
    const Json* value = from.take(key);
    if (value == nullptr) return;
    std::vector<std::string> nowhere;
    const auto found = targets(*value, from.pointer_of(key), nowhere);
    if (value->is_string() && found.size() == 1) {
        put(to, key, name, "DatasetLink", found.front().link());
    } else {
        put_links(to, key, name, found);
    }
    std::string left;
    for (const std::string& one : nowhere) append(left, one, "; ");
    if (!left.empty())
        put(to, std::string(key) + "_elsewhere", std::string(name) + ", elsewhere", text_type(left),
            left);
}

void Draft::carry(Json& to, std::string_view key, const Json& value, std::string_view pointer) {
    const std::string name = sentence_case(key);
    if (value.is_boolean()) return put(to, key, name, "Boolean", value);
    if (is_exact(value)) return put(to, key, name, "Number", value);
    const std::string words = in_words(value, pointer);
    put(to, key, name, text_type(words), words);
}

void Draft::leave_usual(Members& from) {
    for (const char* key : {"_id", "type"}) (void)from.take(key);  // the entry's id and dataset
    for (const char* key : {"icon", "images"})
        from.leave_out(key, "pictures", "the package names them but does not hold them");
    from.leave_out("_i18n", "hints for translators", "they say nothing about the game");
    from.leave_out("_comment", "comments", "they are for those who edit the package");
}

void Draft::rest(Json& to, Members& from, std::string_view kind) {
    leave_usual(from);
    std::string further;
    std::size_t count = 0;
    for (const auto& [key, value] : from.take_rest()) {
        if (++count > unknown_max) {
            append(further, spaced(key) + ": " + in_words(*value, from.pointer_of(key)), "\n\n");
            continue;
        }
        ++shop_.unknown[{std::string(kind), std::string(shortened(one_line(key), 60))}];
        carry(to, key, *value, from.pointer_of(key));
    }
    if (!further.empty()) put(to, "further", "Further", "MultiText", further);
}

void Draft::group(std::string id, std::string name, Json fields) {
    if (fields.empty()) return;
    groups_.push_back(
        {{"id", std::move(id)}, {"name", std::move(name)}, {"fields", std::move(fields)}});
}

void Draft::tag(std::string word) {
    word = shortened(one_line(word), limits::name_bytes_max);
    const bool is_there = std::find(tags_.begin(), tags_.end(), word) != tags_.end();
    if (!word.empty() && !is_there && tags_.size() < tags_max) tags_.push_back(std::move(word));
}

Json Draft::finish() {
    put_links(fields_, "links", "Links", noted_);
    Json entry = {{"id", node_.entry}, {"name", node_.name}};
    if (!description_.empty()) entry["description"] = std::move(description_);
    if (!tags_.empty()) entry["tags"] = std::move(tags_);
    if (!fields_.empty()) entry["topLevelFields"] = std::move(fields_);
    if (!groups_.empty()) entry["groups"] = std::move(groups_);
    ++shop_.tally.entries;
    return entry;
}

}  // namespace datasworn
