// SPDX-License-Identifier: AGPL-3.0-or-later
// The laws of ext/field_type.h, tried with many values.
#include <sz/cpp/fields.hpp>
#include <sz/cpp/testing.hpp>

#include "subject.hpp"

namespace check {

using sz::plugin::Decimal;
using sz::plugin::decimal_of;
using sz::plugin::json_text;
using sz::plugin::member_or;
using sz::plugin::parse_json;
using sz::plugin::read_text;
using sz::plugin::Result;
using sz::plugin::str;
using sz::plugin::testing::FieldTypeSet;
using sz::plugin::testing::FindingList;
using sz::plugin::testing::LoadedPlugin;

namespace {

// Values that people and hostile packs write. Each must be taken or refused; neither may crash.
std::vector<Json> values() {
    Json deep = 1;
    for (int i = 0; i < 20; ++i) deep = Json::array({deep});
    return {nullptr,
            true,
            false,
            0,
            1,
            -1,
            2.5,
            1e300,
            "",
            "text",
            "a\nb",
            "ä…",
            "-",
            std::string(5000, 'x'),
            Json::array(),
            Json::object(),
            {{"a", 1}},
            {1, "b", nullptr},
            deep,
            Json(9007199254740993),
            "2026-02-30"};
}

// One field type of the loaded plugin, with its neighbours as nested types.
struct Type {
    const sz_field_type& type;
    const FieldTypeSet& set;
    std::string definition;

    [[nodiscard]] Result<Json> describe() const {
        return json(read_text([&](sz_sink out) { return type.describe(type.self, out); }));
    }
    [[nodiscard]] Result<std::string> normalize(const Json& value, FindingList& findings) const {
        const std::string text = json_text(value);
        return read_text([&](sz_sink out) {
            return type.normalize(type.self, set.host(), str(definition), str(text), out,
                                  findings.table());
        });
    }
    [[nodiscard]] Result<std::string> apply(const std::string& value, const Json& operation,
                                            FindingList& findings) const {
        const std::string text = json_text(operation);
        return read_text([&](sz_sink out) {
            return type.apply(type.self, set.host(), str(definition), str(value), str(text), out,
                              findings.table());
        });
    }
    [[nodiscard]] bool computes() const {
        return SZ_HAS(&type, evaluate) && type.evaluate != nullptr;
    }
    // Of a sheet that has nothing.
    [[nodiscard]] Result<Json> evaluate(const std::string& value, const Json& effects,
                                        FindingList& findings) const {
        const sz_field_resolver knows_nothing{
            sizeof(sz_field_resolver), 0, nullptr,
            [](void*, sz_str, sz_sink, const sz_findings* about) -> sz_status {
                const sz_finding finding{sizeof(sz_finding),
                                         SZ_SEVERITY_ERROR,
                                         str("NOTHING"),
                                         str({}),
                                         str({}),
                                         0,
                                         0,
                                         str("There is nothing."),
                                         str({})};
                if (about != nullptr) about->report(about->self, &finding);
                return SZ_ERR_NOT_FOUND;
            }};
        const std::string text = json_text(effects);
        return json(read_text([&](sz_sink out) {
            return type.evaluate(type.self, set.host(), &knows_nothing, str(definition), str(value),
                                 str(text), out, findings.table());
        }));
    }
    static Result<Json> json(const Result<std::string>& text) {
        return text ? parse_json(*text) : Result<Json>(text.error());
    }
};

// Loads the plugin and tries `law(type)` on each of its types.
template <class Law>
Complaint for_each_type(const Subject& subject, Law law) {
    const LoadedPlugin plugin(subject.library(), subject.data_dir);
    const auto& types = plugin.extension<sz_field_types>(SZ_FIELD_TYPES_ID);
    FieldTypeSet set([](std::string_view definition) {
        const auto parsed = parse_json(definition);
        return parsed ? member_or(*parsed, "type", std::string{}) : std::string{};
    });
    set.add(types);
    for (std::uint32_t i = 0; i < types.count; ++i) {
        const std::string name = types.items[i]->name;
        if (auto complaint = law(Type{*types.items[i], set, json_text(Json{{"type", name}})}))
            return name + ": " + *complaint;
    }
    return {};
}

Complaint describes_itself(const Type& type) {
    const auto description = type.describe();
    if (!description || !description->is_object())
        return std::string("describe gives no JSON object.");
    for (const char* key : {"title", "default", "editor", "operations"})
        if (!description->contains(key))
            return std::string("describe says nothing about \"") + key + "\".";
    for (const Json& operation : description->at("operations"))
        if (member_or(operation, "name", std::string{}).empty())
            return std::string("An operation has no name.");
    return {};
}

Complaint has_a_default(const Type& type) {
    FindingList findings;
    if (type.normalize(nullptr, findings)) return {};
    return std::string("normalize(null) gives no default.");
}

Complaint keeps_canonical_values(const Type& type) {
    for (const Json& value : values()) {
        FindingList findings;
        const auto once = type.normalize(value, findings);
        const std::string shown = json_text(value).substr(0, 60);
        if (!once) {
            if (findings.items.empty()) return "It refuses " + shown + " without a finding.";
            if (findings.items.front().code.empty() || findings.items.front().message.empty())
                return "Its finding about " + shown + " has no code or no message.";
            continue;
        }
        const auto parsed = parse_json(*once);
        if (!parsed) return "normalize(" + shown + ") gives text that is not JSON.";
        const auto twice = type.normalize(*parsed, findings);
        if (!twice || *twice != *once)
            return "normalize(normalize(" + shown + ")) is not normalize(" + shown + ").";
    }
    return {};
}

Complaint is_pure(const Type& type) {
    for (const Json& value : values()) {
        FindingList first, second;
        const auto once = type.normalize(value, first);
        const auto again = type.normalize(value, second);
        if (static_cast<bool>(once) != static_cast<bool>(again) || (once && *once != *again))
            return "normalize(" + json_text(value).substr(0, 60) +
                   ") answers differently the second time.";
    }
    return {};
}

Complaint shows_every_value(const Type& type) {
    for (const Json& value : values()) {
        FindingList findings;
        const auto text = type.normalize(value, findings);
        if (!text) continue;
        const auto& t = type.type;
        const auto ask = [&](auto fn) {
            return read_text([&](sz_sink out) {
                return fn(t.self, type.set.host(), str(type.definition), str(*text), out);
            });
        };
        if (!read_text([&](sz_sink out) {
                return t.format(t.self, type.set.host(), str(type.definition), str(*text),
                                str("de"), out);
            }))
            return "format fails for " + text->substr(0, 60) + ".";
        if (!ask(t.search_text)) return "search_text fails for " + text->substr(0, 60) + ".";
        const auto references = Type::json(ask(t.references));
        if (!references || !references->is_array())
            return "references gives no list for " + text->substr(0, 60) + ".";
    }
    return {};
}

// What a type shows in a language it reads there, if its description promises so.
Complaint reads_what_it_shows(const Type& type) {
    const auto description = type.describe();
    if (!description || !member_or(*description, "typed", false)) return {};
    const auto& t = type.type;
    if (!SZ_HAS(&t, parse) || t.parse == nullptr)
        return std::string("It says \"typed\" and has no parse.");
    for (const Json& value : values()) {
        FindingList findings;
        const auto text = type.normalize(value, findings);
        if (!text || text->find("\\n") != std::string::npos) continue;
        for (const char* locale : {"", "en", "de", "fr", "hi"}) {
            const auto shown = read_text([&](sz_sink out) {
                return t.format(t.self, type.set.host(), str(type.definition), str(*text),
                                str(locale), out);
            });
            if (!shown) continue;  // told by another rule
            const auto typed = Type::json(read_text([&](sz_sink out) {
                return t.parse(t.self, type.set.host(), str(type.definition), str(*shown),
                               str(locale), out, findings.table());
            }));
            const auto read = !typed             ? Result<std::string>(typed.error())
                              : typed->is_null() ? Result<std::string>(std::string("null"))
                                                 : type.normalize(*typed, findings);
            if (!read || *read != *text)
                return text->substr(0, 60) + " is shown as \"" + shown->substr(0, 60) +
                       "\" and typed so " + (read ? "becomes " + read->substr(0, 60) : "refused") +
                       ", in the language \"" + locale + "\".";
        }
    }
    return {};
}

Complaint returns_the_status_of_the_sink(const Type& type) {
    const sz_sink full{nullptr,
                       [](void*, const void*, std::uint64_t) -> sz_status { return SZ_ERR_LIMIT; }};
    if (type.type.describe(type.type.self, full) == SZ_ERR_LIMIT) return {};
    return std::string("describe goes on although the sink refused.");
}

// What `set` does is taken back by the inverse that it names.
Complaint takes_back(const Type& type) {
    FindingList findings;
    const auto before = type.normalize(nullptr, findings);
    if (!before) return {};
    for (const Json& value : values()) {
        const auto change = Type::json(
            type.apply(*before, {{"op", "set"}, {"args", {value}}, {"key", "k"}}, findings));
        if (!change || !change->contains("effect") || !change->at("effect").contains("set"))
            continue;
        const std::string after = json_text(change->at("effect").at("set"));
        Json inverse =
            member_or(change->value("inverse", Json::object()), "op", std::string{}).empty()
                ? Json()
                : change->at("inverse");
        if (inverse.is_null()) return "set " + json_text(value).substr(0, 60) + " has no inverse.";
        inverse["key"] = "l";
        const auto back = Type::json(type.apply(after, inverse, findings));
        if (!back || !back->contains("effect") || !back->at("effect").contains("set") ||
            json_text(back->at("effect").at("set")) != *before)
            return "The inverse of set " + json_text(value).substr(0, 60) + " does not lead back.";
    }
    return {};
}

Complaint says_that_it_computes(const Type& type) {
    const auto description = type.describe();
    if (!description) return {};  // another rule
    const std::string computed = member_or(*description, "computed", std::string{});
    const bool is_promised = computed == "always" || computed == "modified";
    if (!computed.empty() && !is_promised)
        return "describe says computed: \"" + computed +
               "\", which is neither always nor modified.";
    if (is_promised && !type.computes())
        return "describe says computed: \"" + computed + "\", and there is no evaluate.";
    if (!is_promised && type.computes())
        return std::string("It has evaluate, and describe says nothing about \"computed\".");
    return {};
}

// What the terms come to, one after the other from 0; nothing where they are not numbers.
std::optional<Decimal> total_of(const Json& terms) {
    std::optional<Decimal> total = Decimal();
    for (const Json& term : terms) {
        const std::string op = member_or(term, "op", std::string{});
        const auto by = decimal_of(term.value("value", Json()));
        if (!by || !total) return std::nullopt;
        if (op == "add") total = total->plus_rounded(*by);
        if (op == "subtract") total = total->plus_rounded(by->negated());
        if (op == "multiply") total = total->times(*by);
        if (op == "round") total = total->round_to(static_cast<int>(by->whole()));
        const bool is_bound = (op == "atMost" && total->compare(*by) > 0) ||
                              (op == "atLeast" && total->compare(*by) < 0);
        if (op == "set" || is_bound) total = by;
    }
    return total;
}

Complaint explains_what_it_computes(const Type& type) {
    if (!type.computes()) return {};
    const Json ring{{"op", "add"}, {"value", 2}, {"name", "Ring"}, {"path", "ring"}};
    const Json curse{{"op", "multiply"}, {"value", 0.5}, {"name", "Curse"}, {"path", "curse"}};
    for (const Json& value : values()) {
        FindingList ignored;
        const auto canonical = type.normalize(value, ignored);
        if (!canonical) continue;
        for (const Json& effects :
             {Json::array(), Json::array({ring}), Json::array({ring, curse})}) {
            FindingList findings;
            const auto answer = type.evaluate(*canonical, effects, findings);
            const std::string shown =
                canonical->substr(0, 60) + " with " + std::to_string(effects.size()) + " effects";
            if (!answer && findings.items.empty())
                return "evaluate refuses " + shown + " without a finding.";
            if (!answer) continue;
            if (!answer->is_object() || !answer->contains("value") || !answer->contains("terms") ||
                !answer->at("terms").is_array())
                return "evaluate of " + shown + " gives no value with its terms.";
            const Json& computed = answer->at("value");
            if (computed.is_number() && decimal_of(computed) != total_of(answer->at("terms")))
                return "The terms of " + shown + " do not lead to " + json_text(computed) + ".";
        }
    }
    return {};
}

}  // namespace

std::vector<Check> field_checks(const Subject& subject) {
    if (!subject.offers(SZ_FIELD_TYPES_ID)) return {};
    const auto law = [](Complaint (*fn)(const Type&)) {
        return [fn](const Subject& s) { return for_each_type(s, fn); };
    };
    return {{"field.describes", "Each type describes itself.", law(describes_itself)},
            {"field.default", "Each type has a default.", law(has_a_default)},
            {"field.canonical", "Values are refused with a finding, or canonical after one pass.",
             law(keeps_canonical_values)},
            {"field.pure", "The same arguments give the same answer.", law(is_pure)},
            {"field.shown", "Every canonical value is shown, searched and asked for its links.",
             law(shows_every_value)},
            {"field.typed", "What is shown can be typed, where the description says so.",
             law(reads_what_it_shows)},
            {"field.sink", "A sink that refuses is obeyed.", law(returns_the_status_of_the_sink)},
            {"field.inverse", "Setting a value can be taken back.", law(takes_back)},
            {"field.computed", "A type that computes says so, and no other does.",
             law(says_that_it_computes)},
            {"field.explained", "A computed value is what its terms come to.",
             law(explains_what_it_computes)}};
}

}  // namespace check
