// SPDX-License-Identifier: AGPL-3.0-or-later
// Looking things up in a campaign's file.
#include "kernel/campaign/ledger.hpp"
#include "kernel/campaign/read.hpp"
#include "kernel/campaign/sql_values.hpp"

namespace sz::campaign {

Status Ledger::read_parts(Event& event) {
    std::int64_t expected = 0;
    SZ_TRY(database_.query(
        "SELECT n, kind, audience, salt, content FROM parts WHERE event = ? ORDER BY n",
        {sql(event.index)}, [&](const Row& row) {
            if (row.integer(0) != expected++) return false;
            event.parts.push_back({std::string(row.text(1)), std::string(row.text(2)),
                                   std::string(row.text(3)), std::string(row.text(4))});
            return true;
        }));
    return {};
}

Result<Event> Ledger::event(EventIndex index) {
    Event event;
    SZ_TRY(database_.query("SELECT at, head FROM events WHERE idx = ?", {sql(index)},
                           [&](const Row& row) {
                               event.index = index;
                               event.at = row.integer(0);
                               event.head = digest_of(row.text(1));
                               return false;
                           }));
    if (event.index == 0) {
        return fail(ErrorKind::not_found, "SZ-CAMPAIGN-048",
                    "The campaign has no event " + std::to_string(index) + ".",
                    "szctl campaign log lists them.");
    }
    SZ_TRY(read_parts(event));
    return event;
}

Result<std::optional<Verdict>> Ledger::verdict(std::uint64_t stream, std::uint64_t seq) {
    std::optional<Verdict> found;
    SZ_TRY(database_.query(
        "SELECT event, action, refusal, chain FROM verdicts WHERE stream = ? AND seq = ?",
        {sql(stream), sql(seq)}, [&](const Row& row) {
            found = Verdict{stream,
                            seq,
                            static_cast<EventIndex>(row.integer(0)),
                            digest_of(row.text(1)),
                            std::string(row.text(2)),
                            digest_of(row.text(3))};
            return false;
        }));
    return found;
}

Result<EventIndex> Ledger::change_before(std::string_view instance, std::string_view path,
                                         EventIndex before) {
    SZ_ASSIGN(const auto found,
              database_.integer("SELECT max(event) FROM changes WHERE instance = "
                                "? AND path = ? AND event < ?",
                                {std::string(instance), std::string(path), sql(before)}));
    return static_cast<EventIndex>(found.value_or(0));
}

Result<bool> Ledger::has_head(const Digest& head) {
    // From the newest on: the time is that of what its reader missed, not of the whole ledger.
    SZ_ASSIGN(const auto found,
              database_.integer("SELECT idx FROM events WHERE head = ? ORDER BY idx DESC LIMIT 1",
                                {blob(head)}));
    return found.has_value();
}

Status Ledger::newest_first(EventIndex before, std::uint64_t count,
                            const std::function<bool(Event)>& fn) {
    std::vector<EventIndex> indices;
    SZ_TRY(database_.query("SELECT idx FROM events WHERE idx < ? ORDER BY idx DESC LIMIT ?",
                           {sql(before), sql(count)}, [&](const Row& row) {
                               indices.push_back(static_cast<EventIndex>(row.integer(0)));
                               return true;
                           }));
    for (const EventIndex index : indices) {
        SZ_ASSIGN(Event event, this->event(index));
        if (!fn(std::move(event))) return {};
    }
    return {};
}

Status Ledger::in_order(const std::function<bool(Event)>& fn, EventIndex after) {
    Status inner;
    SZ_TRY(database_.query("SELECT idx, at, head FROM events WHERE idx > ? ORDER BY idx",
                           {sql(after)}, [&](const Row& row) {
                               Event event;
                               event.index = static_cast<EventIndex>(row.integer(0));
                               event.at = row.integer(1);
                               event.head = digest_of(row.text(2));
                               inner = read_parts(event);
                               return inner.has_value() && fn(std::move(event));
                           }));
    return inner;
}

Result<EventIndex> Ledger::last_at(UnixMs at) {
    SZ_ASSIGN(const auto last, database_.integer("SELECT max(idx) FROM events"));
    std::int64_t low = 0;                      // at or before it
    std::int64_t high = last.value_or(0) + 1;  // after it
    while (high - low > 1) {
        const std::int64_t middle = low + (high - low) / 2;
        SZ_ASSIGN(const auto then,
                  database_.integer("SELECT at FROM events WHERE idx = ?", {middle}));
        (then && *then <= at ? low : high) = middle;
    }
    return static_cast<EventIndex>(low);
}

Result<Summary> Ledger::summary() {
    Summary summary;
    summary.id = campaign_;
    SZ_ASSIGN(const auto events, database_.integer("SELECT max(idx) FROM events"));
    SZ_ASSIGN(const auto created, database_.integer("SELECT at FROM events WHERE idx = 1"));
    summary.events = static_cast<EventIndex>(events.value_or(0));
    summary.created_at = created.value_or(0);
    bool is_whole = summary.events > 0;
    SZ_TRY(database_.query(
        "SELECT key, text FROM state WHERE key >= 'i/' AND key < 'i0'", {}, [&](const Row& row) {
            const std::string id(row.text(0).substr(2));
            const auto json = parse_stored(row.text(1));
            if (!json) return is_whole = false;
            const Json* removed = read::member(*json, "removed");
            if (id == campaign_) {
                summary.name = string_or(*json, "name");
                if (const Json* link = read::member(*json, "template"))
                    summary.template_link = *link;
            } else if (removed != nullptr && removed->is_boolean() && !removed->get<bool>()) {
                summary.characters.push_back(id);
            }
            return true;
        }));
    if (!is_whole || summary.name.empty()) {
        // The stored state is only a cache: what the ledger says counts.
        SZ_ASSIGN(const Loaded loaded, load());
        const Instance* session = loaded.state.find(campaign_);
        if (session == nullptr)
            return fail(ErrorKind::environment, "SZ-CAMPAIGN-002",
                        "The campaign's file has no session sheet.", damaged_hint, campaign_);
        summary.name = session->name;
        summary.template_link = session->template_link;
        summary.characters.clear();
        for (const auto& [id, instance] : loaded.state.instances()) {
            if (id != campaign_ && !instance.removed) summary.characters.push_back(id);
        }
    }
    return summary;
}

}  // namespace sz::campaign
