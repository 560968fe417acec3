// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library/entry_view.hpp"

#include <nlohmann/json.hpp>

#include "kernel/content/library/entry_text.hpp"

namespace sz::library {

namespace {

constexpr std::size_t named_links_max = 256;  // in one field; further ones show their ids
constexpr std::size_t mentions_max = 256;     // of one field; nobody reads through longer lists

// The entries that texts speak of, as links that lead there from any pack.
Json mentions_in(const Json& references, const std::string& own_pack) {
    Json mentions = Json::array();
    for (const auto& reference : references) {
        const std::string pack = string_or(reference, "datapackId");
        const std::string entry = string_or(reference, "entryId");
        if (string_or(reference, "kind") != "mention" || entry.empty()) continue;
        if (mentions.size() >= mentions_max) break;
        mentions.push_back({{"datapackId", pack.empty() ? own_pack : pack},
                            {"datasetId", string_or(reference, "datasetId")},
                            {"entryId", entry},
                            {"words", string_or(reference, "words")}});
    }
    return mentions;
}

class View {
  public:
    View(const Catalogue& catalogue, const Languages& languages, const FieldTypes& types,
         Catalogue::LinkSource source, std::string pack, const std::string& language)
        : catalogue_(catalogue),
          languages_(languages),
          types_(types),
          source_(std::move(source)),
          pack_(std::move(pack)),
          language_(language) {}

    // Markdown that is no field's, as people read it without a window.
    [[nodiscard]] std::string plain(const std::string& markdown) const {
        const auto text = types_.format(Json{{"type", "MultiText"}}, markdown, language_);
        return text ? *text : markdown;
    }

    void add_fields(const Json& group, const Json& fields) {
        if (!fields.is_object()) return;
        for (const auto& [id, field] : fields.items()) {
            if (field.is_object()) add_field(group, id, field);
        }
    }

    [[nodiscard]] Json take() { return std::move(written_); }

  private:
    void add_field(const Json& group, const std::string& id, const Json& field) {
        const auto value = field.find("value");
        const Json canonical = value == field.end() ? Json() : *value;
        const Json definition = definition_of(field);
        const auto references = types_.references(definition, canonical);
        const Json list = references && references->is_array() ? *references : Json::array();
        written_.push_back({{"group", group},
                            {"id", id},
                            {"name", string_or(field, "name", id)},
                            {"type", string_or(field, "type")},
                            {"value", canonical},
                            {"text", text_of(definition, canonical, list)},
                            {"mentions", mentions_in(list, pack_)}});
    }

    // A link's own text is the id of its target. The type says where in the value the links are;
    // there the target's name takes the place of the id, so that lists, groups and tables of any
    // type show it too.
    std::string text_of(const Json& definition, const Json& value, const Json& references) const {
        Json shown = value;
        std::size_t count = 0;
        for (const auto& reference : references) {
            if (++count <= named_links_max && string_or(reference, "kind") == "entry")
                name_target(reference, shown);
        }
        if (auto text = types_.format(definition, shown, language_)) return std::move(*text);
        return value.is_string() ? value.get<std::string>()
                                 : value.dump();  // its plugin has gone since the import
    }

    void name_target(const Json& reference, Json& shown) const {
        auto target = catalogue_.resolve(reference, &source_);
        if (!target) return;
        const auto reading = languages_.reading(*target->pack, language_);
        // A name that cannot be read in the language is shown as it is.
        (void)languages_.translate(reading, target->dataset, target->entry);
        try {
            Json& link = shown.at(Json::json_pointer(string_or(reference, "pointer")));
            if (link.is_object() && link.contains("entryId")) link["entryId"] = target->entry.name;
        } catch (const Json::exception&) {  // a plugin's pointer that leads nowhere: the id stays
        }
    }

    const Catalogue& catalogue_;
    const Languages& languages_;
    const FieldTypes& types_;
    const Catalogue::LinkSource source_;
    const std::string pack_;
    const std::string& language_;
    Json written_ = Json::array();
};

}  // namespace

Result<Json> view_entry(const Catalogue& catalogue, const Languages& languages,
                        const FieldTypes& fields, const PackRow& pack, ObjectRow dataset,
                        EntryRow entry, const std::string& language) {
    SZ_ASSIGN(Json json, catalogue.entry_json(entry.row));
    const auto reading = languages.reading(pack, language);
    SZ_TRY(languages.translate_entry(reading, dataset.id, entry.id, json));
    SZ_TRY(languages.translate(reading, dataset));
    entry.name = string_or(json, "name", entry.name);
    SZ_ASSIGN(auto source, catalogue.link_source(pack));
    View view(catalogue, languages, fields, std::move(source), pack.id, language);
    view.add_fields(nullptr, json.value("topLevelFields", Json::object()));
    const Json groups = json.value("groups", Json::array());
    if (groups.is_array()) {
        for (const auto& group : groups) {
            if (!group.is_object()) continue;
            const std::string id = string_or(group, "id");
            view.add_fields({{"id", id}, {"name", string_or(group, "name", id)}},
                            group.value("fields", Json::object()));
        }
    }
    Json tags = json.value("tags", Json::array());
    return Json{{"pack", {{"id", pack.id}, {"name", pack.name}, {"version", pack.version}}},
                {"dataset", {{"id", dataset.id}, {"name", dataset.name}}},
                {"entry", entry.id},
                {"id", entry.id},
                {"name", entry.name},
                {"description", string_or(json, "description")},
                {"description_text", view.plain(string_or(json, "description"))},
                {"icon", entry.icon},
                {"tags", std::move(tags)},
                {"fields", view.take()}};
}

}  // namespace sz::library
