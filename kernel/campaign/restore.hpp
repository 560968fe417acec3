// SPDX-License-Identifier: AGPL-3.0-or-later
// Going back: the records that make of a state what it was at an earlier moment.
#pragma once

#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "kernel/campaign/record.hpp"
#include "kernel/campaign/state.hpp"

namespace sz::campaign {

// What goes back: everything that changed after an event, or only the places of some records (an
// undo of a restore, which leaves alone what others did elsewhere since).
class Extent {
  public:
    [[nodiscard]] static Extent since(EventIndex event);
    [[nodiscard]] static Extent places_of(const std::vector<SeenRecord>& records);

    [[nodiscard]] bool has_field(const std::string& instance, const std::string& path,
                                 const Field& field) const;
    // Of an instance itself, or of the campaign: "name", "removed", "visibility:PATH", "member:ID".
    // `differs`: it is another one now than it was then.
    [[nodiscard]] bool has(const Instance& instance, const std::string& what, bool differs) const;

  private:
    EventIndex since_ = 0;
    bool is_listed_ = false;
    std::set<std::tuple<std::string, std::string, std::string>> listed_;
};

// In the order to apply them. What their inverses say is “restore-snapshot”
// of the event before: no record holds a value that not all of its audience had. Whatever was
// touched since gets its record even if it is now as it was then, so that a secret's value shows in
// nothing.
//
// A field that more or fewer people see then: those who saw it forget it, and those who see it then
// are shown it as it was. Instances made since are removed.
[[nodiscard]] std::vector<SeenRecord> restoring_records(const State& now, const State& then,
                                                        const Extent& extent,
                                                        EventIndex event_before);

// Is `now` as `then` was, but for marks and for what was made since and is removed?
[[nodiscard]] bool is_restored(const State& now, const State& then);

}  // namespace sz::campaign
