// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/event.hpp"

#include <algorithm>
#include <map>
#include <span>
namespace sz::campaign {

namespace {

tl::unexpected<Error> part_malformed(const char* what) {
    return fail(ErrorKind::input, "SZ-CAMPAIGN-043",
                std::string("A part of an event is not as it should be: ") + what + ".");
}

}  // namespace

Digest genesis_head(std::string_view campaign, std::string_view host) {
    return Hasher("SessionZero genesis v1").add(campaign).add(host).finish();
}

Digest sub_leaf(const Part& part) {
    return Hasher("SessionZero part v1")
        .add(part.salt)
        .add(part.kind)
        .add(part.audience)
        .add(part.content)
        .finish();
}

Digest chain_head(const Digest& previous, EventIndex index, UnixMs at,
                  const std::vector<Digest>& sub_leaves) {
    Hasher leaf("SessionZero leaf v1");
    leaf.add(index).add(static_cast<std::uint64_t>(at));
    for (const Digest& sub : sub_leaves) leaf.add(sub);
    return Hasher("SessionZero head v1").add(previous).add(leaf.finish()).finish();
}

Digest event_head(const Digest& previous, const Event& event) {
    std::vector<Digest> sub_leaves;
    sub_leaves.reserve(event.parts.size());
    for (const Part& part : event.parts) sub_leaves.push_back(sub_leaf(part));
    return chain_head(previous, event.index, event.at, sub_leaves);
}

Event make_event(EventIndex index, UnixMs at, const Digest& previous, const SignedAction& action,
                 const std::vector<WrittenRecord>& records, const SaltFn& salt) {
    Audience may_see_action = Audience::everyone();
    std::map<Audience, std::string, WiderFirst> lists;
    for (const WrittenRecord& written : records) {
        may_see_action = may_see_action.both(written.audience);
        std::string& list = lists[written.audience];
        list += list.empty() ? '[' : ',';
        list += written.text;
    }
    Event event{index, at, {}, {}};
    std::string signed_bytes(action.signature.begin(), action.signature.end());
    signed_bytes += action.bytes;
    event.parts.push_back({"action", may_see_action.text(), salt(), std::move(signed_bytes)});
    for (auto& [audience, list] : lists) {
        list += ']';
        event.parts.push_back({"effects", audience.text(), salt(), std::move(list)});
    }
    event.head = event_head(previous, event);
    return event;
}

Result<SignedAction> action_of(const Part& part) {
    SignedAction action;
    if (part.kind != "action" || part.content.size() <= action.signature.size())
        return part_malformed("it holds no action");
    std::copy_n(part.content.begin(), action.signature.size(), action.signature.begin());
    action.bytes = part.content.substr(action.signature.size());
    return action;
}

Result<std::vector<SeenRecord>> records_of(const std::vector<Part>& parts) {
    std::vector<SeenRecord> records;
    for (const Part& part : parts) {
        if (part.kind == "action") continue;
        if (part.kind != "effects") return part_malformed("its kind is not known");
        SZ_ASSIGN(const Audience audience, Audience::parse(part.audience));
        auto list = parse_stored(part.content);
        if (!list || !list->is_array()) return part_malformed("its effects are not a list");
        for (const Json& value : *list) {
            SZ_ASSIGN(Record record, Record::from_json(value));
            records.push_back({audience, std::move(record)});
        }
    }
    return records;
}

}  // namespace sz::campaign
