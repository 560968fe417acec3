// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/translation.hpp"

#include <algorithm>

namespace sz {

namespace {

using Kind = TextSlot::Kind;

void put_option(Json& option, const Json& text) {
    if (option.is_string()) {
        option = Json{{"id", option}, {"name", text}};
        return;
    }
    // Without an id its name is one, and has to stay what values say.
    if (!option.contains("id")) option["id"] = string_or(option, "name");
    option["name"] = text;
}

void put(const TextSlot& slot, const Json& text) {
    if (slot.kind == Kind::option) return put_option(slot.place, text);
    if (slot.kind == Kind::text) {
        slot.place = text;
        return;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        Json& one = slot.place[i];
        (one.is_object() ? one["value"] : one) = text[i];
    }
}

bool is_said(const Json& text) {
    return text.is_string() && !text.get_ref<const std::string&>().empty();
}

}  // namespace

const Json* text_at(const Json& translation, std::span<const std::string> path) {
    const Json* at = &translation;
    for (const auto& part : path) {
        if (!at->is_object()) return nullptr;
        const auto found = at->find(part);
        if (found == at->end()) return nullptr;
        at = &*found;
    }
    return at;
}

bool may_be_common(const TextSlot& slot) {
    return !slot.is_value && slot.path.size() > 1 &&
           (slot.path.front() == "fields" || slot.path.front() == "groups");
}

const Json* text_for(const TextSlot& slot, const EntryTexts& texts) {
    const Json* own = text_at(texts.own, slot.path);
    if (own != nullptr && fits_slot(slot, *own)) return own;
    if (!may_be_common(slot)) return nullptr;
    const Json* common = text_at(texts.common, slot.path);
    return common != nullptr && fits_slot(slot, *common) ? common : nullptr;
}

bool fits_slot(const TextSlot& slot, const Json& text) {
    if (slot.kind == Kind::node) return false;
    if (slot.kind != Kind::list) return is_said(text);
    return text.is_array() && text.size() == slot.place.size() &&
           std::all_of(text.begin(), text.end(), is_said);
}

Json text_of_slot(const TextSlot& slot) {
    if (slot.kind == Kind::option && slot.place.is_object())
        return string_or(slot.place, "name", string_or(slot.place, "id"));
    if (slot.kind != Kind::list) return slot.place;
    Json texts = Json::array();
    for (const Json& one : slot.place)
        texts.push_back(one.is_object() ? one.value("value", Json("")) : one);
    return texts;
}

void translate_object(Json& object, std::span<const Json> texts,
                      std::span<const std::string> languages) {
    TextSlots slots(
        [&](const TextSlot& slot) {
            for (const Json& one : texts) {
                const Json* text = text_at(one, slot.path);
                if (text != nullptr && fits_slot(slot, *text)) return put(slot, *text);
            }
        },
        languages);
    slots.object(object);
}

void translate_entry(Json& entry, std::span<const EntryTexts> texts,
                     std::span<const std::string> languages) {
    TextSlots slots(
        [&](const TextSlot& slot) {
            for (const EntryTexts& one : texts) {
                if (const Json* text = text_for(slot, one)) return put(slot, *text);
            }
        },
        languages);
    slots.entry(entry);
}

}  // namespace sz
