// SPDX-License-Identifier: AGPL-3.0-or-later
#include "resource_pool.hpp"

namespace play {

namespace {

Fault at(Fault fault, const std::string& pointer) {
    fault.pointer = pointer + fault.pointer;
    return fault;
}

// The number of a member, or `otherwise` where it is left out.
Result<Decimal> number_of(const Json& value, const char* name, const Decimal& otherwise) {
    const Json& written = option(value, name);
    if (written.is_null()) return otherwise;
    DecimalFault fault = DecimalFault::none;
    const auto number = decimal_of(written, &fault);
    if (!number) return at(wrong_number(written, fault), step(name));
    return *number;
}

Fault outside(const char* member, std::string_view why) {
    return invalid("SZ-FIELD-200", in_quotes(member) + " " + std::string(why) + ".",
                   "Give a number in the range, or change the other one first.", step(member));
}

// What the maximum is where the value does not say; nothing where it is never stored.
Result<std::optional<Decimal>> maximum_in(const PoolLimits& limits, const Json& value,
                                          const Pool* before) {
    if (limits.has_formula) return std::optional<Decimal>();
    Decimal known = limits.max.value_or(limits.min);
    if (before != nullptr && before->maximum)
        known = *before->maximum;
    else if (!limits.max)
        known = decimal_of(option(value, "current")).value_or(known);
    const auto maximum = number_of(value, "maximum", known);
    if (!maximum) return maximum.error();
    return std::optional(*maximum);
}

}  // namespace

Result<PoolLimits> limits_of(const Json& definition) {
    PoolLimits limits;
    if (const Json& min = option(definition, "min"); !min.is_null()) {
        const auto number = decimal_of(min);
        if (!number) return wrong_option(definition, "min", "a number");
        limits.min = *number;
    }
    if (const Json& max = option(definition, "max"); !max.is_null()) {
        limits.max = decimal_of(max);
        if (!limits.max) return wrong_option(definition, "max", "a number");
        if (limits.max->compare(limits.min) < 0)
            return wrong_option(definition, "max", "at least \"min\"");
    }
    limits.is_open = member_or(definition, "isOpen", false);
    limits.has_formula = !option(definition, "formula").is_null();
    if (limits.has_formula && limits.max)
        return wrong_option(definition, "max", "left out where a \"formula\" says the maximum");
    limits.computed = decimal_of(option(option(definition, "computed"), "maximum"));
    return limits;
}

Json json_of_pool(const Pool& pool) {
    return {{"current", json_of(pool.current)},
            {"maximum", pool.maximum ? json_of(*pool.maximum) : Json()},
            {"temporary", json_of(pool.temporary)}};
}

Pool pool_of(const PoolLimits& limits, const Json& value) {
    const auto member = [&value](const char* name) {
        return decimal_of(option(value, name)).value_or(Decimal());
    };
    Pool pool{member("current"), decimal_of(option(value, "maximum")), member("temporary")};
    const auto most = limits.maximum_of(pool);
    if (!limits.is_open && most && pool.current.compare(*most) > 0) pool.current = *most;
    return pool;
}

Result<Pool> read_pool(const PoolLimits& limits, const Json& value, const Pool* before) {
    const Json& whole = value.is_number() ? Json{{"current", value}} : value;
    const auto maximum = maximum_in(limits, whole, before);
    if (!maximum) return maximum.error();
    const auto current = number_of(
        whole, "current", before != nullptr ? before->current : maximum->value_or(limits.min));
    if (!current) return current.error();
    const auto temporary =
        number_of(whole, "temporary", before != nullptr ? before->temporary : Decimal());
    if (!temporary) return temporary.error();
    return Pool{*current, *maximum, *temporary};
}

std::optional<Fault> wrong_pool(const PoolLimits& limits, const Pool& pool) {
    if (pool.maximum && pool.maximum->compare(limits.min) < 0)
        return outside("maximum", "is less than the least value, " + limits.min.text());
    if (pool.current.compare(limits.min) < 0)
        return outside("current", "is less than the least value, " + limits.min.text());
    const auto most = limits.maximum_of(pool);
    if (!limits.is_open && most && pool.current.compare(*most) > 0)
        return outside("current", "is more than the maximum, " + most->text());
    if (pool.temporary.sign() < 0) return outside("temporary", "is less than nothing");
    return std::nullopt;
}

}  // namespace play
