// SPDX-License-Identifier: AGPL-3.0-or-later
// What a person should know about this start, though it went on: for app.info and the log.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/log.hpp"

namespace sz {

inline void log_notices(const std::vector<Error>& notices) {
    for (const auto& notice : notices)
        log::warning("app", notice.code + " " + notice.message + " " + notice.hint);
}

[[nodiscard]] inline Json notices_to_json(const std::vector<Error>& notices) {
    Json list = Json::array();
    for (const auto& notice : notices)
        list.push_back({{"code", notice.code}, {"message", notice.message}, {"hint", notice.hint}});
    return list;
}

}  // namespace sz
