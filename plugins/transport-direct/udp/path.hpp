// SPDX-License-Identifier: AGPL-3.0-or-later
// A peer that is heard from another address is asked there, before anything else is sent there: a
// stranger can send on what was sealed, but not answer (RFC 9000, section 8.2).
#pragma once

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "random.hpp"
#include "wire.hpp"

namespace direct::udp {

class PathCheck {
  public:
    using Question = std::array<std::uint8_t, 8>;

    // What to ask at this address now, if anything: one question at a time, again after a while.
    [[nodiscard]] std::optional<Question> ask(const Endpoint& there,
                                              std::chrono::steady_clock::time_point now) {
        if (asked_ && asked_->there == there && now - asked_->at < again_after) return std::nullopt;
        if (!asked_ || asked_->there != there) {
            asked_ = Asked{there, {}, now};
            fill_random(asked_->question);
        }
        asked_->at = now;
        return asked_->question;
    }
    // Whether that is the answer, from there; then the question is done with.
    [[nodiscard]] bool is_answer(Bytes answer, const Endpoint& from) {
        const bool is_good = asked_ && asked_->there == from &&
                             std::equal(answer.begin(), answer.end(), asked_->question.begin(),
                                        asked_->question.end());
        if (is_good) asked_.reset();
        return is_good;
    }

  private:
    static constexpr std::chrono::milliseconds again_after{100};
    struct Asked {
        Endpoint there;
        Question question;
        std::chrono::steady_clock::time_point at;
    };
    std::optional<Asked> asked_;
};

}  // namespace direct::udp
