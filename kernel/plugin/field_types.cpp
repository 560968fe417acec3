// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/field_types.hpp"

#include <algorithm>
#include <array>

#include "kernel/base/ids.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"
#include "kernel/plugin/field_change.hpp"
#include "kernel/plugin/field_host.hpp"
#include "kernel/plugin/field_resolver.hpp"

namespace sz {

namespace {

// The answer of apply holds the value before and after.
constexpr std::size_t answer_bytes_max = 2 * limits::field_value_bytes_max + 64 * limits::kib;
constexpr JsonLimits answer_limits{answer_bytes_max, limits::json_depth_max,
                                   limits::field_value_bytes_max};

Error broken_table(const std::string& plugin, const std::string& what) {
    return {ErrorKind::input, "SZ-PLUGIN-036", "Its field types are broken: " + what,
            "Ask its author for a newer version.", plugin};
}

Error unknown_type(std::string_view name) {
    return {ErrorKind::not_found, "SZ-FIELD-001",
            "No plugin offers the field type “" + std::string(name) + "”.",
            "“szctl plugin list” shows what is installed and why something is not running.",
            std::string(name)};
}

Error computes_nothing(const std::string& type) {
    return {ErrorKind::unsupported,
            "SZ-FIELD-005",
            "The field type “" + type + "” computes nothing.",
            {},
            type};
}

bool is_text(const Json& object, const char* key) {
    return object.contains(key) && object.at(key).is_string();
}
bool is_count(const Json& object, const char* key) {
    return object.contains(key) && object.at(key).is_number_unsigned();
}
bool is_item(const Json& object) {
    return object.contains("item") && object.at("item").is_object() &&
           is_text(object.at("item"), "id");
}

// One of the five shapes of ext/field_type.h, and nothing beside it.
bool is_effect(const Json& effect) {
    if (!effect.is_object() || effect.size() != 1) return false;
    const std::string& kind = effect.begin().key();
    const Json& body = effect.begin().value();
    if (kind == "set") return true;
    if (!body.is_object()) return false;
    if (kind == "insert") return is_count(body, "at") && is_item(body);
    if (kind == "remove") return is_text(body, "id");
    if (kind == "move") return is_text(body, "id") && is_count(body, "to");
    if (kind == "replace") return is_text(body, "id") && is_item(body);
    return false;
}

bool is_inverse(const Json& inverse) {
    return inverse.is_object() && is_text(inverse, "op") && inverse.contains("args") &&
           inverse.at("args").is_array();
}

Result<FieldChange> change_of(const Json& answer, const std::string& plugin) {
    if (!answer.is_object() || !answer.contains("effect") || !is_effect(answer.at("effect")))
        return fail(misbehaved(plugin, "apply gave no effect that the kernel knows."));
    if (!answer.contains("inverse") || !is_inverse(answer.at("inverse")))
        return fail(misbehaved(plugin, "apply gave no operation that takes it back."));
    FieldChange change;
    change.effect = answer.at("effect");
    change.inverse = answer.at("inverse");
    change.relative = answer.contains("relative") && answer.at("relative") == true;
    if (const auto touches = answer.find("touches"); touches != answer.end() && touches->is_array())
        for (const Json& item : *touches)
            if (item.is_string()) change.touches.push_back(item.get<std::string>());
    return change;
}

bool is_term(const Json& term) {
    return term.is_object() && is_text(term, "op") && is_text(term, "text") &&
           term.contains("value") && term.contains("inputs") && term.at("inputs").is_array();
}

Result<FieldEvaluation> evaluation_of(Json answer, const std::string& plugin) {
    if (!answer.is_object() || !answer.contains("value") || !answer.contains("terms") ||
        !answer.at("terms").is_array() ||
        !std::all_of(answer.at("terms").begin(), answer.at("terms").end(), is_term))
        return fail(misbehaved(plugin, "evaluate gave no value with its terms."));
    return FieldEvaluation{std::move(answer.at("value")), std::move(answer.at("terms"))};
}

// Definition and value as text for one call, the host of its nested fields, and where the answer
// goes.
class FieldCall {
  public:
    static Result<FieldCall> create(const PluginFieldTypes& types, const Json& definition,
                                    const Json& value) {
        const std::string name = string_or(definition, "type");
        const auto* type = types.find(name);
        if (type == nullptr) return fail(unknown_type(name));
        FieldCall call(*type, definition.dump(), value.dump());
        if (call.value.size() > limits::field_value_bytes_max ||
            call.definition.size() > limits::field_value_bytes_max) {
            return fail(ErrorKind::limit, "SZ-FIELD-002", "The value of this field is too long.",
                        "A field holds at most one mebibyte.", name);
        }
        return call;
    }

    // Calls `fn(type, out)` and gives what it wrote, or why it did not.
    template <class Fn>
    Result<std::string> run(const char* what, Findings& findings, Fn&& fn) const {
        TextSink out(answer_bytes_max);
        FindingSink sink(findings);
        const sz_status status = call_plugin(
            type.plugin, what, [&] { return fn(*type.table, out.table(), sink.table()); });
        if (status == SZ_OK && sink.error() == nullptr) return std::move(out.text);
        Error otherwise{
            ErrorKind::internal,
            "SZ-FIELD-100",
            "The field type “" + std::string(type.table->name) + "” does not take this.",
            "“field.types” describes what it takes.",
            {}};
        if (status == SZ_ERR_INTERNAL)
            otherwise = misbehaved(type.plugin, std::string(what) + " failed inside.");
        return fail(
            error_of(status == SZ_OK ? SZ_ERR_INVALID : status, sink, std::move(otherwise)));
    }
    template <class Fn>
    Result<Json> run_json(const char* what, Findings& findings, Fn&& fn) const {
        SZ_ASSIGN(const std::string text, run(what, findings, std::forward<Fn>(fn)));
        return json_of(what, text);
    }
    [[nodiscard]] Result<Json> json_of(const char* what, const std::string& text) const {
        auto json = parse_json(text, answer_limits);
        if (!json)
            return fail(
                misbehaved(type.plugin, std::string(what) + " gave text that is not JSON."));
        return json;
    }
    template <class Fn>
    Result<std::string> run_text(const char* what, Fn&& fn) const {
        Findings ignored;
        SZ_ASSIGN(std::string text, run(what, ignored, std::forward<Fn>(fn)));
        if (!is_utf8(text))
            return fail(
                misbehaved(type.plugin, std::string(what) + " gave text that is not UTF-8."));
        return text;
    }

    PluginFieldTypes::Type type;
    std::string definition, value;

  private:
    FieldCall(PluginFieldTypes::Type the_type, std::string the_definition, std::string the_value)
        : type(std::move(the_type)),
          definition(std::move(the_definition)),
          value(std::move(the_value)) {}
};

}  // namespace

Status PluginFieldTypes::add(const std::string& plugin, const sz_field_types* table) {
    if (table->size < SZ_FIELD_TYPES_SIZE_1 || (table->count > 0 && table->items == nullptr) ||
        table->count > 1000)
        return fail(broken_table(plugin, "the list."));
    std::map<std::string, Type, std::less<>> added;
    for (std::uint32_t i = 0; i < table->count; ++i) {
        const sz_field_type* type = table->items[i];
        if (type == nullptr || type->size < SZ_FIELD_TYPE_SIZE_1 || type->name == nullptr)
            return fail(broken_table(plugin, "item " + std::to_string(i) + "."));
        const std::string name = type->name;
        if (!is_object_id(name))
            return fail(broken_table(
                plugin, "“" + clean_text(name, limits::id_bytes_max) + "” is no name for one."));
        if (type->describe == nullptr || type->normalize == nullptr || type->apply == nullptr ||
            type->format == nullptr || type->search_text == nullptr || type->references == nullptr)
            return fail(broken_table(plugin, "a function of “" + name + "” is missing."));
        if (const Type* other = find(name); other != nullptr || added.contains(name))
            return fail(broken_table(plugin, "“" + name + "” is offered by " +
                                                 (other ? other->plugin : plugin) + " already."));
        added.emplace(name, Type{type, plugin});
    }
    types_.merge(added);
    return {};
}

void PluginFieldTypes::remove(const std::string& plugin) {
    std::erase_if(types_, [&](const auto& item) { return item.second.plugin == plugin; });
    const std::scoped_lock lock(describing_);
    std::erase_if(descriptions_, [&](const auto& item) { return !types_.contains(item.first); });
}

const PluginFieldTypes::Type* PluginFieldTypes::find(std::string_view name) const {
    const auto found = types_.find(name);
    return found == types_.end() ? nullptr : &found->second;
}

bool PluginFieldTypes::has(std::string_view type) const { return find(type) != nullptr; }

std::vector<std::string> PluginFieldTypes::names() const {
    std::vector<std::string> all;
    for (const auto& [name, type] : types_) all.push_back(name);
    return all;
}

std::string PluginFieldTypes::plugin_of(std::string_view type) const {
    const Type* found = find(type);
    return found == nullptr ? std::string{} : found->plugin;
}

Result<Json> PluginFieldTypes::describe(std::string_view type) const {
    {
        const std::scoped_lock lock(describing_);
        if (const auto known = descriptions_.find(type); known != descriptions_.end())
            return known->second;
    }
    auto description = ask_for_description(type);
    if (description) {
        const std::scoped_lock lock(describing_);
        descriptions_.emplace(type, *description);
    }
    return description;
}

Result<Json> PluginFieldTypes::ask_for_description(std::string_view type) const {
    SZ_ASSIGN(const FieldCall call,
              FieldCall::create(*this, Json{{"type", std::string(type)}}, Json()));
    Findings ignored;
    auto description = call.run_json("field.describe", ignored,
                                     [](const sz_field_type& t, sz_sink out, const sz_findings*) {
                                         return t.describe(t.self, out);
                                     });
    if (description && !description->is_object())
        return fail(misbehaved(call.type.plugin, "describe gave no object."));
    return description;
}

Result<Json> PluginFieldTypes::normalize(const Json& definition, const Json& value,
                                         Findings& findings) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    const std::size_t before = findings.size();
    const auto text = call.run("field.normalize", findings,
                               [&](const sz_field_type& t, sz_sink out, const sz_findings* sink) {
                                   return t.normalize(t.self, host.table(), str(call.definition),
                                                      str(call.value), out, sink);
                               });
    Result<Json> result = !text                 ? Result<Json>(fail(text.error()))
                          : *text == call.value ? Result<Json>(value)
                                                : call.json_of("field.normalize", *text);
    if (!result && findings.size() == before) {
        const Error& error = result.error();
        findings.push_back({error.code, Severity::error, {}, {}, 0, 0, error.message, error.hint});
    }
    return result;
}

Result<FieldChange> PluginFieldTypes::apply(const Json& definition, const Json& value,
                                            const Json& operation) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    const std::string wanted = operation.dump();
    Findings findings;
    SZ_ASSIGN(const Json answer,
              call.run_json("field.apply", findings,
                            [&](const sz_field_type& t, sz_sink out, const sz_findings* sink) {
                                return t.apply(t.self, host.table(), str(call.definition),
                                               str(call.value), str(wanted), out, sink);
                            }));
    return change_of(answer, call.type.plugin);
}

Result<std::string> PluginFieldTypes::format(const Json& definition, const Json& value,
                                             std::string_view locale) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    return call.run_text("field.format",
                         [&](const sz_field_type& t, sz_sink out, const sz_findings*) {
                             return t.format(t.self, host.table(), str(call.definition),
                                             str(call.value), str(locale), out);
                         });
}

Result<Json> PluginFieldTypes::parse(const Json& definition, std::string_view text,
                                     std::string_view locale) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, Json()));
    const sz_field_type* table = call.type.table;
    const bool reads = SZ_HAS(table, parse) && table->parse != nullptr;
    if (!reads || text.size() > limits::field_value_bytes_max)
        return FieldTypes::parse(definition, text, locale);
    FieldBudget budget;
    const FieldHost host(*this, budget);
    Findings findings;
    auto value = call.run_json("field.parse", findings,
                               [&](const sz_field_type& t, sz_sink out, const sz_findings* sink) {
                                   return t.parse(t.self, host.table(), str(call.definition),
                                                  str(text), str(locale), out, sink);
                               });
    const bool takes_json = !value && value.error().kind == ErrorKind::unsupported;
    return takes_json ? FieldTypes::parse(definition, text, locale) : value;
}

Result<std::string> PluginFieldTypes::search_text(const Json& definition, const Json& value) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    return call.run_text(
        "field.search_text", [&](const sz_field_type& t, sz_sink out, const sz_findings*) {
            return t.search_text(t.self, host.table(), str(call.definition), str(call.value), out);
        });
}

Result<Json> PluginFieldTypes::references(const Json& definition, const Json& value) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    Findings ignored;
    auto list = call.run_json(
        "field.references", ignored, [&](const sz_field_type& t, sz_sink out, const sz_findings*) {
            return t.references(t.self, host.table(), str(call.definition), str(call.value), out);
        });
    if (list && !list->is_array())
        return fail(misbehaved(call.type.plugin, "references gave no list."));
    return list;
}

Result<FieldEvaluation> PluginFieldTypes::evaluate(const Json& definition, const Json& value,
                                                   const Json& effects,
                                                   FieldResolver& resolver) const {
    SZ_ASSIGN(const FieldCall call, FieldCall::create(*this, definition, value));
    const sz_field_type* table = call.type.table;
    if (!SZ_HAS(table, evaluate) || table->evaluate == nullptr)
        return fail(computes_nothing(table->name));
    FieldBudget budget;
    const FieldHost host(*this, budget);
    const ResolverTable paths(resolver);
    const std::string things = effects.dump();
    Findings findings;
    SZ_ASSIGN(Json answer,
              call.run_json("field.evaluate", findings,
                            [&](const sz_field_type& t, sz_sink out, const sz_findings* sink) {
                                return t.evaluate(t.self, host.table(), paths.table(),
                                                  str(call.definition), str(call.value),
                                                  str(things), out, sink);
                            }));
    return evaluation_of(std::move(answer), call.type.plugin);
}

}  // namespace sz
