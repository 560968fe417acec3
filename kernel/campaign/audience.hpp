// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may see a thing: everyone at the table, or the game masters and the people named.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"

namespace sz::campaign {

// Somebody who looks at a campaign.
struct Viewer {
    std::string client_id;
    bool sees_all = false;  // game masters and their assistants
};

// A set of people. Game masters are always in it and are not listed.
class Audience {
  public:
    [[nodiscard]] static Audience everyone() { return Audience(true, {}); }
    [[nodiscard]] static Audience game_masters() { return Audience(false, {}); }
    [[nodiscard]] static Audience people(std::vector<std::string> client_ids);

    // "everyone", "gm", or "gm,ID,ID" with the ids in byte order, each once. SZ-CAMPAIGN-040 for
    // anything else.
    [[nodiscard]] static Result<Audience> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] bool includes(const Viewer& viewer) const;
    [[nodiscard]] bool covers(const Audience& other) const;    // all of `other` are in this one
    [[nodiscard]] Audience both(const Audience& other) const;  // those who are in both

    bool operator==(const Audience&) const = default;
    // The order of an event's parts: everyone first, then the larger sets.
    [[nodiscard]] bool before(const Audience& other) const;

  private:
    Audience(bool everyone, std::vector<std::string> people)
        : everyone_(everyone), people_(std::move(people)) {}
    bool everyone_;
    std::vector<std::string> people_;  // sorted, unique
};

// Orders sets and maps by it.
struct WiderFirst {
    bool operator()(const Audience& a, const Audience& b) const { return a.before(b); }
};

// What a field's definition or an override says: "everyone", "owner", "gm" or "named" with names.
struct Visibility {
    std::string label = "everyone";
    std::vector<std::string> named;

    [[nodiscard]] Audience audience(const std::string& owner) const;
    bool operator==(const Visibility&) const = default;
};

[[nodiscard]] bool is_visibility_label(std::string_view label) noexcept;
// The label that fewer people satisfy.
[[nodiscard]] std::string stricter_label(const std::string& a, const std::string& b);

}  // namespace sz::campaign
