// SPDX-License-Identifier: AGPL-3.0-or-later
// Computed values: what formulas come to, and what things (the ring, the curse) make of numbers.
// They are computed for one viewer from what that viewer may see and from nothing else, so they
// tell nobody more; a definition with "declassify" is the exception that its author made.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "kernel/campaign/state.hpp"
#include "kernel/campaign/things.hpp"
#include "kernel/content/library.hpp"
#include "kernel/plugin/services.hpp"

namespace sz::campaign {

// The type that computes the amounts of effects.
inline constexpr const char* formula_type = "Formula";

struct Computed {
    Json value;                         // null when there is none
    Json terms = Json::array();         // how it came about (sz/ext/field_type.h, evaluate)
    std::optional<Error> problem;       // why there is no value
    std::vector<std::string> failures;  // effects of things that could not be computed, and why
};

// Made for one view and thrown away: it keeps what it computed. [kernel-thread]
class Computer {
  public:
    struct Services {
        const FieldTypes& fields;
        const Templates& templates;
    };

    // `state` outlives it and does not change meanwhile.
    Computer(const State& state, Viewer viewer, Services services)
        : state_(state), viewer_(std::move(viewer)), services_(services) {}

    // What is computed at a path that the viewer may see; null when what is stored is all there is.
    // The problem is SZ-CAMPAIGN-080 to 085, or what the type said. Good until the next call.
    [[nodiscard]] const Computed* at(const Instance& instance, const std::string& path);

    // The definition that `apply` gets for a change within what this viewer sees: with what is
    // computed there, where its type asks for that ("appliesTo"). Null: the stored one says all.
    [[nodiscard]] std::optional<Json> definition_to_change(const Instance& instance,
                                                           const std::string& path);

    // What a person should know of the things on a sheet that have no effect for want of their
    // entry: a sentence for each, of those that the viewer sees.
    [[nodiscard]] const std::vector<std::string>& missing_on(const Instance& instance);
    // Is this a field whose number things may change?
    [[nodiscard]] bool is_changed_by_things(const Json& definition);

    // For paths (computed_paths.hpp).
    [[nodiscard]] const State& state() const noexcept { return state_; }
    [[nodiscard]] const Viewer& viewer() const noexcept { return viewer_; }
    [[nodiscard]] const Services& services() const noexcept { return services_; }
    // The entry that a reference leads to, null when it is not installed.
    [[nodiscard]] const Json* entry(const Json& reference);
    // SZ-CAMPAIGN-083: this view reads more than limits::computed_values_max values.
    [[nodiscard]] Status take_value();

  private:
    using Place = std::pair<std::string, std::string>;  // instance, path

    enum class Kind : std::uint8_t { stored, modified, always };
    [[nodiscard]] Kind kind_of(const std::string& type);
    [[nodiscard]] Computed compute(const Instance& instance, const std::string& path, Kind kind);
    [[nodiscard]] std::optional<Computed> declassified(const Instance& instance,
                                                       const std::string& path);
    [[nodiscard]] Json effects_on(const Instance& instance, const std::string& path,
                                  Computed& computed);
    [[nodiscard]] Result<Json> amount_of(const Instance& instance, const ThingEffect& effect);
    [[nodiscard]] Result<Json> formula(const Instance& instance, const ThingEffect& effect,
                                       const Json& text);
    [[nodiscard]] const Things& things_of(const Instance& instance);
    [[nodiscard]] Error circle(const Place& place) const;

    const State& state_;
    Viewer viewer_;
    Services services_;
    std::map<Place, Computed> done_;
    std::vector<Place> running_;            // what waits for what, the outermost first
    std::map<std::string, Things> things_;  // by instance
    std::map<std::string, Json> entries_;   // by reference; null: not installed
    std::map<std::string, Kind> kinds_;     // by type
    Computed in_circle_;
    // Of the circles that what is computed now has closed: the outermost place in running_.
    static constexpr std::size_t no_circle = static_cast<std::size_t>(-1);
    std::size_t circle_begins_ = no_circle;
    std::size_t values_ = 0;
    std::unique_ptr<Computer> all_seeing_;
};

}  // namespace sz::campaign
