// SPDX-License-Identifier: AGPL-3.0-or-later
// The port mappers of all plugins behind one face.
#pragma once

#include <sz/ext/port_mapper.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/json.hpp"
#include "kernel/base/threads.hpp"

namespace sz {

enum class PortProtocol : std::uint8_t { udp, tcp };
[[nodiscard]] const char* protocol_name(PortProtocol protocol) noexcept;  // "udp"

struct PortRequest {
    PortProtocol protocol = PortProtocol::udp;
    std::uint16_t port = 0;  // that is listened to
    std::chrono::seconds lease{3600};
    std::chrono::milliseconds patience{4000};
    Json previous = nullptr;  // PortMapping::mapping of before
};

struct PortMapping {
    Json mapping;                 // an object, for unmap
    std::string outside_address;  // empty: the router does not tell
    std::uint16_t outside_port = 0;
    std::chrono::seconds lease{0};  // 0: without an end
    std::string router;             // in one line
};

struct PortMapperInfo {
    std::string name, title, plugin;
};

class PortMappers {
  public:
    using GoesOn = std::function<bool()>;  // asked between steps; false ends the call

    virtual ~PortMappers() = default;
    [[nodiscard]] virtual std::vector<PortMapperInfo> list() const = 0;
    // SZ-PORT-0xx (sz/ext/port_mapper.h), 010 no such mapper, 011 cancelled. [worker-thread]
    [[nodiscard]] virtual Result<PortMapping> map(std::string_view mapper,
                                                  const PortRequest& request,
                                                  const GoesOn& goes_on) const = 0;
    // Success also when it was gone already, or somebody else's. [worker-thread]
    [[nodiscard]] virtual Status unmap(std::string_view mapper, const Json& mapping,
                                       std::chrono::milliseconds patience) const = 0;
};

// Filled while plugins load, read-only afterwards. A mapper is called by one worker at a time.
class PluginPortMappers final : public PortMappers {
  public:
    // `kernel` outlives it: the thread on which no mapper is called.
    explicit PluginPortMappers(const KernelThread& kernel) : kernel_(kernel) {}

    // Takes what get_extension(SZ_PORT_MAPPER_ID) gave. SZ-PLUGIN-036.
    [[nodiscard]] Status add(const std::string& plugin, const sz_port_mapper* table);
    void remove(const std::string& plugin);  // while no mapper is busy: plugins load or end

    [[nodiscard]] std::vector<PortMapperInfo> list() const override;
    [[nodiscard]] Result<PortMapping> map(std::string_view mapper, const PortRequest& request,
                                          const GoesOn& goes_on) const override;
    [[nodiscard]] Status unmap(std::string_view mapper, const Json& mapping,
                               std::chrono::milliseconds patience) const override;

  private:
    struct Mapper {
        const sz_port_mapper* table;
        std::string plugin;
        std::unique_ptr<std::mutex> busy;
    };
    [[nodiscard]] Result<const Mapper*> find(std::string_view name) const;

    const KernelThread& kernel_;
    std::vector<Mapper> mappers_;
};

}  // namespace sz
