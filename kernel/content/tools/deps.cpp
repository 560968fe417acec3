// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/deps.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "kernel/base/limits.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/tools/words.hpp"

namespace sz::tools {

namespace {

// Each round a version may only fall, or else the demands on it have changed: more rounds than this
// mean that the choices chase each other.
constexpr int rounds_max = 100;

struct Demand {
    std::string by, by_version;  // `by` empty: the root
    std::string range;
};

struct Needed {
    std::string id, name;
    std::vector<std::string> installed;  // newest first
    std::vector<Demand> demands;
    std::string version;  // the choice; empty when nothing fits anybody
};

bool all_admit(const std::vector<Demand>& demands, const std::string& version) {
    return std::all_of(demands.begin(), demands.end(), [&](const Demand& demand) {
        return version_satisfies(version, demand.range);
    });
}

std::size_t count_admitting(const std::vector<Demand>& demands, const std::string& version) {
    return static_cast<std::size_t>(std::count_if(
        demands.begin(), demands.end(),
        [&](const Demand& demand) { return version_satisfies(version, demand.range); }));
}

class Resolver {
  public:
    Resolver(const DependencyRoot& root, const OtherPacks& others, const PackTitles& titles,
             Findings& findings)
        : root_(root), others_(others), titles_(titles), findings_(findings) {}

    Json run() {
        int round = 0;
        while (collect() && ++round < rounds_max) choose();
        if (round == rounds_max) {
            error("SZ-DEPS-006",
                  "The versions that the packs ask for chase each other in a circle.",
                  "Narrow the ranges in szpack.json, so that fewer versions are possible.");
        }
        if (is_full_) {
            error("SZ-DEPS-005",
                  "More than " + std::to_string(limits::dependency_packs_max) +
                      " packs are needed; the others are not shown.",
                  "Look at one of the packs that this one needs.");
        }
        report();
        find_circles();
        return {{"packs", packs_json()}, {"edges", edges_json()}};
    }

  private:
    void error(const char* code, std::string message, std::string hint) {
        findings_.push_back(
            {code, Severity::error, "szpack.json", "", 0, 0, std::move(message), std::move(hint)});
    }

    const std::vector<PackDependency>& needs_of(const std::string& id, const std::string& version) {
        const auto [place, is_new] = needs_.try_emplace({id, version});
        if (is_new && others_.dependencies) place->second = others_.dependencies(id, version);
        return place->second;
    }

    // Who demands what, with the versions chosen so far. False when that is what was known before.
    bool collect() {
        std::map<std::string, std::vector<Demand>> demands;
        std::vector<std::string> order;
        const auto add = [&](const std::string& by, const std::string& version,
                             const std::vector<PackDependency>& needs) {
            for (const auto& need : needs) {
                if (need.id == root_.id) continue;  // a circle: found at the end
                if (!demands.contains(need.id)) {
                    is_full_ = order.size() == limits::dependency_packs_max;
                    if (is_full_) return;
                    order.push_back(need.id);
                    remember(need);
                }
                demands[need.id].push_back({by, version, need.version});
            }
        };
        add({}, root_.version, root_.needs);
        for (std::size_t i = 0; i < order.size() && !is_full_; ++i) {
            auto& needed = packs_.at(order[i]);
            // The first choice is made at once, so that a long chain takes one round.
            if (needed.version.empty()) needed.version = best_of(needed, demands[order[i]]);
            if (!needed.version.empty())
                add(needed.id, needed.version, needs_of(needed.id, needed.version));
        }
        bool is_changed = order != order_;
        for (const auto& id : order) {
            auto& known = packs_.at(id).demands;
            const auto same = [](const Demand& a, const Demand& b) {
                return a.by == b.by && a.by_version == b.by_version && a.range == b.range;
            };
            auto& now = demands[id];
            is_changed =
                is_changed || !std::equal(known.begin(), known.end(), now.begin(), now.end(), same);
            known = std::move(now);
        }
        order_ = std::move(order);
        return is_changed;
    }

    void remember(const PackDependency& need) {
        const auto [place, is_new] = packs_.try_emplace(need.id);
        auto& needed = place->second;
        if (!is_new) return;
        needed.id = need.id;
        if (others_.versions) needed.installed = others_.versions(need.id);
        std::sort(needed.installed.begin(), needed.installed.end(),
                  [](const auto& a, const auto& b) { return version_less(b, a); });
        if (titles_ && !needed.installed.empty())
            needed.name = titles_(need.id, needed.installed.front()).name;
        if (needed.name.empty()) needed.name = need.name.empty() ? need.id : need.name;
    }

    void choose() {
        for (const auto& id : order_) {
            auto& needed = packs_.at(id);
            needed.version = best_of(needed, needed.demands);
        }
    }

    // The newest that all admit, if possible none newer than what was chosen before: so choices
    // come to rest. Where none fits all, the one that fits most.
    static std::string best_of(const Needed& needed, const std::vector<Demand>& demands) {
        const std::string* newer = nullptr;
        for (const auto& version : needed.installed) {
            if (!all_admit(demands, version)) continue;
            if (needed.version.empty() || !version_less(needed.version, version)) return version;
            if (newer == nullptr) newer = &version;
        }
        if (newer != nullptr) return *newer;
        std::string best;
        std::size_t most = 0;
        for (const auto& version : needed.installed) {
            const auto count = count_admitting(demands, version);
            if (count > most) best = version;
            most = std::max(most, count);
        }
        return best;
    }

    [[nodiscard]] std::string title(const std::string& id) const {
        if (id.empty()) return quote(root_.name);
        const auto found = packs_.find(id);
        return quote(found == packs_.end() ? id : found->second.name);
    }

    [[nodiscard]] std::string who(const Demand& demand) const {
        return title(demand.by) + " " + demand.by_version;
    }

    void report() {
        for (const auto& id : order_) {
            const auto& needed = packs_.at(id);
            for (const auto& demand : needed.demands) report_unmet(needed, demand);
            if (state_of(needed) == "conflict") report_conflict(needed);
        }
    }

    // A demand that no installed version meets, whatever the others want.
    void report_unmet(const Needed& needed, const Demand& demand) {
        const auto what = who(demand) + " needs " + quote(needed.name) + " " + demand.range;
        if (needed.installed.empty()) {
            error("SZ-DEPS-001", what + ", which is not installed.",
                  "Import it. Its id is " + needed.id + ".");
        } else if (!is_met(needed, demand)) {
            error("SZ-DEPS-002", what + "; installed is " + listed(needed.installed) + ".",
                  "Import a version of it within " + demand.range + ".");
        }
    }

    static bool is_met(const Needed& needed, const Demand& demand) {
        return std::any_of(
            needed.installed.begin(), needed.installed.end(),
            [&](const auto& version) { return version_satisfies(version, demand.range); });
    }

    void report_conflict(const Needed& needed) {
        std::vector<std::string> wishes;
        for (const auto& demand : needed.demands)
            wishes.push_back(who(demand) + " asks for " + demand.range);
        error("SZ-DEPS-003",
              "No installed version of " + quote(needed.name) +
                  " fits everybody who needs it: " + listed(wishes) + ".",
              way_out(needed));
    }

    std::string way_out(const Needed& needed) {
        for (const auto& demand : needed.demands) {
            if (auto way = other_version_of(needed, demand); !way.empty()) return way;
        }
        std::vector<std::string> ranges;
        for (const auto& demand : needed.demands) ranges.push_back(demand.range);
        if (const auto shared = version_in_all(ranges)) {
            return "Import a version that fits all of them, such as " + *shared +
                   "; installed is " + listed(needed.installed) + ".";
        }
        return "No version can fit all of them. Use versions of these packs that ask for the same, "
               "or ask their authors for a wider range.";
    }

    // Another installed version of the pack that makes the demand, with which all would be well.
    std::string other_version_of(const Needed& needed, const Demand& demand) {
        const auto asker = packs_.find(demand.by);
        if (asker == packs_.end()) return {};
        for (const auto& version : asker->second.installed) {
            if (version == demand.by_version || !all_admit(asker->second.demands, version))
                continue;
            auto demands = needed.demands;
            std::erase_if(demands, [&](const Demand& one) { return one.by == demand.by; });
            std::string range;
            for (const auto& need : needs_of(demand.by, version)) {
                if (need.id == needed.id) range = need.version;
            }
            if (!range.empty()) demands.push_back({demand.by, version, range});
            const auto fits =
                std::find_if(needed.installed.begin(), needed.installed.end(),
                             [&](const auto& installed) { return all_admit(demands, installed); });
            if (fits == needed.installed.end()) continue;
            return "Use " + title(demand.by) + " " + version + ", which is installed too and " +
                   (range.empty() ? "does not need it" : "asks for " + range) + ": with it " +
                   quote(needed.name) + " " + *fits + " fits all.";
        }
        return {};
    }

    [[nodiscard]] static std::string state_of(const Needed& needed) {
        if (needed.installed.empty()) return "missing";
        if (!needed.version.empty() && all_admit(needed.demands, needed.version)) return "ok";
        const bool is_outside =
            std::any_of(needed.demands.begin(), needed.demands.end(),
                        [&](const Demand& demand) { return !is_met(needed, demand); });
        return is_outside ? "outside" : "conflict";
    }

    [[nodiscard]] Json packs_json() const {
        Json list = Json::array();
        for (const auto& id : order_) {
            const auto& needed = packs_.at(id);
            list.push_back({{"id", id},
                            {"name", needed.name},
                            {"version", needed.version},
                            {"installed", needed.installed},
                            {"state", state_of(needed)}});
        }
        return list;
    }

    [[nodiscard]] Json edges_json() {
        Json list = Json::array();
        add_edges(list, root_.id, root_.version, root_.needs);
        for (const auto& id : order_) {
            const auto& needed = packs_.at(id);
            if (!needed.version.empty())
                add_edges(list, id, needed.version, needs_of(id, needed.version));
        }
        return list;
    }

    void add_edges(Json& list, const std::string& from, const std::string& from_version,
                   const std::vector<PackDependency>& needs) {
        for (const auto& need : needs) {
            const auto found = packs_.find(need.id);
            if (found == packs_.end() && need.id != root_.id) continue;  // past the limit
            const bool is_root = need.id == root_.id;
            const auto version = is_root ? root_.version : found->second.version;
            std::string state = "ok";
            if (circles_.contains({from, need.id})) {
                state = "circle";
            } else if (!is_root && found->second.installed.empty()) {
                state = "missing";
            } else if (!is_root && !is_met(found->second, {{}, {}, need.version})) {
                state = "outside";
            } else if (!version_satisfies(version, need.version)) {
                state = "conflict";
            }
            list.push_back({{"from", from},
                            {"from_version", from_version},
                            {"to", need.id},
                            {"name", is_root ? root_.name : found->second.name},
                            {"range", need.version},
                            {"version", state == "missing" || state == "outside" ? "" : version},
                            {"state", state}});
        }
    }

    void find_circles() {
        std::vector<std::string> way{root_.id};
        std::set<std::string> done;
        follow(root_.needs, way, done);
    }

    // No deeper than there are packs, of which there is a limited number.
    void follow(const std::vector<PackDependency>& needs, std::vector<std::string>& way,
                std::set<std::string>& done) {
        for (const auto& need : needs) {
            const auto begin = std::find(way.begin(), way.end(), need.id);
            if (begin != way.end()) {
                report_circle({begin, way.end()});
                continue;
            }
            const auto found = packs_.find(need.id);
            if (found == packs_.end() || found->second.version.empty() ||
                !done.insert(need.id).second)
                continue;
            way.push_back(need.id);
            follow(needs_of(need.id, found->second.version), way, done);
            way.pop_back();
        }
    }

    void report_circle(const std::vector<std::string>& circle) {
        circles_.insert({circle.back(), circle.front()});
        std::string way;
        for (const auto& id : circle)
            way += (id == root_.id ? quote(root_.name) : title(id)) + " → ";
        const auto first = circle.front() == root_.id ? quote(root_.name) : title(circle.front());
        error("SZ-DEPS-004", first + " needs itself: " + way + first + ".",
              "Remove one of these dependencies; what both need can stand in a pack of its own.");
    }

    const DependencyRoot& root_;
    const OtherPacks& others_;
    const PackTitles& titles_;
    Findings& findings_;
    std::map<std::string, Needed> packs_;
    std::vector<std::string> order_;  // ids, as they are met
    std::map<std::pair<std::string, std::string>, std::vector<PackDependency>> needs_;
    std::set<std::pair<std::string, std::string>> circles_;  // edges that close one
    bool is_full_ = false;
};

}  // namespace

DependencyRoot dependency_root(const Json& manifest) {
    DependencyRoot root{
        string_or(manifest, "id"), string_or(manifest, "name"), string_or(manifest, "version"), {}};
    if (root.name.empty()) root.name = root.id;
    const auto list = manifest.find("dependencies");
    if (list == manifest.end() || !list->is_array()) return root;
    for (const auto& one : *list) {
        PackDependency need{string_or(one, "id"), string_or(one, "version"),
                            string_or(one, "name")};
        if (!need.id.empty() && is_version_range(need.version))
            root.needs.push_back(std::move(need));
    }
    return root;
}

Json dependency_tree(const DependencyRoot& root, const OtherPacks& others, const PackTitles& titles,
                     Findings& findings) {
    return Resolver(root, others, titles, findings).run();
}

}  // namespace sz::tools
