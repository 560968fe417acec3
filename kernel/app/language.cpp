// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/language.hpp"

#include <cstdlib>

#include "kernel/base/language_tags.hpp"

namespace sz {

std::string language_of_person(const std::string& wanted, const Settings& settings) {
    if (!wanted.empty()) return wanted;
    const Json setting = settings.get("language");
    // "" is a setting, too: no translations, whatever the environment says.
    if (setting.is_string() && (setting == "" || is_language_tag(setting.get<std::string>())))
        return setting.get<std::string>();
    return language_of_environment(
        [](const char* name) -> const char* { return std::getenv(name); });
}

}  // namespace sz
