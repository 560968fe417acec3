// SPDX-License-Identifier: AGPL-3.0-or-later
// Reading JSON that may be anything: a ledger can come from a damaged disk or from somebody else.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace sz::campaign::read {

// The member, or null when `object` is no object or has none of that name.
[[nodiscard]] inline const nlohmann::json* member(const nlohmann::json& object,
                                                  std::string_view key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

[[nodiscard]] inline const std::string* text(const nlohmann::json& object, std::string_view key) {
    const auto* value = member(object, key);
    return value == nullptr ? nullptr : value->get_ptr<const std::string*>();
}

// A whole number from 0 to 2^53, which is as far as every JSON reader agrees.
[[nodiscard]] inline std::optional<std::uint64_t> count(const nlohmann::json& value) {
    constexpr std::uint64_t exact_max = 1ULL << 53;
    if (!value.is_number_integer()) return std::nullopt;
    if (!value.is_number_unsigned() && value.get<std::int64_t>() < 0) return std::nullopt;
    const auto number = value.get<std::uint64_t>();
    return number <= exact_max ? std::optional(number) : std::nullopt;
}

[[nodiscard]] inline std::optional<std::uint64_t> count(const nlohmann::json& object,
                                                        std::string_view key) {
    const auto* value = member(object, key);
    return value == nullptr ? std::nullopt : count(*value);
}

// The array of that name, or an empty one.
[[nodiscard]] inline const nlohmann::json& list(const nlohmann::json& object,
                                                std::string_view key) {
    static const nlohmann::json none = nlohmann::json::array();
    const auto* value = member(object, key);
    return value != nullptr && value->is_array() ? *value : none;
}

}  // namespace sz::campaign::read
