// SPDX-License-Identifier: AGPL-3.0-or-later
// Where an object has texts that a translation may replace, and under which path a translation
// gives them. One walk for all who ask: the check, the reading, the skeleton of a new translation.
//
// Paths are of ids: {"sections", "who", "groups", "person", "fields", "kin", "name"} in a template,
// {"fields", "trait", "value"} in an entry. What is no text has no slot: numbers, links, formulas,
// dice, ids, who sees it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "kernel/base/json.hpp"

namespace sz {

struct TextSlot {
    // text: `place` is a text. list: texts, or items {"id","value"} with texts. option: a text that
    // is an id too, or an object with "name". node: no text, but a section, group, field or entry
    // that texts can be given for.
    enum class Kind { text, list, option, node };

    const std::vector<std::string>& path;
    Json& place;
    Kind kind;
    bool is_value;  // of a field, and not of its definition
};

class TextSlots {
  public:
    using Visit = std::function<void(const TextSlot&)>;

    // `languages`: what the definitions' own "i18n" says in the last of them that it has is put
    // into them, from the last to the first, before they are visited.
    explicit TextSlots(Visit visit, std::span<const std::string> languages = {})
        : visit_(std::move(visit)), languages_(languages) {}

    // A template, or a dataset without its entries. Canonical, as a check leaves it.
    void object(Json& object);
    void entry(Json& entry);

  private:
    void definition(Json& definition, const char* value_key);
    void own_languages(Json& definition) const;
    void options(Json& definition);
    void calendar(Json& calendar);
    void list_of_fields(Json& holder, const char* key);
    void entry_fields(Json& fields);
    void value(const Json& definition, Json& value);
    void list_value(const Json& definition, Json& value);
    void rows_value(const Json& definition, Json& rows);
    void member_values(const Json& definitions, Json& members);
    // Calls `inside` with every object of the list that has an id, its id on the path.
    template <class Inside>
    void each_with_id(Json& holder, const char* key, Inside inside);
    void text(Json& holder, const char* key);
    void texts(Json& holder, const char* key);
    void say(Json& place, TextSlot::Kind kind);

    // A part of the path for as long as it lives.
    class Step;

    Visit visit_;
    std::span<const std::string> languages_;
    std::vector<std::string> path_;
    bool in_value_ = false;
};

}  // namespace sz
