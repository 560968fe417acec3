// SPDX-License-Identifier: AGPL-3.0-or-later
// How long it takes there and back: the roles of schemas/protocols/doctor.scr.
#pragma once

#include <sz/mpst/task.hpp>

#include <Doctor/Guest.hpp>
#include <Doctor/Host.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace sz::net {

inline constexpr std::string_view doctor_protocol = "Doctor";

struct Echoes {
    std::size_t count = 20;
    std::size_t bytes = 64;
    std::function<std::chrono::steady_clock::time_point()> now = std::chrono::steady_clock::now;
};

// Give to mpst::spawn; the arguments outlive the role. `times`: of each round, as they come.
[[nodiscard]] mpst::task<Doctor::Guest::End> play_doctor_guest(
    Doctor::Guest::Start start, const Echoes& wanted, std::vector<std::chrono::nanoseconds>& times);
[[nodiscard]] mpst::task<Doctor::Host::End> play_doctor_host(Doctor::Host::Start start);

}  // namespace sz::net
