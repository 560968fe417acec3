// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/ids.hpp"

#include <Poco/DateTimeFormatter.h>
#include <Poco/Timestamp.h>
#include <Poco/UUID.h>
#include <Poco/UUIDGenerator.h>

#include <algorithm>
#include <chrono>

#include "kernel/base/limits.hpp"

namespace sz {

Sources Sources::real() {
    return {[] {
                const auto now = std::chrono::system_clock::now().time_since_epoch();
                return UnixMs{std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
            },
            [] { return Poco::UUIDGenerator::defaultGenerator().createRandom().toString(); }};
}

bool is_uuid(std::string_view text) noexcept {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_dash_place = i == 8 || i == 13 || i == 18 || i == 23;
        const bool is_hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        if (is_dash_place ? c != '-' : !is_hex) return false;
    }
    return true;
}

std::string format_time(UnixMs time) {
    return Poco::DateTimeFormatter::format(Poco::Timestamp(time * 1000), "%Y-%m-%dT%H:%M:%S.%iZ");
}

bool is_object_id(std::string_view text) noexcept {
    if (text.empty() || text.size() > limits::id_bytes_max || text == "." || text == "..")
        return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

}  // namespace sz
