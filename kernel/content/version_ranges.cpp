// SPDX-License-Identifier: AGPL-3.0-or-later
// The ranges that dependencies and links may ask for: the part of npm's grammar in which npm and
// Cargo mean the same. "1.2" alone is refused, because there they do not.
#include <algorithm>
#include <limits>
#include <vector>

#include "kernel/base/limits.hpp"
#include "kernel/content/pack_check.hpp"
#include "kernel/content/versions.hpp"

namespace sz {

namespace {

// One comparison of a range, such as ">=1.0.0". Lives no longer than the range's text.
struct Comparator {
    enum class Sign : std::uint8_t { equal, less, less_equal, greater, greater_equal } sign;
    Version bound;

    [[nodiscard]] bool admits(const Version& version) const {
        const auto order = compare_versions(version, bound);
        switch (sign) {
            case Sign::equal: return order == 0;
            case Sign::less: return order < 0;
            case Sign::less_equal: return order <= 0;
            case Sign::greater: return order > 0;
            case Sign::greater_equal: return order >= 0;
        }
        return false;
    }
};

using Sign = Comparator::Sign;
using Comparators = std::vector<Comparator>;  // all of them must hold; none: any release
using Range = std::vector<Comparators>;       // one of them must hold

// Before every prerelease of the version that it is given to.
constexpr std::string_view before_all = "0";

// "1.2.3", or with parts left open: "1", "1.2", "1.2.x", "*".
struct Partial {
    Version lowest;             // what is open is 0
    std::size_t given = 0;      // how many numbers are
    bool is_open_said = false;  // by an 'x' or '*', not by leaving it out
};

bool is_wildcard(std::string_view part) { return part == "x" || part == "X" || part == "*"; }

std::optional<Partial> parse_partial(std::string_view text) {
    if (const auto whole = parse_version(text)) return Partial{*whole, 3, false};
    Partial partial;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto dot = text.find('.');
        auto part = text.substr(0, dot);
        if (is_wildcard(part)) {
            partial.is_open_said = true;
        } else {
            const auto number = part.empty() ? std::nullopt : take_number(part);
            if (!number || !part.empty() || partial.is_open_said) return std::nullopt;
            partial.lowest.numbers[partial.given++] = *number;
        }
        if (dot == std::string_view::npos) return partial;
        text.remove_prefix(dot + 1);
    }
    return std::nullopt;
}

// The first version after all that have the first `step + 1` numbers of `version`; nothing when no
// number is greater.
std::optional<Version> after(const Version& version, std::size_t step) {
    Version next;
    next.numbers = version.numbers;
    while (next.numbers[step] == std::numeric_limits<std::uint64_t>::max()) {
        if (step == 0) return std::nullopt;
        --step;
    }
    ++next.numbers[step];
    for (std::size_t i = step + 1; i < 3; ++i) next.numbers[i] = 0;
    return next;
}

// From the lowest on, and before the first with another number at `step`.
void add_series(Comparators& all, const Version& lowest, std::size_t step) {
    all.push_back({Sign::greater_equal, lowest});
    auto end = after(lowest, step);
    if (!end) return;
    end->prerelease = before_all;
    all.push_back({Sign::less, *end});
}

// "^": what stands before the first number that is not 0 must not change, nor that number.
std::size_t caret_step(const Partial& partial) {
    const auto& numbers = partial.lowest.numbers;
    for (std::size_t i = 0; i < partial.given; ++i) {
        if (numbers[i] > 0) return i;
    }
    return partial.given - 1;
}

bool add_comparison(Comparators& all, const Partial& partial, Sign sign) {
    if (partial.given == 3) {
        all.push_back({sign, partial.lowest});
        return true;
    }
    // ">1.2" means after every 1.2.x, "<=1.2" up to the last of them.
    auto bound = partial.lowest;
    const bool is_after = sign == Sign::greater || sign == Sign::less_equal;
    if (is_after) {
        const auto next = after(bound, partial.given - 1);
        if (!next) return false;
        bound = *next;
    }
    const bool is_less = sign == Sign::less || sign == Sign::less_equal;
    if (is_less) bound.prerelease = before_all;
    all.push_back({is_less ? Sign::less : Sign::greater_equal, bound});
    return true;
}

bool add_comparator(Comparators& all, std::string_view part) {
    const char first = part.front();
    const bool has_equal = part.size() > 1 && part[1] == '=';
    const bool is_order = first == '<' || first == '>';
    const bool has_sign = is_order || first == '=' || first == '^' || first == '~';
    const auto partial = parse_partial(part.substr(!has_sign ? 0 : is_order && has_equal ? 2 : 1));
    if (!partial || (has_sign && partial->given == 0)) return false;
    if (is_order) {
        const Sign less = has_equal ? Sign::less_equal : Sign::less;
        const Sign greater = has_equal ? Sign::greater_equal : Sign::greater;
        return add_comparison(all, *partial, first == '<' ? less : greater);
    }
    if (first == '^') {
        add_series(all, partial->lowest, caret_step(*partial));
    } else if (first == '~') {
        add_series(all, partial->lowest, partial->given == 1 ? 0 : 1);
    } else if (partial->given == 3) {
        all.push_back({Sign::equal, partial->lowest});
    } else if (!partial->is_open_said) {
        return false;
    } else if (partial->given > 0) {
        add_series(all, partial->lowest, partial->given - 1);
    }
    return true;
}

std::optional<Comparators> parse_comparators(std::string_view text) {
    Comparators all;
    bool has_any = false;
    while (!text.empty()) {
        const auto space = text.find(' ');
        const auto part = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        if (part.empty()) continue;
        if (!add_comparator(all, part)) return std::nullopt;
        has_any = true;
    }
    if (!has_any) return std::nullopt;
    return all;
}

std::optional<Range> parse_range(std::string_view text) {
    if (text.size() > limits::version_range_bytes_max) return std::nullopt;
    Range range;
    for (bool is_last = false; !is_last;) {
        const auto bars = text.find("||");
        is_last = bars == std::string_view::npos;
        auto all = parse_comparators(text.substr(0, bars));
        if (!all) return std::nullopt;
        range.push_back(std::move(*all));
        if (!is_last) text.remove_prefix(bars + 2);
    }
    return range;
}

bool admits(const Comparators& all, const Version& version) {
    for (const auto& comparator : all) {
        if (!comparator.admits(version)) return false;
    }
    if (version.prerelease.empty()) return true;
    // A range means releases: it admits a prerelease only of a version that it names together with
    // a prerelease.
    return std::any_of(all.begin(), all.end(), [&](const Comparator& comparator) {
        return !comparator.bound.prerelease.empty() && comparator.bound.same_numbers(version) &&
               comparator.sign != Sign::less;
    });
}

bool admits(const Range& range, const Version& version) {
    return std::any_of(range.begin(), range.end(),
                       [&](const Comparators& all) { return admits(all, version); });
}

std::string version_text(const Version& version) {
    std::string text;
    for (const auto number : version.numbers)
        text += (text.empty() ? "" : ".") + std::to_string(number);
    if (!version.prerelease.empty()) text += "-" + std::string(version.prerelease);
    return text;
}

}  // namespace

bool is_version_range(std::string_view text) { return parse_range(text).has_value(); }

bool version_satisfies(std::string_view version, std::string_view range) {
    const auto parsed = parse_version(version);
    const auto alternatives = parse_range(range);
    return parsed && alternatives && admits(*alternatives, *parsed);
}

std::optional<std::string> version_in_all(const std::vector<std::string>& ranges) {
    std::vector<Range> all;
    // The lowest version that is in all of them is a bound of one, or the first after a bound.
    std::vector<Version> candidates{Version{}};
    for (const auto& text : ranges) {
        auto range = parse_range(text);
        if (!range) return std::nullopt;
        for (const auto& comparators : *range) {
            for (const auto& one : comparators) {
                candidates.push_back(one.bound);
                candidates.push_back({one.bound.numbers, {}});
                if (const auto next = after(one.bound, 2)) candidates.push_back(*next);
            }
        }
        all.push_back(std::move(*range));
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Version& a, const Version& b) { return compare_versions(a, b) < 0; });
    for (const auto& candidate : candidates) {
        const auto takes = [&](const Range& range) { return admits(range, candidate); };
        if (std::all_of(all.begin(), all.end(), takes)) return version_text(candidate);
    }
    return std::nullopt;
}

}  // namespace sz
