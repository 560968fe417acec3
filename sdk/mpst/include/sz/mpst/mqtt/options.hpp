// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "../channel.hpp"

namespace mpst::mqtt {

// A broker keeps nobody away from a session unless it is told to: whoever may publish to the
// session's topics can join in a role's place, disturb the session and read it. Give the broker
// users and access rules where that matters; the topics are PREFIX/SESSION/FROM/TO and
// PREFIX/SESSION/FROM. What a stranger publishes there is received whole before it is refused: let
// the broker limit it (mosquitto: message_size_limit). There is no TLS here, so that a password
// goes to the broker in clear: keep to a network that is trusted, or put a tunnel in front.
struct Options {
    std::string broker = "tcp://127.0.0.1:1883";
    std::string session;  // what the programs of one session have in common
    std::string prefix = "mpst";
    Clock::duration patience = std::chrono::seconds(30);  // of joining, and of an operation
    std::size_t message_bytes_max = 1 << 20;
    std::size_t waiting_max = 64;  // messages at each end of each direction
    std::string username, password;
};

namespace detail {

// What is wrong with them, as a sentence; empty when nothing is.
inline std::string fault_of(const Options& options) {
    constexpr std::size_t name_bytes_max = 256, bytes_limit = 1 << 27, waiting_limit = 1 << 16;
    const auto is_topic = [](std::string_view text) {
        for (const char c : text) {
            if (c == '+' || c == '#' || static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                return false;
        }
        return !text.empty() && text.size() <= name_bytes_max;
    };
    if (!is_topic(options.session) || options.session.find('/') != std::string::npos)
        return "A session's name is 1 to 256 bytes without '/', '+', '#' and control characters.";
    if (!is_topic(options.prefix) || options.prefix.front() == '$')
        return "A prefix is 1 to 256 bytes without '+', '#' and control characters, and does not "
               "begin with '$'.";
    if (options.message_bytes_max == 0 || options.message_bytes_max > bytes_limit)
        return "The longest message has 1 to 134217728 bytes.";
    if (options.waiting_max == 0 || options.waiting_max > waiting_limit)
        return "The messages that may wait are 1 to 65536.";
    if (options.patience <= Clock::duration::zero() || options.patience > std::chrono::hours(24))
        return "The patience is more than nothing and at most a day.";
    return {};
}

// "5 seconds"
inline std::string words_of(Clock::duration time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    return ms % 1000 == 0 && ms != 1000 ? std::to_string(ms / 1000) + " seconds"
                                        : std::to_string(ms) + " milliseconds";
}

}  // namespace detail

}  // namespace mpst::mqtt
