// SPDX-License-Identifier: AGPL-3.0-or-later
// The law (DESIGN.md, section 7): two campaigns that differ only in secrets send an outsider the
// same bytes but for hashes. Two campaigns are played side by side: what the outsider may know is
// done in both, and beside it in each of them secrets of its own.
#include <rapidcheck.h>

#include <algorithm>

#include "kernel/campaign/upgrade.hpp"
#include "tests/unit/campaign/side_by_side.hpp"

using namespace sz;
using namespace sz::test;

namespace {

class SideBySide {
  public:
    explicit SideBySide(int outsider) {
        const std::vector<const TestKey*> people{&a.player, &a.guest, &a.watcher};
        key_ = people[static_cast<std::size_t>(outsider)];
    }

    void step(unsigned kind, Dice& open, Dice& in_a, Dice& in_b) {
        if (kind % 2 == 0) return secrets(in_a, in_b);
        switch ((kind / 2) % 9) {
            case 0: return change(open);
            case 1: return make(open);
            case 2: return rename_or_remove(open);
            case 3: return seat(open);
            case 4: return decide(open, "visibility");
            case 5: return decide(open, "editability");
            case 6: return undo();
            case 7: return upgrade(open);
            default: return act_as_outsider(open);
        }
    }

    // Everything that the outsider ever gets.
    std::string seen_in(Campaign& campaign) {
        const State& state = campaign.state();
        const Viewer viewer = state.viewer(key_->client_id());
        Json all = campaign_view(state, viewer, {campaign.fields, campaign.templates});
        for (const auto& [id, instance] : state.instances()) {
            if (visible_instance(state, id, viewer) != nullptr)
                all["sheets"].push_back(
                    character_view(state, instance, viewer, {campaign.fields, campaign.templates}));
        }
        for (const Event& event : all_events(campaign)) {
            const Json received = received_json(redact(event, viewer));
            all["events"].push_back(without_hashes(received));
            all["log"].push_back(sentence(campaign, event, viewer));
        }
        return canonical_json(all);
    }

    Campaign a, b;

  private:
    [[nodiscard]] Viewer viewer() const { return a.state().viewer(key_->client_id()); }

    // The same in both; what one refuses the other refuses with the same words.
    bool both(const Operation& operation) {
        const auto in_a = a.act_as_gm({operation});
        const auto in_b = b.act_as_gm({operation});
        RC_ASSERT(in_a.has_value() == in_b.has_value());
        last_open_ = in_a ? in_a->event : 0;
        return in_a.has_value();
    }

    std::vector<Place> places(const Campaign& campaign, bool hidden, bool with_fields) const {
        std::vector<Place> list;
        const Viewer who = viewer();
        for (const auto& [id, instance] : campaign.state().instances()) {
            if (instance.removed) continue;
            if (!with_fields && id != campaign_id && instance.audience().includes(who) != hidden)
                list.push_back({id, ""});
            if (!with_fields) continue;
            for (const auto& [path, field] : instance.fields) {
                if (instance.field_audience(path).includes(who) != hidden)
                    list.push_back({id, path});
            }
        }
        return list;
    }

    Operation field_operation(const Campaign& campaign, const Place& place, Dice& dice) {
        const Field& field = *campaign.state().find_field(place.instance, place.path);
        const std::string type = field.definition["type"];
        const int number = static_cast<int>(dice.below(1000));
        const std::string text = "t" + std::to_string(number);
        if (type == "Text") return {place.instance, place.path, "set", Json::array({text}), {}};
        if (type == "Number") {
            const char* op = dice.below(2) == 0 ? "set" : "add";
            return {place.instance, place.path, op, Json::array({number}), {}};
        }
        if (!field.value.empty() && dice.below(3) == 0) {
            return {place.instance,
                    place.path,
                    "remove",
                    Json::array({field.value[dice.below(field.value.size())]["id"]}),
                    {}};
        }
        const std::string item = "item" + std::to_string(++items_);
        return {place.instance, place.path, "insert", Json::array({text, 0, item}), {}};
    }

    // A field that is there in both and, where it is shown, alike; hidden ones become alike in
    // part.
    void change(Dice& dice) {
        std::vector<Place> common;
        for (const bool hidden : {false, true}) {
            for (const Place& place : places(a, hidden, true)) {
                const Field* other = b.state().find_field(place.instance, place.path);
                const Instance* there = b.state().find_living(place.instance);
                if (other == nullptr || there == nullptr) continue;
                const bool is_list = other->definition["type"] == "List";
                if (!hidden || !is_list) common.push_back(place);
            }
        }
        (void)both(field_operation(a, dice.of(common), dice));
    }

    Json wanted(Dice& dice, const std::string& name) {
        static const std::vector<std::string> seen{"everyone", "players", "owner", "gm"};
        Json all{{"name", name}, {"visibility", dice.of(seen)}, {"owner", a.player.client_id()}};
        if (dice.below(2) == 0) {
            all["template"] = "Test/hero";
        } else {
            all["entry"] = {{"pack", "Test"}, {"dataset", "bestiary"}, {"entry", "goblin"}};
        }
        return all;
    }

    static std::string new_id(int campaign, int n) {
        const std::string digits = std::to_string(n);
        return "5555555" + std::to_string(campaign) + "-4444-4444-8444-" +
               std::string(12 - digits.size(), '0') + digits;
    }

    void make(Dice& dice) {
        ++made_;
        (void)both({new_id(0, made_),
                    "",
                    "create",
                    Json::array({wanted(dice, "Open " + std::to_string(made_))}),
                    {}});
    }

    void rename_or_remove(Dice& dice) {
        const auto known = places(a, false, false);
        if (known.empty()) return;
        const std::string& id = dice.of(known).instance;
        if (dice.below(3) == 0) {
            if (both({id, "", "remove", Json::array(), {}}) && dice.below(2) == 0)
                (void)both({id, "", "restore", Json::array(), {}});
            return;
        }
        (void)both({id, "", "rename", Json::array({"N" + std::to_string(dice.below(100))}), {}});
    }

    void seat(Dice& dice) {
        static const std::vector<std::string> roles{"assistant", "player", "spectator"};
        const TestKey newcomer(static_cast<std::uint8_t>(20 + dice.below(3)));
        (void)both({campaign_id,
                    "",
                    "member",
                    Json::array({{{"id", newcomer.client_id()},
                                  {"name", "P" + std::to_string(dice.below(9))},
                                  {"role", dice.of(roles)}}}),
                    {}});
    }

    Json rule(Dice& dice, const std::string& op) {
        const bool sees = op == "visibility";
        static const std::vector<std::string> labels{"everyone", "owner", "gm", "named", "players"};
        std::string label = labels[dice.below(sees ? 5 : 4)];
        if (dice.below(6) == 0) return nullptr;
        Json to{{sees ? "visibility" : "editableBy", label}};
        if (label == "named") {
            to["named"] = Json::array();
            for (const TestKey* one : {&a.player, &a.guest, &a.watcher}) {
                if (dice.below(2) == 0) to["named"].push_back(one->client_id());
            }
        }
        return to;
    }

    static std::string place_in(const Instance& instance, Dice& dice) {
        std::vector<std::string> all;
        all.emplace_back();
        for (const LayoutSection& section : instance.layout) {
            if (dice.below(2) == 0) all.emplace_back();
            all.push_back(section.id);
            for (const LayoutGroup& group : section.groups) {
                all.push_back(section.id + "." + group.id);
                for (const std::string& id : group.fields)
                    all.push_back(field_path(section.id, group.id, id));
            }
        }
        return dice.of(all);
    }

    // Who sees or changes a thing of both. Not when it would show what differs: that is no secret
    // kept.
    void decide(Dice& dice, const std::string& op) {
        std::vector<std::string> common;
        for (const auto& [id, instance] : a.state().instances()) {
            const bool is_sheet = id != campaign_id && !instance.removed;
            if (is_sheet && b.state().find_living(id) != nullptr) common.push_back(id);
        }
        if (common.empty()) return;
        const std::string& id = dice.of(common);
        const Instance& in_a = *a.state().find(id);
        const Instance& in_b = *b.state().find(id);
        const std::string path = place_in(in_a, dice);
        const Json to = rule(dice, op);
        if (!in_b.has_place(path)) return;
        const auto after_a = content_for(a.state(), decided(in_a, op, path, to), viewer());
        const auto after_b = content_for(b.state(), decided(in_b, op, path, to), viewer());
        if (after_a != after_b) return;
        (void)both({id, "", op, Json::array({path, to}), {}});
    }

    // What the outsider would have of a sheet after an upgrade.
    std::map<std::string, Json> upgraded(Campaign& campaign, const std::string& id,
                                         const std::string& version) const {
        const State& state = campaign.state();
        const auto plan = plan_upgrade(*state.find(id), {"test-pack", version}, campaign.templates,
                                       campaign.fields);
        return plan && *plan ? content_for(state, (*plan)->after, viewer())
                             : std::map<std::string, Json>();
    }

    // A sheet that both have, from one version of its template to the other. Not when it would
    // show what differs.
    void upgrade(Dice& dice) {
        std::vector<std::string> common;
        for (const auto& [id, instance] : a.state().instances()) {
            const Instance* other = b.state().find_living(id);
            const bool is_hero = string_or(instance.template_link, "templateId") == "hero";
            if (is_hero && !instance.removed && other != nullptr &&
                other->template_link == instance.template_link)
                common.push_back(id);
        }
        if (common.empty()) return;
        const std::string& id = dice.of(common);
        const std::string is = a.state().find(id)->template_link["version"];
        const std::string to = is == "1.2.0" ? "2.0.0" : "1.2.0";
        if (upgraded(a, id, to) != upgraded(b, id, to)) return;
        const Json argument{{"pack", "test-pack"}, {"version", to}};
        (void)both({id, "", "upgrade", Json::array({argument}), {}});
    }

    void undo() {
        if (last_open_ == 0 || last_open_ != a.host->events()) return;
        const EventIndex event = last_open_;
        (void)both({campaign_id, "", "undo", Json::array({event}), {}});
    }

    // The outsider tries something, and is answered the same.
    void act_as_outsider(Dice& dice) {
        std::vector<Operation> tries;
        for (const bool hidden : {false, true}) {
            const auto list = places(a, hidden, true);
            if (list.empty()) continue;
            const Place& place = dice.of(list);
            const auto other = places(b, hidden, true);
            const bool is_in_both = std::any_of(other.begin(), other.end(), [&](const Place& one) {
                return !(one < place) && !(place < one);
            });
            if (!is_in_both) continue;
            Operation operation = field_operation(a, place, dice);
            if (dice.below(2) == 0) operation.base = dice.below(a.host->events() + 1);
            tries.push_back(std::move(operation));
        }
        Json own = wanted(dice, "Mine");
        own["owner"] = key_->client_id();
        own["visibility"] = "everyone";
        own["number"] = true;
        tries.push_back({new_id(3, static_cast<int>(seq_)), "", "create", Json::array({own}), {}});
        tries.push_back(
            {campaign_id, "", "undo", Json::array({1 + dice.below(a.host->events() + 2)}), {}});
        const Operation& operation = dice.of(tries);
        ++seq_;
        const auto answer = [&](Campaign& campaign) {
            const auto done =
                campaign.submit(campaign.signed_by(*key_, std::string(32, 'e'), seq_, {operation}));
            return done ? Json::array({done->event, done->values})
                        : Json::array({done.error().code, done.error().message, done.error().hint,
                                       done.error().where});
        };
        RC_ASSERT(answer(a) == answer(b));
        last_open_ = 0;
    }

    // In each campaign something else, so long as the outsider gets nothing of it.
    void secrets(Dice& in_a, Dice& in_b) {
        secret(a, 1, in_a);
        secret(b, 2, in_b);
        last_open_ = 0;
    }

    void secret(Campaign& campaign, int number, Dice& dice) {
        const EventIndex before = campaign.host->events();
        const unsigned kind = dice.below(8);
        const auto sheets = places(campaign, true, false);
        std::optional<Operation> wish;
        if (kind == 0) {
            Json made = wanted(dice, "Secret " + std::to_string(dice.below(1000)));
            made["visibility"] = "gm";
            made["number"] = dice.below(2) == 0;
            wish =
                Operation{new_id(number, ++campaign.made), "", "create", Json::array({made}), {}};
        } else if (kind == 5) {
            // The same sheets in both, but not made at the same time: they may be shown later.
            const int n = static_cast<int>(dice.below(4)) + 1;
            wish = Operation{new_id(9, n),
                             "",
                             "create",
                             Json::array({{{"template", "Test/hero"},
                                           {"name", "Late " + std::to_string(n)},
                                           {"visibility", "gm"}}}),
                             {}};
        } else if (kind == 1 && !sheets.empty()) {
            wish = Operation{dice.of(sheets).instance,
                             "",
                             "rename",
                             Json::array({"Hidden " + std::to_string(dice.below(1000))}),
                             {}};
        } else if (kind == 2 && !sheets.empty()) {
            wish = Operation{dice.of(sheets).instance, "", "remove", Json::array(), {}};
        } else if (kind == 3) {
            wish = secret_decision(campaign, dice);
        } else if (kind == 4 && campaign.last_secret == before && before != 0) {
            wish = Operation{campaign_id, "", "undo", Json::array({before}), {}};
        }
        if (!wish) wish = field_operation(campaign, dice.of(places(campaign, true, true)), dice);
        const UnixMs now = campaign.now;
        if (!campaign.act_as_gm({*wish})) {
            // Each campaign has as many events as the other, at the same times.
            campaign.now = now;
            Evening::must(campaign.act_as_gm(
                {{campaign_id, "info.notes.plot", "set", Json::array({"p"}), {}}}));
        }
        RC_ASSERT(campaign.host->events() == before + 1);
        campaign.last_secret = before + 1;
    }

    std::optional<Operation> secret_decision(Campaign& campaign, Dice& dice) {
        std::vector<std::string> living;
        for (const auto& [id, instance] : campaign.state().instances()) {
            if (id != campaign_id && !instance.removed) living.push_back(id);
        }
        if (living.empty()) return std::nullopt;
        const Instance& instance = *campaign.state().find(dice.of(living));
        const std::string op = dice.below(2) == 0 ? "visibility" : "editability";
        const std::string path = place_in(instance, dice);
        const Json to = rule(dice, op);
        const Instance after = decided(instance, op, path, to);
        const bool is_secret = content_for(campaign.state(), instance, viewer()) ==
                               content_for(campaign.state(), after, viewer());
        if (!is_secret) return std::nullopt;
        return Operation{instance.id, "", op, Json::array({path, to}), {}};
    }

    const TestKey* key_;
    int made_ = 0, items_ = 0;
    std::uint64_t seq_ = 0;
    EventIndex last_open_ = 0;
};

}  // namespace

TEST_CASE("whatever happens in secret, an outsider gets the same bytes") {
    CHECK(rc::check([] {
        SideBySide table(*rc::gen::inRange(0, 3));
        const auto kinds = *rc::gen::resize(25, rc::gen::arbitrary<Choices>());
        const auto dice = [] {
            return Dice(*rc::gen::container<Choices>(40, rc::gen::inRange(0U, 10'000U)));
        };
        Dice open = dice(), in_a = dice(), in_b = dice();
        for (const unsigned kind : kinds) table.step(kind, open, in_a, in_b);
        const std::string a = table.seen_in(table.a), b = table.seen_in(table.b);
        if (a != b) RC_FAIL(first_difference(a, b));
        RC_ASSERT(!verify_file(table.a.file()).first_bad);
    }));
}
