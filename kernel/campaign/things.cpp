// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/things.hpp"

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/campaign/computed_paths.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/content/effect_ops.hpp"

namespace sz::campaign {

namespace {

std::size_t order_of(const std::string& op) {
    return static_cast<std::size_t>(std::find(effect_ops.begin(), effect_ops.end(), op) -
                                    effect_ops.begin());
}

// What stands beside the link at `pointer`: the cells of its row, the values of its group. Null
// when the link is the whole item.
const Json* row_around(const Json& value, const std::string& pointer) {
    const auto last = pointer.rfind('/');
    if (last == std::string::npos) return nullptr;
    try {
        const Json& around = value.at(Json::json_pointer(pointer.substr(0, last)));
        const std::string key = pointer.substr(last + 1);
        const bool is_item = key == "value" && around.contains("id");
        return around.is_object() && !is_item ? &around : nullptr;
    } catch (const Json::exception&) {  // a plugin's pointer that leads nowhere
        return nullptr;
    }
}

// Does what stands in this row have an effect, by the field's "effects"?
bool is_in_use(const Json& switched_by, const Json* row) {
    if (switched_by.is_boolean()) return switched_by.get<bool>();
    if (!switched_by.is_string() || row == nullptr) return false;
    const Json* flag = read::member(*row, switched_by.get_ref<const std::string&>());
    return flag != nullptr && flag->is_boolean() && flag->get<bool>();
}

class Gather {
  public:
    Gather(const Instance& instance, Computer& computer)
        : instance_(instance), computer_(computer) {}

    [[nodiscard]] Things all() {
        visit_fields(instance_, [this](const LayoutSection&, const LayoutGroup&,
                                       const std::string& path, const Field& field) {
            const Json* switched_by = read::member(field.definition, "effects");
            if (switched_by != nullptr &&
                instance_.field_audience(path).includes(computer_.viewer()))
                add_field(path, field, *switched_by);
        });
        for (auto& [path, effects] : things_.by_path) {
            std::stable_sort(effects.begin(), effects.end(),
                             [](const ThingEffect& a, const ThingEffect& b) {
                                 return order_of(a.op) < order_of(b.op);
                             });
        }
        return std::move(things_);
    }

  private:
    void add_field(const std::string& path, const Field& field, const Json& switched_by) {
        const auto references =
            computer_.services().fields.references(field.definition, field.value);
        if (!references || !references->is_array()) return;
        for (const Json& reference : *references) {
            if (string_or(reference, "kind") != "entry") continue;
            const Json* row = row_around(field.value, string_or(reference, "pointer"));
            if (!is_in_use(switched_by, row)) continue;
            if (const Json* entry = computer_.entry(reference)) {
                add_thing({path, entry, row});
            } else {
                add_missing(string_or(reference, "entryId"),
                            string_or(field.definition, "name", path));
            }
        }
    }

    void add_missing(const std::string& entry, const std::string& field) {
        const std::string sentence =
            "“" + entry + "” on “" + field + "” is not installed; what it does is left out.";
        auto& all = things_.missing;
        if (std::find(all.begin(), all.end(), sentence) == all.end()) all.push_back(sentence);
    }

    void add_thing(const Thing& thing) {
        std::size_t count = 0;
        for (const Json& rule : read::list(*thing.entry, "effects")) {
            if (++count > limits::effects_of_thing_max) return;
            const auto target = find_field(instance_, computer_.viewer(), thing.path,
                                           steps_of(string_or(rule, "field")));
            if (!target) continue;  // nothing that this sheet has
            for (const char* op : effect_ops) {
                if (rule.contains(op)) things_.by_path[target->path].push_back({thing, op, &rule});
            }
        }
    }

    static Steps steps_of(const std::string& path) {
        Steps steps;
        for (std::size_t from = 0; from <= path.size();) {
            const std::size_t dot = std::min(path.find('.', from), path.size());
            steps.push_back(path.substr(from, dot - from));
            from = dot + 1;
        }
        return steps;
    }

    const Instance& instance_;
    Computer& computer_;
    Things things_;
};

}  // namespace

Things things_on(const Instance& instance, Computer& computer) {
    return Gather(instance, computer).all();
}

}  // namespace sz::campaign
