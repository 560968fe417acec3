// SPDX-License-Identifier: AGPL-3.0-or-later
#include "plans.hpp"

#include <algorithm>

namespace open5e {

FamilyPlan::FamilyPlan(const FamilyRule* rule) : rule_(rule) {
    // Keys that tables made of children, and the importer itself, take in an entry or a row.
    for (const char* key : {"otherVersions", "fullName"}) keys_[{}].take(key);
    for (const FamilyRule& child : family_rules()) {
        if (rule != nullptr &&
            (child.parent.family == rule->family || child.parent.family.starts_with('@'))) {
            keys_[{}].take(std::string(child.parent.key));
        }
    }
}

FieldPlan& FamilyPlan::field(std::string_view from) {
    const auto [at, is_new] = plans_.try_emplace(from);
    FieldPlan& plan = at->second;
    if (!is_new) return plan;
    plan.from = from;
    plan.known = false;
    plan.order = 100'000 + plans_.size();  // after those that the mapping knows
    plan.kind = rule_ == nullptr && from == "name"       ? Kind::name
                : rule_ == nullptr && from == "desc"     ? Kind::description
                : rule_ == nullptr && from == "document" ? Kind::document
                                                         : Kind::plain;
    std::string_view spelled = from;
    const std::span<const FieldRule> rules =
        rule_ == nullptr ? std::span<const FieldRule>{} : rule_->fields;
    for (const FieldRule& rule : rules) {
        const bool family = rule.from.back() == '*';
        const std::string_view stem = rule.from.substr(0, rule.from.size() - (family ? 1 : 0));
        if (family ? !from.starts_with(stem) : from != stem) continue;
        plan.known = true;
        plan.kind = rule.kind;
        plan.target = rule.target;
        plan.group = rule.group;
        plan.order = static_cast<std::size_t>(&rule - rules.data());
        if (family) spelled = from.substr(stem.size());
        if (!rule.key.empty()) spelled = rule.key;
        break;
    }
    plan.key = keys_[plan.group].take(std::string(shortened(camel_case(spelled), 100)));
    plan.title = sentence_case(plan.key);
    return plan;
}

const FamilyPlan::Fields& FamilyPlan::fields_of(const Value::Object& fields) {
    found_.clear();
    for (const Member& member : fields) {
        if (member.value.empty()) continue;
        FieldPlan& plan = field(member.name);
        plan.seen = true;
        found_.emplace_back(&plan, &member.value);
    }
    std::sort(found_.begin(), found_.end(),
              [](const auto& a, const auto& b) { return FieldPlan::earlier(*a.first, *b.first); });
    return found_;
}

std::vector<const FieldPlan*> FamilyPlan::unknown() const {
    std::vector<const FieldPlan*> out;
    for (const auto& [from, plan] : plans_) {
        if (!plan.known && plan.seen) out.push_back(&plan);
    }
    std::sort(out.begin(), out.end(),
              [](const FieldPlan* a, const FieldPlan* b) { return a->from < b->from; });
    return out;
}

}  // namespace open5e
