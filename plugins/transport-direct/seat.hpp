// SPDX-License-Identifier: AGPL-3.0-or-later
// A place at a listener, which has "connections_max" of them. Given back when it goes.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "line.hpp"

namespace direct {

// What is said to those who find no place.
inline const std::string no_seat_reason = "There is no room for another connection.";

class Seat {
  public:
    // Nothing when all are taken. [io-thread]
    [[nodiscard]] static std::optional<Seat> take(const std::shared_ptr<Line>& listener,
                                                  std::size_t most) {
        Figures& figures = listener->figures;
        if (figures.connections >= most) {
            ++figures.refused;
            return std::nullopt;
        }
        ++figures.connections;
        return Seat(listener);
    }
    Seat() = default;
    Seat(Seat&& other) noexcept : listener_(std::exchange(other.listener_, nullptr)) {}
    Seat& operator=(Seat&& other) noexcept {
        std::swap(listener_, other.listener_);
        return *this;
    }
    Seat(const Seat&) = delete;
    Seat& operator=(const Seat&) = delete;
    ~Seat() {
        if (listener_ != nullptr) --listener_->figures.connections;
    }

  private:
    explicit Seat(std::shared_ptr<Line> listener) : listener_(std::move(listener)) {}
    std::shared_ptr<Line> listener_;
};

}  // namespace direct
