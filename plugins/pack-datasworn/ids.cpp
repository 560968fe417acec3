// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ids.hpp"

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "words.hpp"

namespace datasworn {
namespace {

// The format allows 128: room for a number that makes it unique.
constexpr std::size_t id_bytes_max = 120;
constexpr std::size_t steps_max = 16;

std::string uuid_of(const std::string& name) {
    const boost::uuids::name_generator_sha1 generator(boost::uuids::ns::url());
    return boost::uuids::to_string(generator(name));
}

std::string entry_of(const std::vector<std::string_view>& steps, std::size_t from, std::size_t to) {
    std::string out;
    std::string whole;
    for (std::size_t i = from; i < to; ++i) {
        if (i > from) out += '-';
        out += slug(steps[i]);
        whole += '/';
        whole += steps[i];
    }
    if (out.size() <= id_bytes_max) return out;
    constexpr std::size_t digits = 8;
    return out.substr(0, id_bytes_max - digits - 1) + '-' + uuid_of(whole).substr(0, digits);
}

std::string dataset_of(std::string_view kind) {
    constexpr std::size_t bytes_max = 100;
    std::string out = slug(kind).substr(0, bytes_max);
    std::replace(out.begin(), out.end(), '_', '-');
    return out;
}

}  // namespace

std::vector<std::string_view> steps_of(std::string_view id) {
    std::vector<std::string_view> steps;
    while (steps.size() <= steps_max) {
        const std::size_t end = id.find('/');
        steps.push_back(id.substr(0, end));
        if (end == std::string_view::npos) break;
        id.remove_prefix(end + 1);
    }
    return steps;
}

std::string_view package_of(std::string_view id) { return id.substr(0, id.find('/')); }

std::optional<Address> address_of(std::string_view id) {
    const auto steps = steps_of(id);
    const std::size_t count = steps.size();
    if (count < 3 || count > steps_max) return std::nullopt;
    if (std::any_of(steps.begin(), steps.end(), [](auto one) { return one.empty(); }))
        return std::nullopt;
    const std::string package(steps[0]);
    if (steps[1] == "truths") return Address{package, "truths", entry_of(steps, 2, 3)};
    if (steps[1] == "assets" && count > 5 && steps[4] == "abilities") {
        if (count > 7 && steps[6] == "moves")
            return Address{package, "moves", entry_of(steps, 1, count)};
        return Address{package, "assets", entry_of(steps, 2, 4)};
    }
    return Address{package, dataset_of(steps[1]), entry_of(steps, 2, count)};
}

bool fits(const std::vector<std::string_view>& id, const std::vector<std::string_view>& pattern) {
    const auto is_one = [](std::string_view step, std::string_view wanted) {
        return wanted == "*" || wanted == step;
    };
    const auto any = std::find(pattern.begin(), pattern.end(), "**");
    if (any == pattern.end())
        return id.size() == pattern.size() &&
               std::equal(id.begin(), id.end(), pattern.begin(), is_one);
    const auto before = any - pattern.begin();
    const auto after = pattern.end() - any - 1;
    return static_cast<std::ptrdiff_t>(id.size()) >= before + after &&
           std::equal(pattern.begin(), any, id.begin(),
                      [&](auto wanted, auto step) { return is_one(step, wanted); }) &&
           std::equal(any + 1, pattern.end(), id.end() - after,
                      [&](auto wanted, auto step) { return is_one(step, wanted); });
}

std::string pack_id_of(std::string_view package) {
    return uuid_of("https://ironswornrpg.com/datasworn/" + std::string(package));
}

}  // namespace datasworn
