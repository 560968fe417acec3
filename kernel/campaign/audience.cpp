// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/audience.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace sz::campaign {

namespace {

// From the widest to the narrowest. "named" without names is as narrow as "gm", so it stands next
// to it.
constexpr std::array<std::string_view, 4> labels{"everyone", "owner", "named", "gm"};

}  // namespace

Audience Audience::people(std::vector<std::string> client_ids) {
    std::sort(client_ids.begin(), client_ids.end());
    client_ids.erase(std::unique(client_ids.begin(), client_ids.end()), client_ids.end());
    return Audience(false, std::move(client_ids));
}

Result<Audience> Audience::parse(std::string_view text) {
    if (text == "everyone") return everyone();
    std::vector<std::string> ids;
    std::string_view rest = text;
    bool is_first = true;
    while (true) {
        const auto comma = rest.find(',');
        const std::string_view word = rest.substr(0, comma);
        if (!is_first) ids.emplace_back(word);
        const bool is_wrong = is_first ? word != "gm" : word.empty();
        if (is_wrong)
            return fail(ErrorKind::input, "SZ-CAMPAIGN-040",
                        "An audience is not written as it should be.");
        if (comma == std::string_view::npos) break;
        rest.remove_prefix(comma + 1);
        is_first = false;
    }
    Audience audience = people(std::move(ids));
    if (audience.text() != text)
        return fail(ErrorKind::input, "SZ-CAMPAIGN-040", "An audience is not in its one order.");
    return audience;
}

std::string Audience::text() const {
    if (everyone_) return "everyone";
    std::string all = "gm";
    for (const std::string& id : people_) all += "," + id;
    return all;
}

bool Audience::includes(const Viewer& viewer) const {
    return everyone_ || viewer.sees_all ||
           std::binary_search(people_.begin(), people_.end(), viewer.client_id);
}

bool Audience::covers(const Audience& other) const {
    if (everyone_) return true;
    if (other.everyone_) return false;
    return std::includes(people_.begin(), people_.end(), other.people_.begin(),
                         other.people_.end());
}

Audience Audience::both(const Audience& other) const {
    if (everyone_) return other;
    if (other.everyone_) return *this;
    std::vector<std::string> shared;
    std::set_intersection(people_.begin(), people_.end(), other.people_.begin(),
                          other.people_.end(), std::back_inserter(shared));
    return Audience(false, std::move(shared));
}

bool Audience::before(const Audience& other) const {
    if (everyone_ != other.everyone_) return everyone_;
    if (people_.size() != other.people_.size()) return people_.size() > other.people_.size();
    return people_ < other.people_;
}

Audience Visibility::audience(const std::string& owner) const {
    if (label == "everyone") return Audience::everyone();
    if (label == "owner") return Audience::people({owner});
    if (label == "named") return Audience::people(named);
    return Audience::game_masters();
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
