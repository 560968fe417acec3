// SPDX-License-Identifier: AGPL-3.0-or-later
#include "links.hpp"

namespace datasworn {
namespace {

constexpr std::uint64_t compared_max = 5'000'000;
constexpr std::size_t unresolved_max = 1'000;  // each has a note: enough to read
constexpr std::string_view any_version = "*";  // an expansion does not say which it was made for

std::string last_step(std::string_view id) { return sentence_case(id.substr(id.rfind('/') + 1)); }

}  // namespace

Links::Links(const Catalogue& own, const Catalogue* ruleset, std::string version)
    : own_(own),
      ruleset_(ruleset),
      version_(std::move(version)),
      own_pack_(pack_id_of(own.package().id)),
      ruleset_pack_(own.package().ruleset.empty() ? "" : pack_id_of(own.package().ruleset)) {}

Target Links::to(const Node& node) const {
    return {own_pack_, version_, node.dataset, node.entry, node.name};
}

Target Links::to_ruleset(const Node& node) const {
    return {ruleset_pack_, std::string(any_version), node.dataset, node.entry, node.name};
}

std::optional<Target> Links::look(const std::string& id) const {
    const std::string_view package = package_of(id);
    if (package == own_.package().id) {
        if (const Node* node = own_.find(id)) return to(*node);
        return std::nullopt;
    }
    if (ruleset_pack_.empty() || package != own_.package().ruleset) return std::nullopt;
    if (ruleset_ != nullptr) {
        if (const Node* node = ruleset_->find(id)) return to_ruleset(*node);
        return std::nullopt;
    }
    const auto address = address_of(id);
    if (!address || id.find('*') != std::string::npos) return std::nullopt;
    return Target{ruleset_pack_, std::string(any_version), address->dataset, address->entry,
                  last_step(id)};
}

void Links::leave(const std::string& id, std::string_view pointer) {
    ++left_;
    if (unresolved_.size() >= unresolved_max && !unresolved_.contains(id)) return;
    Unresolved& one = unresolved_[id];
    if (one.count++ == 0) one.pointer = pointer;
}

std::optional<Target> Links::find(const std::string& id, std::string_view pointer) {
    auto target = look(id);
    if (target) {
        ++kept_;
    } else {
        leave(id, pointer);
    }
    return target;
}

std::vector<Target> Links::find_all(const std::string& pattern, std::string_view pointer) {
    if (pattern.find('*') == std::string::npos) {
        auto target = find(pattern, pointer);
        return target ? std::vector<Target>{*std::move(target)} : std::vector<Target>{};
    }
    const auto [at, is_new] = patterns_.try_emplace(pattern);
    std::vector<Target>& found = at->second;
    if (is_new && compared_ <= compared_max) {
        compared_ += own_.size() + (ruleset_ == nullptr ? 0 : ruleset_->size());
        for (const Node* node : own_.find_all(pattern)) found.push_back(to(*node));
        if (ruleset_ != nullptr) {
            for (const Node* node : ruleset_->find_all(pattern)) found.push_back(to_ruleset(*node));
        }
    }
    kept_ += found.size();
    if (found.empty()) leave(pattern, pointer);
    return found;
}

void Links::report(Faults& faults) const {
    for (const auto& [id, one] : unresolved_) {
        const std::string shown(shortened(one_line(id), 120));
        own_.package().report(
            faults, Severity::note, "SZ-DATASWORN-011", one.pointer,
            "\"" + shown + "\" is named " +
                (one.count == 1 ? std::string("once") : std::to_string(one.count) + " times") +
                ", and nothing has that id here" +
                (ruleset_pack_.empty() ? "." : " or in the ruleset."),
            "It stays text.");
    }
}

}  // namespace datasworn
