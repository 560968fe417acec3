// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/changes.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools {

namespace {

constexpr std::array<const char*, 4> change_names{"added", "removed", "changed", "renamed"};

}  // namespace

const char* weight_name(Weight weight) noexcept {
    switch (weight) {
        case Weight::none: return "none";
        case Weight::patch: return "patch";
        case Weight::minor: return "minor";
        case Weight::major: return "major";
    }
    return "none";
}

void ChangeList::add_value(Json& to, const char* key, const Json* value) {
    if (value == nullptr) return;
    const auto bytes = value->dump().size();
    if (value_bytes_ + bytes > limits::changes_value_bytes_max) {
        to[key] = in_short(*value);
        to["cut"] = true;
        return;
    }
    value_bytes_ += bytes;
    to[key] = *value;
}

void ChangeList::add(Change change, const Where& where, const Json* before, const Json* after,
                     Weight weight) {
    weight_ = std::max(weight_, weight);
    ++counts_[static_cast<std::size_t>(change)];
    if (changes_.size() == limits::changes_listed_max) {
        ++left_out_;
        return;
    }
    Json one{{"change", change_names[static_cast<std::size_t>(change)]},
             {"what", where.what},
             {"weight", weight_name(weight)}};
    for (const auto& [key, text] :
         {std::pair<const char*, const std::string&>{"object", where.object},
          {"entry", where.entry},
          {"path", where.path},
          {"key", where.key},
          {"file", where.file}}) {
        if (!text.empty()) one[key] = text;
    }
    add_value(one, "old", before);
    add_value(one, "new", after);
    changes_.push_back(std::move(one));
}

Json ChangeList::take() {
    Json counts = Json::object();
    for (std::size_t i = 0; i < counts_.size(); ++i) counts[change_names[i]] = counts_[i];
    return {
        {"changes", std::move(changes_)}, {"counts", std::move(counts)}, {"left_out", left_out_}};
}

std::map<std::string, std::string> renamed(const Named& before, const Named& after,
                                           const std::function<std::string(const Json&)>& content) {
    std::map<std::string, std::pair<std::vector<std::string>, std::vector<std::string>>> by_content;
    for (const auto& [name, json] : before) {
        if (after.contains(name)) continue;
        if (auto text = content(*json); !text.empty()) by_content[text].first.push_back(name);
    }
    for (const auto& [name, json] : after) {
        if (before.contains(name)) continue;
        const auto found = by_content.find(content(*json));
        if (found != by_content.end()) found->second.second.push_back(name);
    }
    std::map<std::string, std::string> pairs;
    for (const auto& [text, names] : by_content) {
        if (names.first.size() == 1 && names.second.size() == 1)
            pairs.emplace(names.first.front(), names.second.front());
    }
    return pairs;
}

}  // namespace sz::tools
