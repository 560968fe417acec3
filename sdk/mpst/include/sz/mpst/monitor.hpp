// SPDX-License-Identifier: AGPL-3.0-or-later
// Watches one role of a session whose messages are bytes, and admits only what its automaton
// allows: for a gateway, or for what comes from a network.
#pragma once

#include <array>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "binary.hpp"
#include "channel.hpp"
#include "codec.hpp"
#include "failure.hpp"

namespace mpst {

namespace detail {

// Whether the bytes are exactly one such message, for which there is memory.
template <class M>
bool is_payload_of(std::span<const std::byte> bytes) {
    try {
        Reader reader(bytes);
        M message{};
        Codec<M>::read(reader, message);
        return reader.is_at_end();
    } catch (const std::bad_alloc&) {
        return false;  // few bytes can stand for a large message
    }
}

using PayloadCheck = bool (*)(std::span<const std::byte>);

template <class... Way>
constexpr PayloadCheck* add_checks(PayloadCheck* at, List<Way...>) {
    ((*at++ = is_payload_of<typename Way::message>), ...);
    return at;
}
template <class Role, class... S>
constexpr auto checks_of(states<S...>) {
    std::array<PayloadCheck, steps_of<Role>.size()> all{};
    PayloadCheck* at = all.data();
    ((at = add_checks(at, typename S::ways{})), ...);
    return all;
}
template <class... S>
constexpr auto names_of(states<S...>) {
    return std::array<std::string_view, sizeof...(S) + 1>{state_name<S>()..., "End"};
}

template <class Role>
inline constexpr auto payload_checks = checks_of<Role>(typename Role::states{});
template <class Role>
inline constexpr auto state_names = names_of(typename Role::states{});

}  // namespace detail

// One thread at a time. Never throws for what a message is.
class Monitor {
  public:
    template <class Role>
    [[nodiscard]] static Monitor of() {
        return Monitor(role_name<Role>(), steps_of<Role>, detail::payload_checks<Role>,
                       detail::state_names<Role>, start_of<Role>());
    }

    // Nothing when it was expected: the role is in its next state. Else what was wrong, and the
    // role is where it was. The peer by its role's name in C++ (`class_` for a role called class).
    [[nodiscard]] std::optional<Failure> received(std::string_view peer, const Frame& frame) {
        return admit(false, peer, frame);
    }
    [[nodiscard]] std::optional<Failure> sent(std::string_view peer, const Frame& frame) {
        return admit(true, peer, frame);
    }
    [[nodiscard]] bool is_at_end() const { return state_ + 1 == names_.size(); }
    [[nodiscard]] std::string_view state() const { return names_[state_]; }

  private:
    Monitor(std::string_view role, std::span<const Step> steps,
            std::span<const detail::PayloadCheck> checks, std::span<const std::string_view> names,
            unsigned start)
        : role_(role), steps_(steps), checks_(checks), names_(names), state_(start) {}

    std::optional<Failure> admit(bool is_send, std::string_view peer, const Frame& frame) {
        for (std::size_t i = 0; i < steps_.size(); ++i) {
            const Step& step = steps_[i];
            if (step.from != state_ || step.is_send != is_send || step.peer_name != peer ||
                step.label != frame.label)
                continue;
            if (!checks_[i](frame.payload)) return refuse(Trouble::bad_payload, peer, frame);
            state_ = step.to;
            return std::nullopt;
        }
        return refuse(Trouble::wrong_message, peer, frame);
    }
    [[nodiscard]] Failure refuse(Trouble what, std::string_view peer, const Frame& frame) const {
        Failure failure;
        failure.what = what;
        failure.role = role_;
        failure.state = state();
        failure.peer = shown(peer);
        failure.received = shown(frame.label);
        for (const Step& step : steps_) {
            if (step.from != state_) continue;
            failure.expected += failure.expected.empty() ? "" : " or ";
            failure.expected += std::string(step.label) + (step.is_send ? " to " : " from ") +
                                std::string(step.peer_name);
        }
        if (is_at_end()) failure.expected = "nothing, the session is over";
        return failure;
    }

    std::string_view role_;
    std::span<const Step> steps_;
    std::span<const detail::PayloadCheck> checks_;
    std::span<const std::string_view> names_;  // of the states, and the end
    unsigned state_;
};

}  // namespace mpst
