// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/port_mappers.hpp"

#include <algorithm>
#include <optional>

#include "kernel/base/ids.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

constexpr std::size_t answer_bytes_max = 16 * limits::kib;
constexpr std::size_t mapping_bytes_max = 8 * limits::kib;
constexpr std::size_t router_bytes_max = 200;
constexpr std::size_t address_bytes_max = 45;  // of IPv6, with an IPv4 address in it

struct PortProgress {
    const PortMappers::GoesOn& goes_on;
    OwnThread thread{};
    sz_progress table{sizeof(sz_progress), 0, this, report};

    static sz_status report(void* self, std::uint64_t, std::uint64_t, sz_str) noexcept {
        const auto& progress = *static_cast<PortProgress*>(self);
        if (!is_allowed(progress.thread.is_current(), {}, "sz_progress.report"))
            return SZ_ERR_INTERNAL;
        try {
            return !progress.goes_on || progress.goes_on() ? SZ_OK : SZ_ERR_CANCELLED;
        } catch (...) {
            return SZ_ERR_INTERNAL;
        }
    }
};

Error broken_mapper(const std::string& plugin, const std::string& what) {
    return {ErrorKind::input, "SZ-PLUGIN-036", "Its port mapper is broken: " + what,
            "Ask its author for a newer version.", plugin};
}

std::string request_text(const PortRequest& request) {
    Json text{{"protocol", protocol_name(request.protocol)},
              {"port", request.port},
              {"lease_s", request.lease.count()},
              {"patience_ms", request.patience.count()},
              {"description", "SessionZero"}};
    if (request.previous.is_object()) text["previous"] = request.previous;
    return text.dump();
}

// What a call came to that did not end well.
Error outcome(sz_status status, const FindingSink& sink, const std::string& plugin,
              const char* call) {
    if (status == SZ_ERR_CANCELLED)
        return {ErrorKind::cancelled, "SZ-PORT-011", "Asking the router was cancelled.", {}, {}};
    if (status == SZ_ERR_INTERNAL && sink.error() == nullptr)
        return misbehaved(plugin, std::string(call) + " failed inside.");
    Error error = error_of(status == SZ_OK ? SZ_ERR_INVALID : status, sink,
                           {ErrorKind::environment,
                            "SZ-PORT-005",
                            "The router could not be asked.",
                            "The log may say more.",
                            {}});
    error.message = clean_line(error.message);
    error.hint = clean_line(error.hint);
    error.where.clear();
    return error;
}

bool is_address(const std::string& text) {
    return text.size() <= address_bytes_max &&
           text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos;
}

std::optional<std::uint64_t> whole(const Json& object, const char* key, std::uint64_t most) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_unsigned()) return std::nullopt;
    const auto value = found->get<std::uint64_t>();
    return value > most ? std::nullopt : std::optional(value);
}

// The answer's shape, or nothing.
std::optional<PortMapping> read_answer(const std::string& text) {
    constexpr std::uint64_t lease_s_max = 366ULL * 24 * 3600;
    const auto json = parse_json(text);
    if (!json || !json->is_object()) return std::nullopt;
    const auto mapping = json->find("mapping");
    const auto port = whole(*json, "outside_port", 65'535);
    const auto lease = whole(*json, "lease_s", lease_s_max);
    const std::string address = string_or(*json, "outside_address");
    if (mapping == json->end() || !mapping->is_object() ||
        mapping->dump().size() > mapping_bytes_max || !port || *port == 0 || !lease ||
        !is_address(address))
        return std::nullopt;
    return PortMapping{*mapping, address, static_cast<std::uint16_t>(*port),
                       std::chrono::seconds(*lease),
                       clean_line(string_or(*json, "router"), router_bytes_max)};
}

}  // namespace

const char* protocol_name(PortProtocol protocol) noexcept {
    return protocol == PortProtocol::udp ? "udp" : "tcp";
}

Status PluginPortMappers::add(const std::string& plugin, const sz_port_mapper* table) {
    if (table->size < SZ_PORT_MAPPER_SIZE_1)
        return fail(broken_mapper(plugin, "its table of functions is too short."));
    if (table->map == nullptr || table->unmap == nullptr)
        return fail(broken_mapper(plugin, "a function of its table is missing."));
    const std::string name = table->name == nullptr ? "" : table->name;
    if (!is_object_id(name))
        return fail(broken_mapper(
            plugin, "“" + clean_text(name, limits::id_bytes_max) + "” is no name for one."));
    const bool is_there = std::any_of(mappers_.begin(), mappers_.end(), [&](const Mapper& other) {
        return name == other.table->name;
    });
    if (is_there) return fail(broken_mapper(plugin, "“" + name + "” is offered already."));
    mappers_.push_back({table, plugin, std::make_unique<std::mutex>()});
    return {};
}

void PluginPortMappers::remove(const std::string& plugin) {
    std::erase_if(mappers_, [&](const Mapper& mapper) { return mapper.plugin == plugin; });
}

std::vector<PortMapperInfo> PluginPortMappers::list() const {
    std::vector<PortMapperInfo> all;
    for (const Mapper& mapper : mappers_) {
        const char* title =
            mapper.table->title == nullptr ? mapper.table->name : mapper.table->title;
        all.push_back(
            {mapper.table->name, clean_line(title, limits::name_bytes_max), mapper.plugin});
    }
    return all;
}

Result<const PluginPortMappers::Mapper*> PluginPortMappers::find(std::string_view name) const {
    for (const Mapper& mapper : mappers_)
        if (name == mapper.table->name) return &mapper;
    return fail(ErrorKind::environment, "SZ-PORT-010",
                "There is no port mapper “" + clean_line(name, limits::id_bytes_max) + "”.",
                "“szctl plugin list” shows the plugins and why one is not running.");
}

Result<PortMapping> PluginPortMappers::map(std::string_view name, const PortRequest& request,
                                           const GoesOn& goes_on) const {
    SZ_ASSIGN(const Mapper* const mapper, find(name));
    Findings findings;
    FindingSink sink(findings);
    TextSink out(answer_bytes_max);
    PortProgress progress{goes_on};
    const std::string text = request_text(request);
    const std::lock_guard one_at_a_time(*mapper->busy);
    const sz_status status = call_plugin(!kernel_.is_current(), mapper->plugin, "port.map", [&] {
        return mapper->table->map(mapper->table->self, str(text), out.table(), &progress.table,
                                  sink.table());
    });
    if (status != SZ_OK || sink.error() != nullptr)
        return fail(outcome(status, sink, mapper->plugin, "port.map"));
    auto answer = out.is_full() ? std::nullopt : read_answer(out.text);
    if (!answer)
        return fail(
            misbehaved(mapper->plugin, "what it says of a forwarded port is no such thing."));
    return *std::move(answer);
}

Status PluginPortMappers::unmap(std::string_view name, const Json& mapping,
                                std::chrono::milliseconds patience) const {
    SZ_ASSIGN(const Mapper* const mapper, find(name));
    Findings findings;
    FindingSink sink(findings);
    const std::string text = mapping.dump();
    const std::lock_guard one_at_a_time(*mapper->busy);
    const sz_status status = call_plugin(!kernel_.is_current(), mapper->plugin, "port.unmap", [&] {
        return mapper->table->unmap(mapper->table->self, str(text),
                                    static_cast<std::uint32_t>(patience.count()), sink.table());
    });
    if (status != SZ_OK || sink.error() != nullptr)
        return fail(outcome(status, sink, mapper->plugin, "port.unmap"));
    return {};
}

}  // namespace sz
