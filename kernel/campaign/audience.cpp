// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/audience.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace sz::campaign {

namespace {

// From the widest to the narrowest. "named" without names is as narrow as "gm", so it stands next
// to it.
constexpr std::array<std::string_view, 5> labels{"everyone", "players", "owner", "named", "gm"};

}  // namespace

Audience Audience::people(std::vector<std::string> client_ids) {
    std::sort(client_ids.begin(), client_ids.end());
    client_ids.erase(std::unique(client_ids.begin(), client_ids.end()), client_ids.end());
    return {Reach::people, false, std::move(client_ids)};
}

Result<Audience> Audience::parse(std::string_view text) {
    const auto not_one = [](const char* why) {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-040", why);
    };
    if (text == "everyone") return everyone();
    if (text == "players") return players();
    std::vector<std::string> ids;
    std::string_view rest = text;
    const std::string_view first = rest.substr(0, rest.find(','));
    if (first != "gm" && first != "players")
        return not_one("An audience is not written as it should be.");
    for (auto comma = rest.find(','); comma != std::string_view::npos; comma = rest.find(',')) {
        rest.remove_prefix(comma + 1);
        ids.emplace_back(rest.substr(0, rest.find(',')));
        if (ids.back().empty()) return not_one("An audience is not written as it should be.");
    }
    Audience audience = people(std::move(ids));
    audience.only_players_ = first == "players";
    if (audience.text() != text) return not_one("An audience is not in its one order.");
    return audience;
}

std::string Audience::text() const {
    if (reach_ == Reach::everyone) return "everyone";
    std::string all = only_players_ ? "players" : "gm";
    for (const std::string& id : people_) all += "," + id;
    return all;
}

bool Audience::includes(const Viewer& viewer) const {
    if (viewer.sees_all || reach_ == Reach::everyone) return true;
    if (only_players_ && !viewer.plays) return false;
    return reach_ == Reach::players ||
           std::binary_search(people_.begin(), people_.end(), viewer.client_id);
}

bool Audience::covers(const Audience& other) const {
    if (reach_ == Reach::everyone || other == game_masters()) return true;
    if (only_players_ && !other.only_players_) return false;
    if (reach_ == Reach::players) return true;
    return other.reach_ == Reach::people &&
           std::includes(people_.begin(), people_.end(), other.people_.begin(),
                         other.people_.end());
}

Audience Audience::both(const Audience& other) const {
    if (reach_ == Reach::everyone) return other;
    if (other.reach_ == Reach::everyone) return *this;
    const bool only_players = only_players_ || other.only_players_;
    if (reach_ == Reach::players) return {other.reach_, only_players, other.people_};
    if (other.reach_ == Reach::players) return {reach_, only_players, people_};
    std::vector<std::string> shared;
    std::set_intersection(people_.begin(), people_.end(), other.people_.begin(),
                          other.people_.end(), std::back_inserter(shared));
    return {Reach::people, only_players, std::move(shared)};
}

bool Audience::before(const Audience& other) const {
    if (reach_ != other.reach_) return reach_ < other.reach_;
    if (people_.size() != other.people_.size()) return people_.size() > other.people_.size();
    if (people_ != other.people_) return people_ < other.people_;
    return !only_players_ && other.only_players_;
}

Audience Visibility::audience(const std::string& owner) const {
    if (label == "everyone") return Audience::everyone();
    if (label == "players") return Audience::players();
    if (label == "owner") return Audience::people({owner});
    if (label == "named") return Audience::people(named);
    return Audience::game_masters();
}

bool Editability::allows(const std::string& client_id, const std::string& owner) const {
    if (label == "everyone") return true;
    if (label == "owner") return client_id == owner;
    return label == "named" && std::find(named.begin(), named.end(), client_id) != named.end();
}

bool is_editability_label(std::string_view label) noexcept {
    return label == "everyone" || label == "owner" || label == "gm" || label == "named";
}

bool is_visibility_label(std::string_view label) noexcept {
    return std::find(labels.begin(), labels.end(), label) != labels.end();
}

std::string stricter_label(const std::string& a, const std::string& b) {
    const auto* place_a = std::find(labels.begin(), labels.end(), a);
    const auto* place_b = std::find(labels.begin(), labels.end(), b);
    return place_a < place_b ? b : a;
}

}  // namespace sz::campaign
