// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/paths.hpp"

#include <Poco/UTF8String.h>

#include <algorithm>
#include <array>

namespace sz::campaign {

namespace {

// One level of a path, as it may be typed.
struct Level {
    std::string id, name;

    [[nodiscard]] std::vector<std::string> spellings(bool by_name) const {
        if (!by_name) return {id};
        std::vector<std::string> all{Poco::UTF8::toLower(id)};
        if (!name.empty()) all.push_back(Poco::UTF8::toLower(name));
        return all;
    }
};

// Does `typed` name the field whose levels these are: all three, the last two, or the last one?
bool is_named(std::string_view typed, const std::array<Level, 3>& levels, bool by_name) {
    std::vector<std::string> tails{std::string()};
    for (std::size_t i = levels.size(); i-- > 0;) {
        std::vector<std::string> longer;
        for (const std::string& spelling : levels[i].spellings(by_name)) {
            for (const std::string& tail : tails)
                longer.push_back(tail.empty() ? spelling : spelling + "." + tail);
        }
        for (const std::string& path : longer) {
            if (path == typed) return true;
        }
        tails = std::move(longer);
    }
    return false;
}

std::array<Level, 3> levels_of(const LayoutSection& section, const LayoutGroup& group,
                               const Field& field) {
    return {Level{section.id, section.name}, Level{group.id, group.name},
            Level{string_or(field.definition, "id"), string_or(field.definition, "name")}};
}

std::string joined(const std::vector<std::string>& paths) {
    constexpr std::size_t listed_max = 8;
    std::string text;
    for (std::size_t i = 0; i < paths.size() && i < listed_max; ++i)
        text += (i == 0 ? "" : ", ") + paths[i];
    return paths.size() > listed_max ? text + ", …" : text;
}

}  // namespace

Result<std::string> resolve_path(const Instance& instance, const Viewer& viewer,
                                 std::string_view typed) {
    const auto may_see = [&](const std::string& path) {
        return instance.field_audience(path).includes(viewer);
    };
    if (const std::string path(typed); instance.fields.contains(path) && may_see(path)) return path;
    const std::string lower = Poco::UTF8::toLower(std::string(typed));
    for (const bool by_name : {false, true}) {
        std::vector<std::string> found;
        visit_fields(instance, [&](const LayoutSection& section, const LayoutGroup& group,
                                   const std::string& path, const Field& field) {
            if (is_named(by_name ? std::string_view(lower) : typed,
                         levels_of(section, group, field), by_name) &&
                may_see(path))
                found.push_back(path);
        });
        if (found.size() == 1) return found.front();
        if (found.size() > 1) {
            return fail(ErrorKind::input, "SZ-CAMPAIGN-006",
                        "“" + std::string(typed) + "” could be any of these fields of " +
                            instance.name + ": " + joined(found) + ".",
                        "Write more of the path.", std::string(typed));
        }
    }
    return fail(ErrorKind::not_found, "SZ-CAMPAIGN-005",
                "The sheet of " + instance.name + " has no field “" + std::string(typed) + "”.",
                "szctl character show lists the paths.", std::string(typed));
}

bool could_mean(std::string_view typed, const LayoutSection& section, const LayoutGroup& group,
                const Field& field) {
    return is_named(Poco::UTF8::toLower(std::string(typed)), levels_of(section, group, field),
                    true);
}

Result<std::string> resolve_place(const Instance& instance, const Viewer& viewer,
                                  std::string_view typed) {
    if (instance.has_place(typed)) return std::string(typed);
    auto field = resolve_path(instance, viewer, typed);
    if (field || field.error().code != "SZ-CAMPAIGN-005") return field;
    const std::string lower = Poco::UTF8::toLower(std::string(typed));
    std::vector<std::string> found;
    for (const LayoutSection& section : instance.layout) {
        const auto sections = Level{section.id, section.name}.spellings(true);
        for (const std::string& spelling : sections) {
            if (spelling == lower) found.push_back(section.id);
        }
        for (const LayoutGroup& group : section.groups) {
            for (const std::string& spelling : Level{group.id, group.name}.spellings(true)) {
                const bool is_named =
                    spelling == lower ||
                    std::any_of(sections.begin(), sections.end(), [&](const std::string& one) {
                        return one + "." + spelling == lower;
                    });
                if (is_named) found.push_back(section.id + "." + group.id);
            }
        }
    }
    // An id and a name that are alike name one place twice.
    found.erase(std::unique(found.begin(), found.end()), found.end());
    if (found.size() == 1) return found.front();
    if (found.empty()) return field;
    return fail(ErrorKind::input, "SZ-CAMPAIGN-006",
                "“" + std::string(typed) + "” could be any of these of " + instance.name + ": " +
                    joined(found) + ".",
                "Write the path in ids.", std::string(typed));
}

}  // namespace sz::campaign
