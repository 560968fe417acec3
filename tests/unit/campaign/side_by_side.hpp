// SPDX-License-Identifier: AGPL-3.0-or-later
// What two campaigns are played with side by side, each with secrets of its own.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "kernel/campaign/permission.hpp"
#include "kernel/campaign/sentences.hpp"
#include "tests/unit/campaign/reader.hpp"

namespace sz::test {

using Choices = std::vector<unsigned>;

// Numbers that rapidcheck chose, taken one by one.
class Dice {
  public:
    explicit Dice(Choices choices) : choices_(std::move(choices)) {}
    unsigned below(std::size_t end) {
        const unsigned drawn = choices_.empty() ? 0 : choices_[next_++ % choices_.size()];
        return end == 0 ? 0 : static_cast<unsigned>((drawn + 7 * next_) % end);
    }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

  private:
    Choices choices_;
    std::size_t next_ = 0;
};

struct Place {
    std::string instance, path;
    bool operator<(const Place& other) const {
        return std::pair(instance, path) < std::pair(other.instance, other.path);
    }
};

struct Campaign : Evening {
    Campaign() : Evening(not_synced()) {
        templates.add_version("2.0.0", FakeTemplates::second_hero());
        templates.others["test-pack@1.2.0/hero"] =
            *templates.find_template("character-template", "Test/hero");
        begun();
        must(act_as_gm(
            {{campaign_id,
              "",
              "member",
              Json::array({{{"id", watcher.client_id()}, {"name", "Sol"}, {"role", "spectator"}}}),
              {}}}));
    }
    [[nodiscard]] const State& state() const { return host->state(); }

    TestKey watcher{4};
    EventIndex last_secret = 0;
    int made = 0;
};

// What the outsider has of one instance before or after an operation, by the rules themselves, and
// who else has it.
inline std::map<std::string, Json> content_for(const State& state, const Instance& instance,
                                               const Viewer& viewer) {
    std::map<std::string, Json> content;
    if (instance.removed || !instance.audience().includes(viewer)) return content;
    content[""] = Json::array(
        {instance.name, instance.template_link, instance.owner, instance.audience().text()});
    for (const auto& [path, field] : instance.fields) {
        if (instance.field_audience(path).includes(viewer))
            content[path] =
                Json::array({field.value, field.definition, instance.field_audience(path).text(),
                             may_edit_field(state, instance, path, viewer.client_id)});
    }
    return content;
}

template <class Rule>
void decide_rule(std::map<std::string, Rule, std::less<>>& rules, const std::string& path,
                 const Json& to, const char* key) {
    rules.erase(path);
    if (!to.is_null())
        rules[path] = {to[key].get<std::string>(), to.value("named", std::vector<std::string>{})};
}

inline Instance decided(Instance instance, const std::string& op, const std::string& path,
                        const Json& to) {
    if (op == "visibility") decide_rule(instance.overrides, path, to, "visibility");
    if (op == "editability") decide_rule(instance.editors, path, to, "editableBy");
    return instance;
}

// Hidden parts are left out: their number and time do show (README.md, "Event"), and how many
// actions of its author went before one, refused ones too.
inline Json without_hashes(Json event) {
    Json parts = Json::array();
    for (Json part : event["parts"]) {
        if (part.contains("leaf")) continue;
        part.erase("salt");
        part.erase("signature");
        if (part["kind"] == "action") {
            Json action = Json::parse(part["content"].get<std::string>());
            action.erase("seen");
            action.erase("stream");
            action.erase("seq");
            part["content"] = std::move(action);
        } else {
            part["content"] = Json::parse(part["content"].get<std::string>());
        }
        parts.push_back(std::move(part));
    }
    event["parts"] = std::move(parts);
    return event;
}

inline std::string sentence(Campaign& campaign, const Event& event, const Viewer& viewer) {
    const auto audience = Audience::parse(event.parts.front().audience);
    const auto action_bytes = action_of(event.parts.front());
    if (!audience || !audience->includes(viewer)) return "";
    std::vector<SeenRecord> seen;
    const auto records = records_of(event.parts);
    for (const SeenRecord& record : *records) {
        const State& state = campaign.state();
        const bool is_known = visible_instance(state, record.record.instance, viewer) != nullptr;
        if (record.audience.includes(viewer) && is_known) seen.push_back(record);
    }
    return event_sentence(campaign.state(), campaign.fields, *parse_action(action_bytes->bytes),
                          seen);
}

inline std::string first_difference(const std::string& a, const std::string& b) {
    const auto at = static_cast<std::size_t>(
        std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
    const std::size_t begin = at < 300 ? 0 : at - 300;
    return a.substr(begin, 600) + "\n\n" + b.substr(begin, 600);
}

}  // namespace sz::test
