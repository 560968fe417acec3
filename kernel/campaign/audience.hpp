// SPDX-License-Identifier: AGPL-3.0-or-later
// Who may see a thing: everyone at the table, everyone who plays, or the game masters and the
// people named. And who may change it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/result.hpp"

namespace sz::campaign {

// Somebody who looks at a campaign.
struct Viewer {
    std::string client_id;
    bool sees_all = false;  // game masters and their assistants
    bool plays = false;     // every member but spectators
};

// A set of people. Game masters and assistants are always in it and are not listed. Roles are
// looked up when somebody looks: whoever stops being a spectator is a player from then on.
class Audience {
  public:
    [[nodiscard]] static Audience everyone() { return {Reach::everyone, false, {}}; }
    [[nodiscard]] static Audience players() { return {Reach::players, true, {}}; }
    [[nodiscard]] static Audience game_masters() { return {Reach::people, false, {}}; }
    [[nodiscard]] static Audience people(std::vector<std::string> client_ids);

    // "everyone"; "players"; "gm"; "gm,ID,ID" with the ids in byte order, each once; or
    // "players,ID,ID": those of them who are no spectators. SZ-CAMPAIGN-040 for anything else.
    [[nodiscard]] static Result<Audience> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    [[nodiscard]] bool includes(const Viewer& viewer) const;
    // All of `other` are in this one, whoever has which role.
    [[nodiscard]] bool covers(const Audience& other) const;
    [[nodiscard]] Audience both(const Audience& other) const;  // those who are in both

    bool operator==(const Audience&) const = default;
    // The order of an event's parts: everyone first, then players, then the larger sets. Whatever
    // covers another comes before it.
    [[nodiscard]] bool before(const Audience& other) const;

  private:
    enum class Reach : std::uint8_t { everyone, players, people };
    Audience(Reach reach, bool only_players, std::vector<std::string> people)
        : reach_(reach),
          only_players_(only_players && (reach != Reach::people || !people.empty())),
          people_(std::move(people)) {}

    Reach reach_;
    bool only_players_;                // no spectators
    std::vector<std::string> people_;  // sorted, unique; empty unless the reach is people
};

// Orders sets and maps by it.
struct WiderFirst {
    bool operator()(const Audience& a, const Audience& b) const { return a.before(b); }
};

// What a definition or an override says of who sees: "everyone", "players", "owner", "gm" or
// "named" with names.
struct Visibility {
    std::string label = "everyone";
    std::vector<std::string> named;

    [[nodiscard]] Audience audience(const std::string& owner) const;
    bool operator==(const Visibility&) const = default;
};

// What a definition or an override says of who changes: "everyone" (who plays), "owner", "gm" or
// "named" with names. Game masters and assistants always do.
struct Editability {
    std::string label = "owner";
    std::vector<std::string> named;

    [[nodiscard]] bool allows(const std::string& client_id, const std::string& owner) const;
    bool operator==(const Editability&) const = default;
};

[[nodiscard]] bool is_visibility_label(std::string_view label) noexcept;
[[nodiscard]] bool is_editability_label(std::string_view label) noexcept;
// The label that fewer people satisfy.
[[nodiscard]] std::string stricter_label(const std::string& a, const std::string& b);

}  // namespace sz::campaign
