// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/computed_paths.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"
#include "kernel/content/field_match.hpp"

namespace sz::campaign {

namespace {

// What is hidden and what is not there are the same to a reader.
tl::unexpected<Error> nothing_at(const Steps& steps) {
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-080",
                "There is nothing at “" + joined_steps(steps, steps.size()) + "” that you may see.",
                "A path is the ids of a field, or of its section, group and field, with dots "
                "between; what is inside follows.",
                joined_steps(steps, steps.size()));
}

std::string pointer_step(const std::string& key) {
    std::string text = "/";
    for (const char c : key) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return text;
}

// The fields of an entry that steps name by ids: [field] or [group, field].
struct EntryField {
    const Json* json = nullptr;
    std::string id;
    std::size_t steps = 0;
};

EntryField field_of_entry(const Json& entry, const Steps& steps, std::size_t at) {
    const auto in = [&](const Json& holder, const char* key, std::size_t step) -> const Json* {
        const Json* fields = read::member(holder, key);
        return fields == nullptr || step >= steps.size() ? nullptr
                                                         : read::member(*fields, steps[step]);
    };
    for (const Json& group : read::list(entry, "groups")) {
        if (string_or(group, "id") != steps[at]) continue;
        if (const Json* field = in(group, "fields", at + 1)) return {field, steps[at + 1], 2};
    }
    if (const Json* field = in(entry, "topLevelFields", at)) return {field, steps[at], 1};
    for (const Json& group : read::list(entry, "groups")) {
        if (const Json* field = in(group, "fields", at)) return {field, steps[at], 1};
    }
    return {};
}

// Follows the steps of one path and writes down what it comes to.
class Walk {
  public:
    Walk(Computer& computer, const Steps& steps) : computer_(computer), steps_(steps) {}

    [[nodiscard]] Status from_sheet(const Instance& instance, const std::string& home,
                                    std::size_t at, const std::string& of) {
        const Steps rest(steps_.begin() + static_cast<std::ptrdiff_t>(at), steps_.end());
        auto match = find_field(instance, computer_.viewer(), home, rest);
        if (!match) return fail(std::move(match).error());
        const Field& field = instance.fields.find(match->path)->second;
        const Json* value = &field.value;
        if (const Computed* computed = computer_.at(instance, match->path)) {
            if (computed->problem) return fail(*computed->problem);
            value = &computed->value;
        }
        return into(field.definition, *value, at + match->steps,
                    {match->path, string_or(field.definition, "name", match->path), of});
    }

    [[nodiscard]] Status from_entry(const Json& entry, std::size_t at) {
        const std::string of = string_or(entry, "name", string_or(entry, "id"));
        if (at >= steps_.size()) return add(Json(of), {"", of, of});
        const EntryField field = field_of_entry(entry, steps_, at);
        if (field.json != nullptr) {
            const Json* value = read::member(*field.json, "value");
            return into(*field.json, value == nullptr ? Json() : *value, at + field.steps,
                        {field.id, string_or(*field.json, "name", field.id), of});
        }
        if (at + 1 == steps_.size() && steps_[at] == "name") return add(Json(of), {"name", of, of});
        return nothing_at(steps_);
    }

    struct From {
        std::string path, name, of;
    };

    [[nodiscard]] Status into(const Json& definition, const Json& value, std::size_t at,
                              From from) {
        Links links;
        if (at < steps_.size()) {
            const auto references = computer_.services().fields.references(definition, value);
            if (references && references->is_array()) {
                for (const Json& reference : *references) {
                    const std::string kind = string_or(reference, "kind");
                    if (kind == "entry" || kind == "instance")
                        links.emplace(string_or(reference, "pointer"), reference);
                }
            }
        }
        return descend(links, value, "", at, from);
    }

    // A member of the row that a thing stands in, or nothing when it has none of that name.
    [[nodiscard]] std::optional<Status> from_row(const Json& row, std::size_t at,
                                                 const std::string& of) {
        if (at + 1 != steps_.size()) return std::nullopt;
        const Json* member = read::member(row, steps_[at]);
        if (member == nullptr) return std::nullopt;
        return add(*member, {steps_[at], steps_[at], of});
    }

    [[nodiscard]] Json take() { return {{"values", std::move(values_)}, {"many", many_}}; }

  private:
    using Links = std::map<std::string, Json>;  // by pointer

    [[nodiscard]] Status descend(const Links& links, const Json& value, const std::string& pointer,
                                 std::size_t at, const From& from) {
        if (at < steps_.size()) {
            if (const auto link = links.find(pointer); link != links.end())
                return cross(link->second, at);
        }
        if (value.is_array()) return each_item(links, value, pointer, at, from);
        if (at == steps_.size() || value.is_null()) return add(value, from);  // of an empty link
        const Json* member = read::member(value, steps_[at]);
        if (member == nullptr) return nothing_at(steps_);
        return descend(links, *member, pointer + pointer_step(steps_[at]), at + 1,
                       {from.path + "." + steps_[at], from.name + " " + steps_[at], from.of});
    }

    [[nodiscard]] Status each_item(const Links& links, const Json& list, const std::string& pointer,
                                   std::size_t at, const From& from) {
        many_ = true;
        for (std::size_t i = 0; i < list.size(); ++i) {
            std::string inside = pointer + "/" + std::to_string(i);
            const Json* item = &list[i];
            for (const char* payload : {"value", "cells"}) {
                if (item != &list[i] || !list[i].contains("id")) break;
                if (const Json* found = read::member(list[i], payload)) {
                    item = found;
                    inside += std::string("/") + payload;
                }
            }
            SZ_TRY(descend(links, *item, inside, at, from));
        }
        return {};
    }

    [[nodiscard]] Status cross(const Json& link, std::size_t at) {
        if (string_or(link, "kind") == "instance") {
            const Instance* other = visible_instance(computer_.state(), string_or(link, "instance"),
                                                     computer_.viewer());
            if (other == nullptr) return nothing_at(steps_);
            return from_sheet(*other, {}, at, other->name);
        }
        const Json* entry = computer_.entry(link);
        if (entry == nullptr) {
            return fail(ErrorKind::not_found, "SZ-CAMPAIGN-084",
                        "The entry “" + string_or(link, "entryId") + "” is not installed.",
                        "Install its pack; szctl pack list shows what is there.",
                        string_or(link, "datapackId"));
        }
        return from_entry(*entry, at);
    }

    [[nodiscard]] Status add(const Json& value, const From& from) {
        SZ_TRY(computer_.take_value());
        values_.push_back(
            {{"value", value}, {"path", from.path}, {"name", from.name}, {"of", from.of}});
        return {};
    }

    Computer& computer_;
    const Steps& steps_;
    Json values_ = Json::array();
    bool many_ = false;
};

}  // namespace

Result<FoundField> find_field(const Instance& instance, const Viewer& viewer,
                              const std::string& home, const Steps& steps) {
    std::vector<std::string> paths;
    for (const auto& [path, field] : instance.fields) {
        if (instance.field_audience(path).includes(viewer)) paths.push_back(path);
    }
    FieldMatch match = match_field(paths, home, steps);
    if (match.paths.empty()) return nothing_at(steps);
    if (match.paths.size() == 1) return FoundField{std::move(match.paths.front()), match.steps};
    return fail(ErrorKind::input, "SZ-CAMPAIGN-081",
                "“" + joined_steps(steps, match.steps) + "” could be " + match.paths[0] + " or " +
                    match.paths[1] + ".",
                "Write the group's id before it.", joined_steps(steps, match.steps));
}

Result<Json> SheetResolver::resolve(const std::vector<std::string>& steps) {
    Walk walk(computer_, steps);
    if (stored_ != nullptr && steps.front() == "stored") {
        SZ_TRY(walk.into(stored_->definition, stored_->value, 1,
                         {home_, string_or(stored_->definition, "name", home_), {}}));
    } else if (item_ != nullptr && steps.front() == "item") {
        const std::string of = string_or(*item_->entry, "name");
        const auto in_row =
            item_->row == nullptr ? std::nullopt : walk.from_row(*item_->row, 1, of);
        SZ_TRY(in_row ? *in_row : walk.from_entry(*item_->entry, 1));
    } else {
        SZ_TRY(walk.from_sheet(instance_, home_, 0, {}));
    }
    return walk.take();
}

}  // namespace sz::campaign
