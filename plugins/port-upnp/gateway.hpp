// SPDX-License-Identifier: AGPL-3.0-or-later
// A router's service that maps ports, asked over HTTP. Each function is one question.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "answers.hpp"
#include "description.hpp"
#include "http.hpp"
#include "request.hpp"

namespace upnp {

// A port that a router forwards.
struct Entry {
    std::string inside_address;
    std::uint16_t inside_port = 0;
    std::uint32_t lease_s = 0;
};

class Gateway {
  public:
    explicit Gateway(Service service) : service_(std::move(service)) {}

    [[nodiscard]] const Service& service() const noexcept { return service_; }
    [[nodiscard]] bool is_second_version() const { return service_.type.ends_with(":2"); }

    // "Connected", "Disconnected", …
    [[nodiscard]] SoapAnswer status(const Patience& patience) const;
    [[nodiscard]] SoapAnswer outside_address(const Patience& patience) const;
    // Who has an outside port; code::no_such_entry: nobody. read_entry understands the answer.
    [[nodiscard]] SoapAnswer entry(Protocol protocol, std::uint16_t outside_port,
                                   const Patience& patience) const;
    [[nodiscard]] static std::optional<Entry> read_entry(const SoapAnswer& answer);

    struct Wanted {
        Protocol protocol;
        std::uint16_t outside_port, inside_port;
        std::string inside_address, description;
        std::uint32_t lease_s;
    };
    [[nodiscard]] SoapAnswer add(const Wanted& wanted, const Patience& patience) const;
    // The router chooses the outside port, and answers it as NewReservedPort (second version).
    [[nodiscard]] SoapAnswer add_any(const Wanted& wanted, const Patience& patience) const;
    [[nodiscard]] SoapAnswer remove(Protocol protocol, std::uint16_t outside_port,
                                    const Patience& patience) const;

  private:
    [[nodiscard]] SoapAnswer ask(std::string_view action, const Arguments& arguments,
                                 const Patience& patience) const;
    Service service_;
};

}  // namespace upnp
