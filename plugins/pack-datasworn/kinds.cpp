// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kinds.hpp"

namespace datasworn {
namespace {

// What a thing is called and about.
void fill_head(Draft& draft, Members& from) {
    const Json* name = from.take("name");
    if (name != nullptr && name->is_string() &&
        one_line(name->get<std::string>()).size() > limits::name_bytes_max)
        draft.put(draft.fields(), "fullName", "Full name", "Text",
                  one_line(name->get<std::string>()));
    else if (name != nullptr && !name->is_string())
        draft.carry(draft.fields(), "name", *name, from.pointer_of("name"));
    draft.words(draft.fields(), from, "canonical_name", "Name in the book");
    for (const char* key : {"description", "summary"}) {
        if (draft.is_described()) break;
        const Json* text = from.enter(key);
        if (text == nullptr) continue;
        from.tally().values += count_values(*text);
        if (text->is_string())
            draft.describe(draft.text(*text, from.pointer_of(key)));
        else
            draft.carry(draft.fields(), key, *text, from.pointer_of(key));
    }
    draft.markdown(draft.fields(), from, "summary", "Summary");
}

// Where it stands in the tree.
void fill_place(Draft& draft) {
    const Node& node = draft.node();
    const Links& links = draft.shop().links;
    const auto targets = [&](const std::vector<const Node*>& nodes) {
        std::vector<Target> out;
        for (const Node* one : nodes) out.push_back(links.to(*one));
        return out;
    };
    if (node.parent != nullptr) {
        const bool is_in = node.parent->kind == Kind::collection;
        draft.put(draft.fields(), is_in ? "collection" : "belongs_to",
                  is_in ? "Collection" : "Belongs to", "DatasetLink",
                  links.to(*node.parent).link());
    }
    draft.put_links(draft.fields(), "collections", "Collections", targets(node.collections));
    const bool has_moves = node.kind == Kind::asset;
    const bool has_variants = node.kind == Kind::npc;
    draft.put_links(draft.fields(),
                    has_moves      ? "moves"
                    : has_variants ? "variants"
                                   : "members",
                    has_moves      ? "Moves"
                    : has_variants ? "Variants"
                                   : "Members",
                    targets(node.members));
}

// "Ironsworn: Starforged Rulebook, page 147, by Shawn Tomkin, 2022-05-06, https://…".
void fill_source(Draft& draft, Members& from) {
    const Json* source = from.enter("_source");
    if (source == nullptr) return;
    const std::string pointer = from.pointer_of("_source");
    if (!source->is_object()) {
        from.tally().values += count_values(*source);
        return draft.carry(draft.fields(), "source", *source, pointer);
    }
    Members members(*source, pointer, from.tally());
    std::string out;
    for (const auto& [key, before] : {std::pair{"title", ""},
                                      {"page", "page "},
                                      {"authors", "by "},
                                      {"date", ""},
                                      {"url", ""},
                                      {"license", "licence "}}) {
        const Json* value = members.take(key);
        if (value == nullptr) continue;
        std::string words;
        if (value->is_array()) {
            for (const Json& author : *value) {
                if (!words.empty()) words += " and ";
                const bool is_plain = author.is_object() && author.size() == 1 &&
                                      author.contains("name") && author["name"].is_string();
                words += draft.in_words(is_plain ? author["name"] : author, pointer, As::words);
            }
        } else {
            words = draft.in_words(*value, pointer, As::words);
        }
        out += (out.empty() ? "" : ", ") + std::string(before) + words;
    }
    const std::string rest = draft.rest_in_words(members, As::words);
    if (!rest.empty()) out += (out.empty() ? "" : ", ") + rest;
    draft.put(draft.fields(), "source", "Source", "Text", one_line(out));
}

// {"starforged": {"region": "outlands"}}: words to find the entry by.
void fill_tags(Draft& draft, Members& from) {
    const Json* packages = from.enter("tags");
    if (packages == nullptr) return;
    const std::string pointer = from.pointer_of("tags");
    from.tally().values += count_values(*packages);
    if (!packages->is_object()) return draft.carry(draft.fields(), "tags", *packages, pointer);
    Json others = Json::object();
    for (const auto& [package, tags] : packages->items()) {
        if (!tags.is_object()) {
            others[package] = tags;
            continue;
        }
        for (const auto& [key, value] : tags.items()) {
            if (value.is_boolean() && value.get<bool>()) {
                draft.tag(spaced(key));
            } else if (value.is_string() && value.get_ref<const std::string&>().size() < 100 &&
                       value.get_ref<const std::string&>().find('/') == std::string::npos) {
                draft.tag(spaced(key) + ": " + spaced(value.get<std::string>()));
            } else {
                others[key] = value;
            }
        }
    }
    if (count_values(others) > 0) draft.carry(draft.fields(), "tags", others, pointer);
}

// {"oracles": [ids], "moves": [ids], …}.
void fill_suggestions(Draft& draft, Members& from) {
    const Json* suggestions = from.enter("suggestions");
    if (suggestions == nullptr) return;
    const std::string pointer = from.pointer_of("suggestions");
    Json ids = Json::array();
    if (suggestions->is_object()) {
        for (const auto& [kind, list] : suggestions->items()) {
            if (!list.is_array()) ids.push_back(list);
            for (const Json& id : list.is_array() ? list : Json::array()) ids.push_back(id);
        }
    }
    const Json all = {{"suggestions", suggestions->is_object() ? ids : *suggestions}};
    Members members(all, from.pointer(), from.tally());
    draft.links(draft.fields(), members, "suggestions", "Suggestions");
}

void fill_tail(Draft& draft, Members& from) {
    Json& to = draft.fields();
    draft.links(to, from, "replaces", "Replaces");
    if (draft.node().kind == Kind::collection) draft.links(to, from, "enhances", "Adds to");
    draft.words(to, from, "color", "Color");
    draft.markdown(to, from, "quest_starter", "Quest starter");
    draft.markdown(to, from, "your_truth", "Your truth");
    draft.markdown(to, from, "your_character", "Your character");
    fill_suggestions(draft, from);
    fill_tags(draft, from);
    fill_source(draft, from);
}

void fill_own(Draft& draft, Members& from) {
    switch (draft.node().kind) {
        case Kind::move: return fill_move(draft, from);
        case Kind::asset: return fill_asset(draft, from);
        case Kind::oracle: return fill_oracle(draft, from);
        case Kind::npc: return fill_npc(draft, from);
        case Kind::variant: return fill_variant(draft, from);
        case Kind::truth: return fill_truth(draft, from);
        case Kind::atlas_entry: return fill_atlas_entry(draft, from);
        case Kind::delve_site: return fill_delve_site(draft, from);
        case Kind::site_card: return fill_site_card(draft, from);
        case Kind::rarity: return fill_rarity(draft, from);
        case Kind::rule: return fill_rule(draft, from);
        case Kind::collection: return fill_collection(draft, from);
        case Kind::other: return;
    }
}

}  // namespace

void fill(Draft& draft, Tally& tally) {
    Members from(*draft.node().json, draft.node().pointer, tally);
    fill_head(draft, from);
    fill_place(draft);
    fill_own(draft, from);
    fill_tail(draft, from);
    draft.rest(draft.fields(), from, draft.node().dataset);
}

}  // namespace datasworn
