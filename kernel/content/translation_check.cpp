// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/translation_check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "kernel/content/pack_mentions.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"
#include "kernel/content/translation.hpp"

namespace sz {

namespace {

using Kind = TextSlot::Kind;
using Path = std::vector<std::string>;

constexpr std::size_t missing_named_max = 5;

const Json& part_of(const Json& holder, const char* key) {
    static const Json none;
    if (!holder.is_object()) return none;
    const auto found = holder.find(key);
    return found == holder.end() ? none : *found;
}

std::string words_of(const Path& path) {
    std::string text;
    for (const auto& part : path) text += (text.empty() ? "" : ".") + part;
    return text;
}

// What can be said under a path, and what its parts lead through.
struct Place {
    Kind kind = Kind::node;
    std::size_t texts = 0;  // of a list
};
using Places = std::map<Path, Place>;

void add_place(Places& places, const TextSlot& slot) {
    const Place place{slot.kind, slot.kind == Kind::list ? slot.place.size() : 0};
    const auto [known, is_new] = places.try_emplace(slot.path, place);
    if (!is_new && known->second.kind == Kind::node) known->second = place;
}

bool is_known_key(const std::string& key) {
    constexpr std::array<std::string_view, 17> known{
        "name",         "description", "tags",   "help",    "unit",     "value",
        "defaultValue", "options",     "rules",  "months",  "weekdays", "era",
        "calendar",     "itemType",    "fields", "columns", "groups"};
    return std::find(known.begin(), known.end(), key) != known.end() || key == "sections";
}

bool has_place_below(const Places& places, const Path& path) {
    const auto next = places.lower_bound(path);
    return next != places.end() && next->first.size() >= path.size() &&
           std::equal(path.begin(), path.end(), next->first.begin());
}

class TranslationCheck {
  public:
    TranslationCheck(const TranslationOf& pair, const FieldTypes& types, PackLinks& links,
                     Pulse& pulse, PackReport& report)
        : file_(pair.translation.path),
          json_(pair.translation.json),
          original_(pair.original),
          pack_(pair.pack),
          types_(types),
          links_(links),
          pulse_(pulse),
          report_(report) {}

    [[nodiscard]] TextCount run() {
        check_object();
        if (original_.type == "dataset") check_entries();
        report_missing();
        return {texts_ - missing_, texts_};
    }

  private:
    void check_object() {
        Json object = original_.json;
        if (original_.type == "dataset") object.erase("entries");
        Places places;
        TextSlots slots([&](const TextSlot& slot) {
            add_place(places, slot);
            const Json* text = text_at(json_, slot.path);
            count(slot, text != nullptr && fits_slot(slot, *text), {});
        });
        slots.object(object);
        if (original_.type == "dataset") add_common(places);
        static const std::set<std::string> heads{"$schema", "id", "szType", "schemaVersion",
                                                 "entries"};
        for (const auto& [key, value] : json_.items()) {
            if (!heads.contains(key)) look(places, {key}, value, Pointer().with(key));
        }
        const Json texts = json_;
        Json translated = original_.json;
        if (original_.type == "dataset") return;
        translate_object(translated, std::span(&texts, 1), {});
        check_template_fields(original_.json, translated);
    }

    // What entries have in common is said at the top.
    void add_common(Places& places) {
        Json entries = part_of(original_.json, "entries");
        if (!entries.is_object()) return;
        TextSlots slots([&](const TextSlot& slot) {
            const bool is_node = slot.kind == Kind::node;
            if (is_node || may_be_common(slot)) add_place(places, slot);
        });
        for (auto& [id, entry] : entries.items()) {
            if (!pulse_.goes_on()) return;
            slots.entry(entry);
        }
    }

    void check_entries() {
        const Json& originals = part_of(original_.json, "entries");
        const Json& entries = part_of(json_, "entries");
        if (!originals.is_object()) return;
        for (const auto& [id, entry] : originals.items()) {
            if (!pulse_.goes_on()) return;
            check_entry(id, entry, part_of(entries, id.c_str()));
        }
        if (!entries.is_object()) return;
        const std::vector<std::string> ids = ids_of(originals);
        for (const auto& [id, texts] : entries.items()) {
            if (!pulse_.goes_on()) return;
            if (!originals.contains(id)) unknown(id, ids, Pointer("/entries").with(id));
        }
    }

    void check_entry(const std::string& id, const Json& original, const Json& own) {
        const EntryTexts texts{own, json_};
        Json entry = original;
        Places places;
        TextSlots slots([&](const TextSlot& slot) {
            add_place(places, slot);
            count(slot, text_for(slot, texts) != nullptr, "entries." + id + ".");
        });
        slots.entry(entry);
        const auto pointer = Pointer("/entries").with(id);
        if (own.is_object()) {
            for (const auto& [key, value] : own.items())
                look(places, {key}, value, Pointer(pointer).with(key));
        }
        if (!own.is_object()) return;
        translate_entry(entry, std::span(&texts, 1), {});
        check_description(original, entry, Pointer(pointer).with("description"));
        check_fields(part_of(original, "topLevelFields"), part_of(entry, "topLevelFields"),
                     Pointer(pointer).with("fields"));
        const Json& before = part_of(original, "groups");
        for (std::size_t i = 0; before.is_array() && i < before.size(); ++i) {
            const auto group = string_or(before[i], "id");
            check_fields(part_of(before[i], "fields"), part_of(entry["groups"][i], "fields"),
                         Pointer(Pointer(pointer + "/groups").with(group)).with("fields"));
        }
    }

    void check_description(const Json& before, const Json& after, const std::string& pointer) {
        static const Json markdown{{"type", "MultiText"}};
        const Json& text = part_of(after, "description");
        if (text.is_string() && text != part_of(before, "description"))
            check_mentions(markdown, text, pointer);
    }

    void check_mentions(const Json& definition, const Json& text, const std::string& pointer) {
        if (types_.has(string_or(definition, "type")))
            check_translated_mentions(definition, text, types_, pack_, links_, report_, file_,
                                      pointer);
    }

    void check_fields(const Json& before, const Json& after, const std::string& pointer) {
        if (!before.is_object()) return;
        for (const auto& [key, field] : after.items()) {
            Json named = before.at(key);
            if (named.is_object() && !named.contains("name")) named["name"] = key;
            check_field(named, field, "value", Pointer(pointer).with(key));
        }
    }

    void check_template_fields(const Json& before, const Json& after) {
        const auto each = [](const Json& list, const Json& other, const std::string& pointer,
                             const auto& visit) {
            for (std::size_t i = 0; list.is_array() && i < list.size(); ++i)
                visit(list[i], other[i], Pointer(pointer).with(string_or(list[i], "id")));
        };
        each(part_of(before, "sections"), part_of(after, "sections"), "/sections",
             [&](const Json& a, const Json& b, const std::string& at) {
                 each(part_of(a, "groups"), part_of(b, "groups"), at + "/groups",
                      [&](const Json& c, const Json& d, const std::string& in_group) {
                          each(part_of(c, "fields"), part_of(d, "fields"), in_group + "/fields",
                               [&](const Json& e, const Json& f, const std::string& place) {
                                   check_field(e, f, "defaultValue", place);
                               });
                      });
             });
    }

    // A field that a translation changed is asked of its type again.
    void check_field(const Json& before, const Json& after, const char* value_key,
                     const std::string& pointer) {
        if (before == after || !pulse_.goes_on_slowly()) return;
        Json definition = after;
        const Json value = part_of(after, value_key);
        definition.erase("value");
        Findings findings;
        const auto made = types_.normalize(definition, value, findings);
        if (made) {
            if (value != part_of(before, value_key))
                check_mentions(definition, value, Pointer(pointer).with(value_key));
            return;
        }
        std::string why = made.error().message;
        for (const Finding& finding : findings) {
            if (finding.severity == Severity::error) why = finding.message;
        }
        report_.error("SZ-PACK-067", file_, pointer,
                      "The translated texts do not fit the field: " + why,
                      "Make them fit what the other pack's definition allows.");
    }

    void count(const TextSlot& slot, bool is_there, const std::string& before) {
        if (slot.kind == Kind::node) return;
        ++texts_;
        if (is_there) return;
        if (++missing_ <= missing_named_max) named_.push_back(before + words_of(slot.path));
    }

    void report_missing() {
        if (missing_ == 0) return;
        std::string list;
        for (const auto& one : named_) list += (list.empty() ? "" : ", ") + one;
        if (missing_ > named_.size())
            list += " and " + std::to_string(missing_ - named_.size()) + " more";
        report_.warning("SZ-PACK-068", file_, "/id",
                        std::to_string(texts_ - missing_) + " of " + std::to_string(texts_) +
                            " texts are translated. Missing: " + list + ".",
                        "Add them; until then the other pack's own are shown.");
    }

    // Goes down a translation as far as it agrees with the places.
    void look(const Places& places, const Path& path, const Json& texts,
              const std::string& pointer) {
        const auto place = places.find(path);
        if (place != places.end() && place->second.kind != Kind::node)
            return check_text(place->second, path, texts, pointer);
        if (!has_place_below(places, path)) return misplaced(places, path, pointer);
        if (!texts.is_object()) return no_text(path, pointer);
        for (const auto& [key, value] : texts.items()) {
            if (!pulse_.goes_on()) return;
            Path below = path;
            below.push_back(key);
            look(places, below, value, Pointer(pointer).with(key));
        }
    }

    void check_text(const Place& place, const Path& path, const Json& text,
                    const std::string& pointer) {
        const bool wants_list = place.kind == Kind::list;
        if (text.is_array() != wants_list || text.is_object()) {
            report_.warning(
                "SZ-PACK-066", file_, pointer,
                words_of(path) + (wants_list ? " is a list of " + std::to_string(place.texts) +
                                                   " texts in the other pack."
                                             : " is one text in the other pack."),
                "Give it in the same form.");
        } else if (wants_list && text.size() != place.texts) {
            report_.warning("SZ-PACK-066", file_, pointer,
                            words_of(path) + " has " + std::to_string(text.size()) +
                                " texts here and " + std::to_string(place.texts) +
                                " in the other pack, so it is not used.",
                            "Give as many.");
        }
    }

    // Is it unknown, or known and no text?
    void misplaced(const Places& places, const Path& path, const std::string& pointer) {
        constexpr std::array<std::string_view, 8> of_ids{"sections", "groups", "fields", "columns",
                                                         "options",  "rules",  "months", "value"};
        const bool is_id = path.size() > 1 && std::find(of_ids.begin(), of_ids.end(),
                                                        path[path.size() - 2]) != of_ids.end();
        if (!is_id && !is_known_key(path.back())) return;  // the schema's check has said so
        if (!is_id) return no_text(path, pointer);
        std::set<std::string> known;
        for (const auto& [one, place] : places) {
            if (report_.is_full()) break;  // nothing is proposed then
            if (one.size() >= path.size() && std::equal(path.begin(), path.end() - 1, one.begin()))
                known.insert(one[path.size() - 1]);
        }
        unknown(path.back(), {known.begin(), known.end()}, pointer);
    }

    void unknown(const std::string& id, const std::vector<std::string>& known,
                 const std::string& pointer) {
        const auto meant = report_.is_full() ? std::nullopt : nearest_word(id, known);
        report_.warning(
            "SZ-PACK-065", file_, pointer,
            "The pack that is translated has no " + quote(id) + " here.",
            meant ? "Did you mean " + quote(*meant) + "?" : "Correct the id, or remove the text.");
    }

    void no_text(const Path& path, const std::string& pointer) {
        report_.warning("SZ-PACK-066", file_, pointer,
                        words_of(path) + " is no text in the pack that is translated.",
                        "Remove it: numbers, links, formulas and the like stay as they are, and "
                        "what is not there cannot be translated.");
    }

    static std::vector<std::string> ids_of(const Json& object) {
        std::vector<std::string> ids;
        for (const auto& [id, value] : object.items()) ids.push_back(id);
        return ids;
    }

    const std::string& file_;
    const Json& json_;
    const PackObject& original_;
    const std::string& pack_;
    const FieldTypes& types_;
    PackLinks& links_;
    Pulse& pulse_;
    PackReport& report_;
    std::size_t texts_ = 0, missing_ = 0;
    std::vector<std::string> named_;
};

}  // namespace

TextCount check_translation(const TranslationOf& pair, const FieldTypes& types, PackLinks& links,
                            Pulse& pulse, PackReport& report) {
    if (!pair.translation.json.is_object()) return count_untranslated(pair.original, pulse);
    return TranslationCheck(pair, types, links, pulse, report).run();
}

TextCount count_untranslated(const PackObject& original, Pulse& pulse) {
    TextCount count;
    TextSlots slots(
        [&count](const TextSlot& slot) { count.all += slot.kind == Kind::node ? 0 : 1; });
    Json object = original.json;
    Json entries = part_of(object, "entries");
    if (original.type == "dataset") object.erase("entries");
    slots.object(object);
    if (original.type != "dataset" || !entries.is_object()) return count;
    for (auto& [id, entry] : entries.items()) {
        if (!pulse.goes_on()) break;
        slots.entry(entry);
    }
    return count;
}

}  // namespace sz
