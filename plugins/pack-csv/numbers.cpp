// SPDX-License-Identifier: AGPL-3.0-or-later
#include "numbers.hpp"

#include <algorithm>

namespace csv {
namespace {

constexpr std::size_t digits_max = 15;  // what a Number holds exactly

bool is_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Decimal> decimal_of(std::string_view cell, char point) {
    Decimal number;
    if (!cell.empty() && (cell.front() == '-' || cell.front() == '+')) {
        number.sign = cell.substr(0, 1);
        cell.remove_prefix(1);
    }
    const std::size_t at = cell.find(point);
    number.whole = cell.substr(0, at);
    if (!is_digits(number.whole)) return std::nullopt;
    if (at == std::string_view::npos) return number;
    number.fraction = cell.substr(at + 1);
    if (!is_digits(number.fraction)) return std::nullopt;
    return number;
}

bool is_plain(const Decimal& number) {
    const bool has_zeros = number.whole.size() > 1 && number.whole.front() == '0';
    const auto text = number_text(number);
    return number.sign != "+" && !has_zeros && text && !(number.sign == "-" && *text == "0");
}

std::optional<std::string> number_text(const Decimal& number) {
    std::string_view whole = number.whole, fraction = number.fraction;
    while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
    while (!fraction.empty() && fraction.back() == '0') fraction.remove_suffix(1);
    std::string significant(whole);
    significant += fraction;
    significant.erase(0, std::min(significant.find_first_not_of('0'), significant.size()));
    if (whole.size() > digits_max || fraction.size() > digits_max ||
        significant.size() > digits_max)
        return std::nullopt;
    std::string out = number.sign == "-" && !significant.empty() ? "-" : "";
    out += whole;
    if (!fraction.empty()) out.append(1, '.').append(fraction);
    return out;
}

Numbers numbers_of(const std::vector<std::string_view>& cells, char point, bool may_group) {
    bool all_plain = true, has_fraction = false, groups = true, ends_in_zero = false;
    bool same_length = true;
    std::size_t length = 0;
    for (const std::string_view cell : cells) {
        const auto number = decimal_of(cell, point);
        if (!number) return Numbers::none;
        all_plain = all_plain && is_plain(*number);
        if (number->fraction.empty()) continue;
        same_length = same_length && (!has_fraction || length == number->fraction.size());
        has_fraction = true;
        length = number->fraction.size();
        ends_in_zero = ends_in_zero || number->fraction.back() == '0';
        groups = groups && length == 3 && number->whole.size() <= 3 && number->whole != "0";
    }
    // A price list (2.50, 3.00) is numbers; 1.1 beside 1.10 is not: they would become the same.
    if (!all_plain || (ends_in_zero && !same_length)) return Numbers::would_change;
    return may_group && has_fraction && groups ? Numbers::ambiguous : Numbers::all;
}

}  // namespace csv
