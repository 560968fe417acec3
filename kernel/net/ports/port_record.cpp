// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/ports/port_record.hpp"

#include <algorithm>
#include <system_error>

#include "kernel/base/files.hpp"
#include "kernel/base/sys/file.hpp"

namespace sz {

namespace {

std::optional<RecordedPort> read_port(const Json& item) {
    if (!item.is_object() || !item.contains("mapping") || !item.at("mapping").is_object())
        return std::nullopt;
    RecordedPort port{string_or(item, "mapper"), item.at("mapping")};
    const auto number = [&](const char* key) -> std::int64_t {
        const auto found = item.find(key);
        return found != item.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
    };
    port.ends_at = number("ends_at");
    const std::int64_t tries = number("tries");
    if (port.mapper.empty() || port.ends_at < 0 || tries < 0) return std::nullopt;
    port.tries = static_cast<int>(std::min<std::int64_t>(tries, PortRecord::tries_max));
    return port;
}

// Every port of the file, or nothing when one makes no sense.
std::optional<std::vector<RecordedPort>> read_ports(const std::string& text) {
    const auto json = parse_json(text);
    if (!json || !json->is_object() || !json->contains("ports") || !json->at("ports").is_array())
        return std::nullopt;
    std::vector<RecordedPort> ports;
    for (const Json& item : json->at("ports")) {
        auto port = read_port(item);
        if (!port || ports.size() == PortRecord::ports_max) return std::nullopt;
        ports.push_back(*std::move(port));
    }
    return ports;
}

}  // namespace

PortRecord::PortRecord(std::filesystem::path file, UnixMs now, std::optional<Error>& notice)
    : file_(std::move(file)) {
    std::error_code ignored;
    if (!fs::exists(fs::symlink_status(file_, ignored))) return;
    const auto text = read_file(file_, bytes_max);
    auto ports = text ? read_ports(*text) : std::nullopt;
    if (ports) {
        ports_ = *std::move(ports);
        return;
    }
    const fs::path aside = broken_name(file_, now);
    const auto failed = sys::rename_to_new(file_, aside);
    notice = Error{ErrorKind::environment, "SZ-PORT-020",
                   "The list of ports that routers forward was damaged.",
                   "If the program crashed while hosting, the router may go on forwarding a port "
                   "until its lease ends, mostly an hour.",
                   failed ? file_.string() : aside.string()};
}

Status PortRecord::put(RecordedPort port) {
    std::erase_if(ports_, [&](const RecordedPort& other) {
        return other.mapper == port.mapper && other.mapping == port.mapping;
    });
    if (ports_.size() == ports_max) ports_.erase(ports_.begin());
    ports_.push_back(std::move(port));
    return write();
}

Status PortRecord::erase(const std::string& mapper, const Json& mapping) {
    const auto erased = std::erase_if(ports_, [&](const RecordedPort& other) {
        return other.mapper == mapper && other.mapping == mapping;
    });
    return erased == 0 ? Status{} : write();
}

Status PortRecord::write() const {
    const auto not_written = [&](const std::string& why) {
        return fail(ErrorKind::environment, "SZ-PORT-021",
                    "The list of ports that routers forward cannot be written: " + why,
                    "After a crash the router would forward them until their lease ends.",
                    file_.string());
    };
    if (ports_.empty()) {
        std::error_code error;
        fs::remove(file_, error);
        return error ? Status(not_written(sys::reason(error) + ".")) : Status{};
    }
    Json list = Json::array();
    for (const RecordedPort& port : ports_)
        list.push_back({{"mapper", port.mapper},
                        {"mapping", port.mapping},
                        {"ends_at", port.ends_at},
                        {"tries", port.tries}});
    const auto written = write_file(file_, Json{{"version", 1}, {"ports", std::move(list)}}.dump(),
                                    FileMode::secret);
    return written ? Status{} : Status(not_written(written.error().message));
}

}  // namespace sz
