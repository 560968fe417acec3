// SPDX-License-Identifier: AGPL-3.0-or-later
// A translation put into what it translates. A text that is missing, empty or of another kind
// leaves the original as it is: nothing but texts ever changes.
#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>

#include "kernel/base/json.hpp"
#include "kernel/content/text_slots.hpp"

namespace sz {

// What one translation says of an entry: its own texts, and those that its dataset's entries have
// in common. Either may be null.
struct EntryTexts {
    Json own, common;
};

// `texts` are translations of the object, best first; what none of them says comes from the
// definitions' own "i18n", in `languages`, best first too.
void translate_object(Json& object, std::span<const Json> texts,
                      std::span<const std::string> languages);
void translate_entry(Json& entry, std::span<const EntryTexts> texts,
                     std::span<const std::string> languages);

// What a translation gives for a slot; null when it gives nothing.
[[nodiscard]] const Json* text_at(const Json& translation, std::span<const std::string> path);
[[nodiscard]] const Json* text_for(const TextSlot& slot, const EntryTexts& texts);
// Whether a slot takes it: a text that is not empty, or a list of as many texts.
[[nodiscard]] bool fits_slot(const TextSlot& slot, const Json& text);
// What stands in a slot: a text, or a list of texts.
[[nodiscard]] Json text_of_slot(const TextSlot& slot);
// May it be given once for all entries of a dataset?
[[nodiscard]] bool may_be_common(const TextSlot& slot);

}  // namespace sz
