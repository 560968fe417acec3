// SPDX-License-Identifier: AGPL-3.0-or-later
#include "options.hpp"

#include <cstdint>
#include <sz/cpp/json.hpp>

namespace direct {

using sz::plugin::Json;

namespace {

sz::plugin::Fault no_option(const std::string& name, const std::string& wanted) {
    return sz::plugin::invalid("SZ-TRANSPORT-002",
                               "The option \"" + name + "\" is no " + wanted + ".",
                               "The transport's README lists the options.", "/" + name);
}

sz::plugin::Result<std::int64_t> number(const Json& all, const char* name, std::int64_t standard,
                                        std::int64_t most) {
    const auto found = all.find(name);
    if (found == all.end()) return standard;
    if (!found->is_number_integer() || *found < 1 || *found > most)
        return no_option(name, "whole number from 1 to " + std::to_string(most));
    return found->get<std::int64_t>();
}

sz::plugin::Status text(const Json& all, const char* name, std::string& into) {
    const auto found = all.find(name);
    if (found == all.end()) return {};
    if (!found->is_string()) return no_option(name, "text");
    into = found->get<std::string>();
    return {};
}

}  // namespace

sz::plugin::Result<Options> parse_options(std::string_view json) {
    if (json.size() > options_bytes_max)
        return sz::plugin::invalid("SZ-TRANSPORT-002", "The options are too long.");
    const auto all = sz::plugin::parse_json(json.empty() ? "{}" : json);
    if (!all || !all->is_object())
        return sz::plugin::invalid("SZ-TRANSPORT-002", "The options are no JSON object.");
    Options options;
    const auto most =
        number(*all, "connections_max", static_cast<std::int64_t>(options.connections_max),
               static_cast<std::int64_t>(connections_limit));
    if (!most) return most.error();
    const auto patience =
        number(*all, "patience_ms", options.patience.count(), patience_limit.count());
    if (!patience) return patience.error();
    options.connections_max = static_cast<std::size_t>(*most);
    options.patience = std::chrono::milliseconds(*patience);
    for (auto [name, into] :
         {std::pair{"certificate", &options.certificate}, std::pair{"key", &options.key},
          std::pair{"authorities", &options.authorities}}) {
        if (auto read = text(*all, name, *into); !read) return read.error();
    }
    return options;
}

}  // namespace direct
