// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_formulas.hpp"

#include <algorithm>
#include <map>

#include "kernel/content/field_match.hpp"
#include "kernel/content/formula_reading.hpp"
#include "kernel/content/pointer.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

using Steps = std::vector<std::string>;

// A path in a formula, and what is done with what it leads to.
struct Reading {
    Steps steps;
    std::vector<std::string> as;
};

// A field of a template that reads others.
struct Formula {
    std::string path, pointer;
    std::vector<Reading> reads;
};

template <class Visit>
void each(const Json& holder, const char* key, Pointer& pointer, const Visit& visit) {
    const auto list = holder.is_object() ? holder.find(key) : holder.end();
    if (!holder.is_object() || list == holder.end() || !list->is_array()) return;
    const Pointer::Part in_list(pointer, key);
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Pointer::Part part(pointer, i);
        if ((*list)[i].is_object()) visit((*list)[i]);
    }
}

class TemplateFormulas {
  public:
    TemplateFormulas(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                     PackReport& report)
        : object_(object), types_(types), reach_(reach), report_(report) {}

    void check() {
        Pointer pointer;
        each(object_.json, "sections", pointer, [&](const Json& section) {
            each(section, "groups", pointer, [&](const Json& group) {
                each(group, "fields", pointer, [&](const Json& field) {
                    add(string_or(section, "id") + "." + string_or(group, "id") + "." +
                            string_or(field, "id"),
                        field, pointer.text());
                });
            });
        });
        for (const Formula& formula : formulas_) check_paths(formula);
        for (const Formula& formula : formulas_) {
            if (!checked_.contains(formula.path)) find_circle(formula);
        }
    }

  private:
    void add(const std::string& path, const Json& field, const std::string& pointer) {
        paths_.push_back(path);
        definitions_.emplace(path, &field);
        if (!types_.has(string_or(field, "type"))) return;
        const auto references = types_.references(field, Json());
        if (!references || !references->is_array()) return;
        Formula formula{path, pointer, {}};
        for (const Json& reference : *references) {
            const auto steps = reference.is_object() ? reference.find("path") : reference.end();
            if (string_or(reference, "kind") != "field" || steps == reference.end()) continue;
            try {
                formula.reads.push_back({steps->get<Steps>(), reference.value("as", Steps())});
            } catch (const Json::exception&) {  // a plugin that does not keep to the words
                continue;
            }
        }
        if (!formula.reads.empty()) formulas_.push_back(std::move(formula));
    }

    void check_paths(const Formula& formula) {
        for (const auto& [steps, as] : formula.reads) {
            if (steps.empty()) continue;
            const FieldMatch match = match_field(paths_, formula.path, steps);
            const std::string written = joined_steps(steps, steps.size());
            if (match.paths.empty()) {
                report_.error(
                    "SZ-PACK-035", object_.path, formula.pointer + "/formula",
                    "The formula reads " + quote(written) + ", and the sheet has no such field.",
                    "Write the id of a field of this template, if need be with its "
                    "group's and a dot before it.");
            } else if (match.paths.size() > 1) {
                report_.error("SZ-PACK-035", object_.path, formula.pointer + "/formula",
                              "The formula reads " + quote(written) + ", which could be " +
                                  match.paths[0] + " or " + match.paths[1] + ".",
                              "Write the group's id and a dot before it.");
            } else {
                edges_[formula.path].push_back(match.paths.front());
                const Json& definition = *definitions_.at(match.paths.front());
                check_reading(definition, steps, match.steps, as, reach_,
                              {report_, object_.path, formula.pointer + "/formula"});
            }
        }
    }

    // Walks along what is read, without recursion: a sheet may have very many fields.
    void find_circle(const Formula& from) {
        struct Node {
            std::string path;
            std::size_t next = 0;
        };
        std::vector<Node> way{{from.path, 0}};
        while (!way.empty()) {
            const auto reads = edges_.find(way.back().path);
            if (reads == edges_.end() || way.back().next >= reads->second.size()) {
                checked_[way.back().path] = true;
                way.pop_back();
                continue;
            }
            const std::string& path = reads->second[way.back().next++];
            const auto again = std::find_if(way.begin(), way.end(),
                                            [&](const Node& node) { return node.path == path; });
            if (again == way.end()) {
                if (!checked_.contains(path)) way.push_back({path, 0});
                continue;
            }
            std::string circle;
            for (auto at = again; at != way.end(); ++at) circle += at->path + " → ";
            report_.error("SZ-PACK-036", object_.path, from.pointer + "/formula",
                          "The formulas read each other in a circle: " + circle + path + ".",
                          "Let one of them not read the next.");
        }
    }

    const LoadedObject& object_;
    const FieldTypes& types_;
    PackReach& reach_;
    PackReport& report_;
    std::vector<std::string> paths_;
    std::map<std::string, const Json*> definitions_;  // by path
    std::vector<Formula> formulas_;
    std::map<std::string, std::vector<std::string>> edges_;
    std::map<std::string, bool> checked_;
};

}  // namespace

void check_formulas(const LoadedObject& object, const FieldTypes& types, PackReach& reach,
                    PackReport& report) {
    if (object.json.is_object() && object.json.contains("sections"))
        TemplateFormulas(object, types, reach, report).check();
}

}  // namespace sz
