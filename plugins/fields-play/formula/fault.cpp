// SPDX-License-Identifier: AGPL-3.0-or-later
#include "formula/fault.hpp"

namespace play::formula {

Place place_of(std::string_view formula, std::size_t byte) {
    Place place;
    for (const char c : formula.substr(0, byte)) {
        const bool goes_on = (static_cast<unsigned char>(c) & 0xc0) == 0x80;  // inside a character
        if (c == '\n')
            place = {place.line + 1, 1};
        else if (!goes_on)
            ++place.column;
    }
    return place;
}

std::string words_of(Place place) {
    const std::string column = "column " + std::to_string(place.column);
    return place.line == 1 ? column : "line " + std::to_string(place.line) + ", " + column;
}

}  // namespace play::formula
