// SPDX-License-Identifier: AGPL-3.0-or-later
// When and by whom a place was changed last: what a conflict is decided by, without a look into the
// ledger.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/ids.hpp"
#include "kernel/base/json.hpp"

namespace sz::campaign {

using EventIndex = std::uint64_t;  // from 1; 0 is before the first event

// Where in the ledger a change happens. `who` is the tag of the stream it came by (stream_tag).
struct EventPlace {
    EventIndex index = 0;
    UnixMs at = 0;
    std::string who;
};

// A stream's short name in marks: 16 hex digits over author and stream.
[[nodiscard]] std::string stream_tag(std::string_view author, std::string_view stream);

// The last change of one thing, and the last before it that came by another stream: somebody who
// edits away from the table writes several changes upon each other, all read at one revision, and
// they must not collide with themselves.
struct Mark {
    EventIndex event = 0;
    UnixMs at = 0;
    std::string who;
    EventIndex other = 0;

    void change(const EventPlace& place);
    [[nodiscard]] bool changed_by_others(EventIndex base, std::string_view me) const;
    bool operator==(const Mark&) const = default;
};

// The marks of one field (or of an instance itself). Items of a list have marks of their own, a
// bounded number; older ones fall into `floor`: whatever is not listed has not changed since then.
struct Marks {
    static constexpr std::size_t items_max = 64;

    Mark last;   // any change
    Mark whole;  // changes of the whole value
    std::map<std::string, Mark> items;
    EventIndex floor = 0;

    // `touches` names the items that a change concerns; empty is the whole.
    void change(const EventPlace& place, const std::vector<std::string>& touches);
    // The change that an operation read at `base` collides with, or null.
    [[nodiscard]] const Mark* conflict(EventIndex base, std::string_view me,
                                       const std::vector<std::string>& touches) const;

    [[nodiscard]] Json to_json() const;
    [[nodiscard]] static Result<Marks> from_json(const Json& value);  // SZ-CAMPAIGN-041
    bool operator==(const Marks&) const = default;
};

}  // namespace sz::campaign
