// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/marks.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "kernel/campaign/read.hpp"
#include "kernel/crypto/crypto.hpp"

namespace sz::campaign {

namespace {

Json mark_json(const Mark& mark) {
    return Json::array({mark.event, mark.at, mark.who, mark.other});
}

Result<Mark> mark_from(const Json& value) {
    const auto bad = [] {
        return fail(ErrorKind::input, "SZ-CAMPAIGN-041",
                    "The record of a field's last change is damaged.");
    };
    if (!value.is_array() || value.size() != 4 || !value[2].is_string()) return bad();
    const auto event = read::count(value[0]);
    const auto at = read::count(value[1]);
    const auto other = read::count(value[3]);
    if (!event || !at || !other) return bad();
    return Mark{*event, static_cast<UnixMs>(*at), value[2].get<std::string>(), *other};
}

}  // namespace

std::string stream_tag(std::string_view author, std::string_view stream) {
    const Digest digest = Hasher("SessionZero stream tag v1").add(author).add(stream).finish();
    return to_hex(std::span(digest).first(8));
}

void Mark::change(const EventPlace& place) {
    if (who != place.who) other = event;
    event = place.index;
    at = place.at;
    who = place.who;
}

bool Mark::changed_by_others(EventIndex base, std::string_view me) const {
    return (who == me ? other : event) > base;
}

void Marks::change(const EventPlace& place, const std::vector<std::string>& touches) {
    last.change(place);
    if (touches.empty()) {
        whole.change(place);
        items.clear();
        return;
    }
    for (const std::string& item : touches) items[item].change(place);
    while (items.size() > items_max) {
        const auto oldest = std::min_element(
            items.begin(), items.end(),
            [](const auto& a, const auto& b) { return a.second.event < b.second.event; });
        floor = std::max(floor, oldest->second.event);
        items.erase(oldest);
    }
}

const Mark* Marks::conflict(EventIndex base, std::string_view me,
                            const std::vector<std::string>& touches) const {
    if (touches.empty()) return last.changed_by_others(base, me) ? &last : nullptr;
    if (whole.changed_by_others(base, me)) return &whole;
    for (const std::string& item : touches) {
        const auto found = items.find(item);
        if (found != items.end() && found->second.changed_by_others(base, me))
            return &found->second;
        if (found == items.end() && base < floor) return &last;
    }
    return nullptr;
}

Json Marks::to_json() const {
    Json all{{"last", mark_json(last)}};
    if (whole != last) all["whole"] = mark_json(whole);
    if (floor > 0) all["floor"] = floor;
    for (const auto& [item, mark] : items) all["items"][item] = mark_json(mark);
    return all;
}

Result<Marks> Marks::from_json(const Json& value) {
    Marks marks;
    const Json* last = read::member(value, "last");
    if (last == nullptr)
        return fail(ErrorKind::input, "SZ-CAMPAIGN-041",
                    "The record of a field's last change is missing.");
    SZ_ASSIGN(marks.last, mark_from(*last));
    marks.whole = marks.last;
    if (const Json* whole = read::member(value, "whole")) {
        SZ_ASSIGN(marks.whole, mark_from(*whole));
    }
    marks.floor = read::count(value, "floor").value_or(0);
    const Json* items = read::member(value, "items");
    if (items == nullptr || !items->is_object()) return marks;
    for (const auto& [item, mark] : items->items()) {
        SZ_ASSIGN(marks.items[item], mark_from(mark));
    }
    return marks;
}

}  // namespace sz::campaign
