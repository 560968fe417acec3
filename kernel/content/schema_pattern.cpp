// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/schema_pattern.hpp"

#include <limits>

namespace sz {

namespace {

constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

bool is_special(char c) {
    return std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos;
}

// Takes "[A-Z_]" off the front. Escapes, and bytes that are not ASCII, are left to the library.
std::optional<std::bitset<256>> take_set(std::string_view& pattern) {
    pattern.remove_prefix(1);
    const bool is_negated = !pattern.empty() && pattern.front() == '^';
    if (is_negated) pattern.remove_prefix(1);
    std::bitset<256> bytes;
    const auto close = pattern.find(']');
    if (close == std::string_view::npos || close == 0) return std::nullopt;
    const auto inside = pattern.substr(0, close);
    pattern.remove_prefix(close + 1);
    for (std::size_t i = 0; i < inside.size(); ++i) {
        const auto first = static_cast<unsigned char>(inside[i]);
        if (first >= 0x80 || inside[i] == '\\' || inside[i] == '[') return std::nullopt;
        auto last = first;
        if (i + 2 < inside.size() && inside[i + 1] == '-') {
            last = static_cast<unsigned char>(inside[i + 2]);
            if (last >= 0x80 || last < first || inside[i + 2] == '\\') return std::nullopt;
            i += 2;
        }
        for (unsigned b = first; b <= last; ++b) bytes.set(b);
    }
    return is_negated ? ~bytes : bytes;
}

}  // namespace

std::optional<std::vector<SchemaPattern::Step>> SchemaPattern::compile_simple(
    std::string_view pattern) {
    if (pattern.size() < 2 || pattern.front() != '^' || pattern.back() != '$') return std::nullopt;
    pattern = pattern.substr(1, pattern.size() - 2);
    std::vector<Step> steps;
    while (!pattern.empty()) {
        if (!steps.empty() && steps.back().max != 1) return std::nullopt;
        Step step;
        if (pattern.front() == '[') {
            const auto bytes = take_set(pattern);
            if (!bytes) return std::nullopt;
            step.bytes = *bytes;
        } else {
            if (is_special(pattern.front())) return std::nullopt;
            step.bytes.set(static_cast<unsigned char>(pattern.front()));
            pattern.remove_prefix(1);
        }
        if (!pattern.empty() && (pattern.front() == '*' || pattern.front() == '+')) {
            step.min = pattern.front() == '+' ? 1 : 0;
            step.max = unlimited;
            pattern.remove_prefix(1);
        }
        steps.push_back(step);
    }
    return steps;
}

std::optional<SchemaPattern> SchemaPattern::compile(const std::string& pattern) {
    SchemaPattern compiled;
    if (auto steps = compile_simple(pattern)) {
        compiled.steps_ = std::move(*steps);
        return compiled;
    }
    try {
        compiled.regex_ = std::make_shared<const std::regex>(
            pattern, std::regex::ECMAScript | std::regex::optimize);
    } catch (const std::regex_error&) {
        return std::nullopt;
    }
    return compiled;
}

bool SchemaPattern::matches(std::string_view text) const {
    if (regex_ != nullptr) {
        if (text.size() > regex_text_bytes_max) return false;
        try {
            return std::regex_search(text.begin(), text.end(), *regex_);
        } catch (const std::regex_error&) {  // too complex for this text
            return false;
        }
    }
    std::size_t at = 0;
    for (const auto& step : steps_) {
        std::size_t count = 0;
        while (at < text.size() && count < step.max &&
               step.bytes.test(static_cast<unsigned char>(text[at]))) {
            ++at;
            ++count;
        }
        if (count < step.min) return false;
    }
    return at == text.size();
}

}  // namespace sz
