// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/support/field_types.hpp"

#include <sz/ext/field_type.h>

#include <algorithm>
#include <memory>
#include <sz/cpp/decimal.hpp>

namespace fields::test {

namespace {

using sz::plugin::str;
using sz::plugin::testing::FieldTypeSet;
using sz::plugin::testing::FindingList;
using sz::plugin::testing::LoadedPlugin;

std::string type_of(std::string_view definition) {
    const Json parsed = Json::parse(definition, nullptr, false);
    return parsed.is_object()
               ? parsed.value("type", Json()).is_string() ? parsed["type"].get<std::string>() : ""
               : "";
}

// Of one of our own: "fields_core".
std::string path_of(const std::string& name) {
    std::string id = name;
    std::replace(id.begin(), id.end(), '_', '-');
    return SZ_BUILD "/plugins/org.sessionzero." + id + "/" + name + ".so";
}

// The plugin under test, and fields-core, whose types stand inside of others.
struct World {
    LoadedPlugin plugin{path_of(SZ_FIELD_PLUGIN), "/nowhere"};
    LoadedPlugin core{path_of("fields_core"), "/nowhere"};
    const sz_field_types& types = plugin.extension<sz_field_types>(SZ_FIELD_TYPES_ID);
    FieldTypeSet set{type_of};
    World() {
        set.add(types);
        if (set.find("List") == nullptr) set.add(core.extension<sz_field_types>(SZ_FIELD_TYPES_ID));
    }
};

const World& world() {
    static const World only;
    return only;
}

const sz_field_type& type_for(std::string_view definition) {
    // Definitions that are no JSON go to a type that reads everything.
    const std::string name = type_of(definition);
    const sz_field_type* type = world().set.find(name.empty() ? "List" : name);
    if (type == nullptr) throw std::runtime_error("no such type: " + name);
    return *type;
}

template <class Fn>
Answer ask(Fn&& fn) {
    sz::plugin::TextSink sink;
    FindingList findings;
    Answer answer;
    answer.status = fn(sink.table(), findings.table());
    answer.text = std::move(sink.text);
    answer.findings = std::move(findings.items);
    return answer;
}

std::string text_of(const Answer& answer) {
    if (answer.status != SZ_OK) throw std::runtime_error("status " + std::to_string(answer.status));
    return answer.text;
}

// A resolver that has a sheet on a piece of paper.
class PaperResolver {
  public:
    explicit PaperResolver(const Sheet& sheet) : sheet_(sheet) {}
    [[nodiscard]] const sz_field_resolver* table() const { return &table_; }
    std::vector<std::string> asked;

  private:
    static sz_status resolve(void* self, sz_str path, sz_sink out, const sz_findings* findings) {
        auto& paper = *static_cast<PaperResolver*>(self);
        const Json steps = Json::parse(sz::plugin::view(path));
        std::string name;
        for (const Json& step : steps) name += (name.empty() ? "" : ".") + step.get<std::string>();
        paper.asked.push_back(name);
        const auto found = paper.sheet_.find(name);
        if (found == paper.sheet_.end()) {
            const sz_finding finding{sizeof(sz_finding),
                                     SZ_SEVERITY_ERROR,
                                     str("TEST-404"),
                                     str({}),
                                     str({}),
                                     0,
                                     0,
                                     str("There is no such field."),
                                     str({})};
            findings->report(findings->self, &finding);
            return SZ_ERR_NOT_FOUND;
        }
        const bool is_whole = found->second.is_object() && found->second.contains("many");
        const Json one{
            {"value", found->second}, {"path", name}, {"name", "the " + name}, {"of", ""}};
        const Json answer =
            is_whole ? found->second : Json{{"values", Json::array({one})}, {"many", false}};
        const std::string text = answer.dump();
        return out.write(out.self, text.data(), text.size());
    }

    const Sheet& sheet_;
    sz_field_resolver table_{sizeof(sz_field_resolver), 0, this, resolve};
};

using sz::plugin::Decimal;

Decimal decimal(const Json& number) { return Decimal::parse(number.dump()).value(); }

}  // namespace

Json Evaluated::applied() const {
    const Json answer = json();
    Json value = 0;
    for (const Json& term : answer.at("terms")) {
        const std::string op = term.at("op");
        const Json& by = term.at("value");
        if (op == "set" || !by.is_number()) {
            value = by;
            continue;
        }
        const Decimal before = decimal(value);
        const Decimal number = decimal(by);
        Decimal after = before;
        if (op == "add") after = before.plus_rounded(number).value();
        if (op == "subtract") after = before.plus_rounded(number.negated()).value();
        if (op == "multiply") after = before.times(number).value();
        if (op == "atMost" && before.compare(number) > 0) after = number;
        if (op == "atLeast" && before.compare(number) < 0) after = number;
        if (op == "round") after = before.round_to(static_cast<int>(number.whole()));
        value = Json::parse(after.text());
    }
    return value;
}

Evaluated evaluate(const Json& definition, const Json& value, const Json& effects,
                   const Sheet& sheet) {
    const std::string d = definition.dump(), v = value.dump(), e = effects.dump();
    const sz_field_type& type = type_for(d);
    if (type.evaluate == nullptr) throw std::runtime_error("the type computes nothing");
    PaperResolver resolver(sheet);
    Evaluated evaluated{ask([&](sz_sink out, const sz_findings* findings) {
                            return type.evaluate(type.self, world().set.host(), resolver.table(),
                                                 str(d), str(v), str(e), out, findings);
                        }),
                        {}};
    evaluated.asked = std::move(resolver.asked);
    return evaluated;
}

Answer normalize_text(std::string_view definition, std::string_view value) {
    const sz_field_type& type = type_for(definition);
    return ask([&](sz_sink out, const sz_findings* findings) {
        return type.normalize(type.self, world().set.host(), str(definition), str(value), out,
                              findings);
    });
}

Answer apply_text(std::string_view definition, std::string_view value, std::string_view operation) {
    const sz_field_type& type = type_for(definition);
    return ask([&](sz_sink out, const sz_findings* findings) {
        return type.apply(type.self, world().set.host(), str(definition), str(value),
                          str(operation), out, findings);
    });
}

Answer parse_text(const Json& definition, std::string_view text, std::string_view locale) {
    const std::string d = definition.dump();
    const sz_field_type& type = type_for(d);
    return ask([&](sz_sink out, const sz_findings* findings) {
        return type.parse(type.self, world().set.host(), str(d), str(text), str(locale), out,
                          findings);
    });
}

std::string formatted(const Json& definition, const Json& value, std::string_view locale) {
    const std::string d = definition.dump(), v = value.dump();
    const sz_field_type& type = type_for(d);
    return text_of(ask([&](sz_sink out, const sz_findings*) {
        return type.format(type.self, world().set.host(), str(d), str(v), str(locale), out);
    }));
}

std::string search_text(const Json& definition, const Json& value) {
    const std::string d = definition.dump(), v = value.dump();
    const sz_field_type& type = type_for(d);
    return text_of(ask([&](sz_sink out, const sz_findings*) {
        return type.search_text(type.self, world().set.host(), str(d), str(v), out);
    }));
}

Json references(const Json& definition, const Json& value) {
    const std::string d = definition.dump(), v = value.dump();
    const sz_field_type& type = type_for(d);
    return Json::parse(text_of(ask([&](sz_sink out, const sz_findings*) {
        return type.references(type.self, world().set.host(), str(d), str(v), out);
    })));
}

std::vector<std::string> type_names() {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < world().types.count; ++i)
        names.emplace_back(world().types.items[i]->name);
    return names;
}

Json describe(std::string_view type) {
    const sz_field_type* found = world().set.find(type);
    if (found == nullptr) throw std::runtime_error("no such type");
    return Json::parse(text_of(
        ask([&](sz_sink out, const sz_findings*) { return found->describe(found->self, out); })));
}

Json after_effect(Json value, const Json& effect) {
    const auto place = [&value](const Json& id) {
        for (auto it = value.begin(); it != value.end(); ++it) {
            if ((*it)["id"] == id) return it;
        }
        throw std::runtime_error("the effect names an item that is not there");
    };
    if (effect.contains("set")) return effect["set"];
    if (effect.contains("insert")) {
        value.insert(value.begin() + effect["insert"]["at"].get<int>(), effect["insert"]["item"]);
    } else if (effect.contains("remove")) {
        value.erase(place(effect["remove"]["id"]));
    } else if (effect.contains("replace")) {
        *place(effect["replace"]["id"]) = effect["replace"]["item"];
    } else {
        const auto from = place(effect.at("move").at("id"));
        const Json item = *from;
        value.erase(from);
        value.insert(value.begin() + effect["move"]["to"].get<int>(), item);
    }
    return value;
}

}  // namespace fields::test
