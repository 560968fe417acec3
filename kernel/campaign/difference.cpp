// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/difference.hpp"

#include <algorithm>
#include <map>

#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/views.hpp"

namespace sz::campaign {

namespace {

std::string in_quotes(const std::string& text) { return short_text(Json(text)); }

std::string role_words(const Json& member) {
    const std::string role = string_or(member, "role");
    return role == "gm" ? "game master" : role;
}

// A sheet's fields in its order, by path.
struct SeenFields {
    std::vector<const Json*> in_order;
    std::map<std::string, const Json*> by_path;

    explicit SeenFields(const Json& sheet) {
        for (const Json& section : read::list(sheet, "sections")) {
            for (const Json& group : read::list(section, "groups")) {
                for (const Json& field : read::list(group, "fields")) {
                    in_order.push_back(&field);
                    by_path[string_or(field, "path")] = &field;
                }
            }
        }
    }
    [[nodiscard]] const Json* find(const std::string& path) const {
        const auto found = by_path.find(path);
        return found == by_path.end() ? nullptr : found->second;
    }
};

const Json& value_of(const Json* field) {
    static const Json none;
    const Json* value = field == nullptr ? nullptr : read::member(*field, "value");
    return value == nullptr ? none : *value;
}

// The items of `list` that `other` has not, as people read them.
std::string items_missing(const FieldTypes& types, const Json& definition, const Json& list,
                          const Json& other) {
    std::string words;
    for (const Json& item : list) {
        const std::string id = string_or(item, "id");
        const bool is_there = std::any_of(other.begin(), other.end(), [&](const Json& one) {
            return id.empty() ? one == item : string_or(one, "id") == id;
        });
        if (!is_there)
            words += (words.empty() ? "" : ", ") +
                     in_quotes(value_text(types, definition, Json::array({item})));
    }
    return words;
}

class SheetComparer {
  public:
    SheetComparer(const FieldTypes& types, const std::string& name) : types_(types), name_(name) {}

    Json sentences = Json::array(), fields = Json::array();

    void compare(const Json& before, const Json& after) {
        const SeenFields then(before);
        const SeenFields now(after);
        for (const Json* field : now.in_order)
            compare_field(then.find(string_or(*field, "path")), field);
        for (const Json* field : then.in_order) {
            if (now.find(string_or(*field, "path")) == nullptr) compare_field(field, nullptr);
        }
        compare_audiences(before, after);
    }

  private:
    void compare_field(const Json* then, const Json* now) {
        const bool is_same = then != nullptr && now != nullptr && value_of(then) == value_of(now) &&
                             string_or(*then, "text") == string_or(*now, "text");
        if (is_same) return;
        const Json& known = now == nullptr ? *then : *now;
        const char* change = then == nullptr ? "shown" : now == nullptr ? "hidden" : "changed";
        const std::string from = then == nullptr ? "" : string_or(*then, "text");
        const std::string to = now == nullptr ? "" : string_or(*now, "text");
        fields.push_back({{"path", string_or(known, "path")},
                          {"name", string_or(known, "name")},
                          {"change", change},
                          {"from", value_of(then)},
                          {"to", value_of(now)},
                          {"from_text", from},
                          {"to_text", to}});
        const std::string subject = name_ + "’s " + string_or(known, "name");
        if (then == nullptr) {
            sentences.push_back(subject + " can be seen now: " + in_quotes(to) + ".");
        } else if (now == nullptr) {
            sentences.push_back(subject + " cannot be seen any more.");
        } else {
            sentences.push_back(subject + " " + what_happened(known, *then, *now) + ".");
        }
    }

    [[nodiscard]] std::string what_happened(const Json& known, const Json& then,
                                            const Json& now) const {
        const std::string from = string_or(then, "text");
        const std::string to = string_or(now, "text");
        if (value_of(&now).is_array()) return what_happened_to_list(known, then, now);
        if (from.empty()) return "is now " + in_quotes(to);
        if (to.empty()) return "is empty now; it was " + in_quotes(from);
        if (!value_of(&now).is_string())
            return "went from " + shortened(from, text_bytes_max) + " to " +
                   shortened(to, text_bytes_max);
        return "changed from " + in_quotes(from) + " to " + in_quotes(to);
    }

    [[nodiscard]] std::string what_happened_to_list(const Json& known, const Json& then,
                                                    const Json& now) const {
        static const Json none = Json::object();
        const Json* definition = read::member(known, "definition");
        const Json& of = definition == nullptr ? none : *definition;
        if (!value_of(&then).is_array()) return "is another list now";
        const std::string gained = items_missing(types_, of, value_of(&now), value_of(&then));
        const std::string lost = items_missing(types_, of, value_of(&then), value_of(&now));
        if (gained.empty() && lost.empty()) return "has its items changed";
        if (lost.empty()) return "gained " + gained;
        if (gained.empty()) return "lost " + lost;
        return "gained " + gained + " and lost " + lost;
    }

    // Only whoever sees everything is told who else sees what: the flat fields have it.
    void compare_audiences(const Json& before, const Json& after) {
        const Json* then = read::member(before, "fields");
        const Json* now = read::member(after, "fields");
        if (then == nullptr || now == nullptr) return;
        for (const auto& [path, field] : now->items()) {
            const Json* old = read::member(*then, path);
            const Json* from = old == nullptr ? nullptr : read::member(*old, "visible_to");
            const Json* to = read::member(field, "visible_to");
            if (from == nullptr || to == nullptr || *from == *to) continue;
            sentences.push_back("Who sees " + name_ + "’s “" + path + "” went from " +
                                audience_words(*from) + " to " + audience_words(*to) + ".");
        }
    }

    [[nodiscard]] static std::string audience_words(const Json& visible_to) {
        return visible_to.is_string() ? visible_to.get<std::string>()
                                      : std::to_string(visible_to.size()) + " named";
    }

    static constexpr std::size_t text_bytes_max = 60;
    const FieldTypes& types_;
    const std::string& name_;
};

Json members_difference(const Json& before, const Json& after) {
    std::map<std::string, std::pair<const Json*, const Json*>> all;
    for (const Json& member : before) all[string_or(member, "client_id")].first = &member;
    for (const Json& member : after) all[string_or(member, "client_id")].second = &member;
    Json list = Json::array();
    const auto add = [&](const std::string& id, const Json& member, const char* change,
                         const std::string& sentence) {
        list.push_back({{"client_id", id},
                        {"name", string_or(member, "name")},
                        {"change", change},
                        {"sentence", sentence}});
    };
    for (const auto& [id, seen] : all) {
        const auto [then, now] = seen;
        const Json& member = now == nullptr ? *then : *now;
        const std::string name = string_or(member, "name");
        if (then == nullptr) {
            add(id, member, "joined", name + " joined as " + role_words(member) + ".");
        } else if (now == nullptr) {
            add(id, member, "left", name + " left.");
        } else if (role_words(*then) != role_words(*now)) {
            add(id, member, "changed",
                name + " went from " + role_words(*then) + " to " + role_words(*now) + ".");
        } else if (name != string_or(*then, "name")) {
            add(id, member, "changed", string_or(*then, "name") + " is called " + name + " now.");
        }
    }
    return list;
}

// Neither the sheet nor what its viewer may do was touched in between.
bool is_untouched(const SeenState& before, const SeenState& after, const Instance& then,
                  const Instance& now) {
    const auto role = [](const SeenState& seen) {
        const auto member = seen.state.members().find(seen.viewer.client_id);
        return member == seen.state.members().end() ? "" : role_name(member->second.role);
    };
    return then.revision == now.revision && std::string_view(role(before)) == role(after);
}

using Sheets = std::vector<std::pair<const Instance*, const Instance*>>;

// What each saw or sees, in the order of the later viewer's lists.
Sheets seen_sheets(const SeenState& before, const SeenState& after) {
    std::map<std::string, std::pair<const Instance*, const Instance*>> all;
    for (const SeenState* seen : {&before, &after}) {
        for (const auto& [id, hidden] : seen->state.instances()) {
            if (const Instance* instance = visible_instance(seen->state, id, seen->viewer))
                (seen == &before ? all[id].first : all[id].second) = instance;
        }
    }
    Sheets sheets;
    for (const auto& [id, both] : all) sheets.push_back(both);
    const auto latest = [](const auto& both) -> const Instance& {
        return both.second == nullptr ? *both.first : *both.second;
    };
    std::sort(sheets.begin(), sheets.end(), [&](const auto& a, const auto& b) {
        return stands_before(latest(a), latest(b), after.viewer);
    });
    return sheets;
}

}  // namespace

Json difference(const SeenState& before, const SeenState& after,
                const Computer::Services& services) {
    Json sheets = Json::array();
    for (const auto& [then, now] : seen_sheets(before, after)) {
        if (then != nullptr && now != nullptr && is_untouched(before, after, *then, *now)) continue;
        const std::string& name = (now == nullptr ? then : now)->name;
        SheetComparer comparer(services.fields, name);
        const char* change = then == nullptr ? "new" : now == nullptr ? "gone" : "changed";
        if (then == nullptr) {
            comparer.sentences.push_back(in_quotes(name) + " is new.");
        } else if (now == nullptr) {
            comparer.sentences.push_back(in_quotes(name) + " is gone.");
        } else {
            if (then->name != name)
                comparer.sentences.push_back(in_quotes(then->name) + " is called " +
                                             in_quotes(name) + " now.");
            comparer.compare(character_view(before.state, *then, before.viewer, services),
                             character_view(after.state, *now, after.viewer, services));
        }
        if (comparer.sentences.empty()) continue;
        sheets.push_back({{"id", (now == nullptr ? then : now)->id},
                          {"name", name},
                          {"change", change},
                          {"sentences", std::move(comparer.sentences)},
                          {"fields", std::move(comparer.fields)}});
    }
    return {{"members", members_difference(members_view(before.state), members_view(after.state))},
            {"sheets", std::move(sheets)}};
}

}  // namespace sz::campaign
