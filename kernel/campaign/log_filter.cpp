// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/log_filter.hpp"

#include <Poco/UTF8String.h>

#include <algorithm>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/campaign/conflict.hpp"
#include "kernel/campaign/paths.hpp"
#include "kernel/campaign/read.hpp"

namespace sz::campaign {

namespace {

constexpr std::uint64_t log_events_default = 50;
constexpr EventIndex after_all_events = EventIndex{1} << 53U;

bool is_same_name(const std::string& a, const std::string& b) {
    return Poco::UTF8::icompare(a, b) == 0;
}

Result<std::set<std::string>> authors_named(const State& state, const std::string& who) {
    std::set<std::string> found;
    for (const auto& [id, member] : state.members()) {
        if (is_same_name(member.name, who)) found.insert(id);
    }
    if (!found.empty()) return found;
    if (who.starts_with("szid1")) {
        SZ_TRY(client_id_key(who));
        return std::set<std::string>{who};
    }
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-098",
                "Nobody of the name “" + who + "” is a member of this campaign.",
                "Of those who left give the Client ID, as campaign.log has it.");
}

Result<std::set<std::string>> instances_named(const State& state, const std::string& name) {
    std::set<std::string> found;
    for (const auto& [id, instance] : state.instances()) {
        if (id == name || is_same_name(instance.name, name)) found.insert(id);
    }
    if (!found.empty()) return found;
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-004",
                "There is no character “" + name + "” in this campaign.",
                "szctl character list --campaign " + state.campaign() +
                    " shows what there is; removed ones count too.",
                name);
}

Result<std::optional<Moment>> moment_at(const Json& params, const char* key, UnixMs now) {
    const std::string* text = read::text(params, key);
    if (text == nullptr) return std::optional<Moment>();
    SZ_ASSIGN(const Moment moment, parse_moment(*text, now));
    return std::optional(moment);
}

}  // namespace

Result<LogFilter> LogFilter::from(const State& state, const Json& params, UnixMs now) {
    LogFilter filter;
    filter.limit_ = read::count(params, "limit").value_or(log_events_default);
    filter.before_ = read::count(params, "before").value_or(after_all_events);
    SZ_ASSIGN(filter.since_, moment_at(params, "since", now));
    SZ_ASSIGN(filter.until_, moment_at(params, "until", now));
    if (const std::string* who = read::text(params, "who")) {
        SZ_ASSIGN(filter.authors_, authors_named(state, *who));
    }
    if (const std::string* name = read::text(params, "instance")) {
        SZ_ASSIGN(filter.instances_, instances_named(state, *name));
    }
    const Json& words = read::list(params, "what");
    if (words.size() > limits::log_words_max) {
        return fail(ErrorKind::limit, "SZ-CAMPAIGN-089",
                    "The log cannot be asked for more than " +
                        std::to_string(limits::log_words_max) + " operations and paths at once.",
                    "Ask in several steps.");
    }
    for (const Json& word : words) {
        if (word.is_string()) filter.words_.insert(word.get<std::string>());
    }
    if (filter.words_.empty()) return filter;
    for (const auto& [id, instance] : state.instances()) {
        visit_fields(instance, [&](const LayoutSection& section, const LayoutGroup& group,
                                   const std::string& path, const Field& field) {
            if (std::any_of(filter.words_.begin(), filter.words_.end(), [&](const auto& word) {
                    return could_mean(word, section, group, field);
                }))
                filter.paths_.insert(path);
        });
    }
    return filter;
}

Result<LogFilter::Found> LogFilter::find(Ledger& ledger) const {
    EventIndex before = before_;
    EventIndex oldest = 1;
    if (until_) {
        SZ_ASSIGN(const Point until, find_moment(ledger, *until_));
        before = std::min(before, until.event + 1);
    }
    if (since_) {
        SZ_ASSIGN(const Point since, find_moment(ledger, *since_));
        oldest = since.event + 1;
    }
    Found found;
    EventIndex last = 0;  // looked at
    const bool is_filtered = authors_ || instances_ || !words_.empty();
    const std::uint64_t looked_at_max = is_filtered ? limits::log_events_looked_at_max : limit_;
    SZ_TRY(ledger.newest_first(before, looked_at_max, [&](Event event) {
        ++found.read;
        if (event.index < oldest) return false;
        last = event.index;
        if (!is_filtered || is_wanted(event)) found.events.push_back(std::move(event));
        return found.events.size() < limit_;
    }));
    if (last > oldest) found.next = last;
    return found;
}

bool LogFilter::is_wanted(const Event& event) const {
    if (event.parts.empty()) return false;
    const auto signed_action = action_of(event.parts.front());
    const auto action =
        signed_action ? parse_action(signed_action->bytes) : Result<Action>(fail(Error{}));
    if (!action || (authors_ && !authors_->contains(action->author))) return false;
    if (!instances_ && words_.empty()) return true;
    const auto records = records_of(event.parts);
    return records && is_about(*action, *records);
}

// One change must be all that is asked for: this instance and that path.
bool LogFilter::is_about(const Action& action, const std::vector<SeenRecord>& records) const {
    const bool is_such_operation =
        std::any_of(action.operations.begin(), action.operations.end(),
                    [&](const Operation& operation) { return words_.contains(operation.op); });
    return std::any_of(records.begin(), records.end(), [&](const SeenRecord& seen) {
        const Record& record = seen.record;
        if (is_for_readers(record)) return false;
        if (instances_ && !instances_->contains(record.instance)) return false;
        return words_.empty() || is_such_operation || words_.contains(record.path) ||
               paths_.contains(record.path);
    });
}

}  // namespace sz::campaign
