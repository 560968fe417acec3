// SPDX-License-Identifier: AGPL-3.0-or-later
// One effect at its place: what an event did to a field, an instance or the campaign, and how to
// take it back.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "kernel/campaign/audience.hpp"
#include "kernel/campaign/marks.hpp"

namespace sz::campaign {

struct Record {
    std::string instance;
    std::string path;  // empty: the instance itself
    Json effect;
    Json inverse;                      // {"op","args"}; null: nothing takes it back
    bool relative = false;             // commutes with other relative ones on the same field
    std::vector<std::string> touches;  // the items concerned; empty: the whole

    [[nodiscard]] Json to_json() const;
    [[nodiscard]] static Result<Record> from_json(const Json& value);  // SZ-CAMPAIGN-043
};

// A record and who may see it.
struct SeenRecord {
    Audience audience = Audience::game_masters();
    Record record;
};

// The same as an event holds it: canonical JSON.
struct WrittenRecord {
    Audience audience = Audience::game_masters();
    std::string text;
};

// Reads JSON that a host wrote: records, rows of the stored state, refusals. Its limits are wider
// than those of whatever can be written (base/limits.hpp).
[[nodiscard]] Result<Json> parse_stored(std::string_view text);

// A record that only readers need: it shows or hides fields, and changes nothing for whoever has
// everything.
[[nodiscard]] Record reader_record(std::string instance, Json effect);
[[nodiscard]] bool is_for_readers(const Record& record);

// Whether two changes of one place give the same in either order.
[[nodiscard]] bool commute(const Record& a, const Record& b);

}  // namespace sz::campaign
