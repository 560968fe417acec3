// SPDX-License-Identifier: AGPL-3.0-or-later
// A channel such as a third party would write: two queues of frames under one lock.
#pragma once

#include <sz/mpst/channel.hpp>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <utility>

struct Pipe {
    struct Side {
        std::deque<mpst::Frame> arriving;
        std::function<void()> call;
        bool is_gone = false;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::array<Side, 2> sides;
    std::optional<mpst::Notice> cancelled;
    std::size_t frames_max = 4;
    std::size_t bytes_max = 1000;

    void tell(std::unique_lock<std::mutex>& lock) {
        changed.notify_all();
        auto calls = std::pair(sides[0].call, sides[1].call);
        lock.unlock();
        if (calls.first) calls.first();
        if (calls.second) calls.second();
    }
};

class PipeEnd {
  public:
    PipeEnd(std::shared_ptr<Pipe> pipe, std::size_t side) : pipe_(std::move(pipe)), side_(side) {}
    PipeEnd(PipeEnd&&) = default;
    PipeEnd& operator=(PipeEnd&&) = default;
    ~PipeEnd() {
        if (pipe_ == nullptr) return;
        std::unique_lock lock(pipe_->mutex);
        here().is_gone = true;
        here().call = {};
        pipe_->tell(lock);
    }

    mpst::Passage send(const mpst::Frame& frame, mpst::Clock::time_point until) {
        if (frame.payload.size() > pipe_->bytes_max) return mpst::Passage::too_long;
        std::unique_lock lock(pipe_->mutex);
        const bool is_over = pipe_->changed.wait_until(lock, until, [this] {
            return pipe_->cancelled || there().is_gone ||
                   there().arriving.size() < pipe_->frames_max;
        });
        if (pipe_->cancelled) return mpst::Passage::cancelled;
        if (there().is_gone) return mpst::Passage::disconnected;
        if (!is_over) return mpst::Passage::late;
        there().arriving.push_back(frame);
        pipe_->tell(lock);
        return mpst::Passage::done;
    }
    mpst::Passage receive(mpst::Frame& frame, mpst::Clock::time_point until) {
        std::unique_lock lock(pipe_->mutex);
        pipe_->changed.wait_until(lock, until, [this] {
            return pipe_->cancelled || there().is_gone || !here().arriving.empty();
        });
        if (pipe_->cancelled) return mpst::Passage::cancelled;
        if (here().arriving.empty())
            return there().is_gone ? mpst::Passage::disconnected : mpst::Passage::late;
        frame = std::move(here().arriving.front());
        here().arriving.pop_front();
        pipe_->tell(lock);
        return mpst::Passage::done;
    }
    void cancel(const mpst::Notice& notice) noexcept {
        std::unique_lock lock(pipe_->mutex);
        if (!pipe_->cancelled) pipe_->cancelled = notice;
        pipe_->tell(lock);
    }
    mpst::Notice notice() {
        const std::lock_guard lock(pipe_->mutex);
        return pipe_->cancelled.value_or(mpst::Notice{{}, {}, "The pipe is broken."});
    }
    void when_ready(std::function<void()> call) {
        const std::lock_guard lock(pipe_->mutex);
        here().call = std::move(call);
    }

  private:
    Pipe::Side& here() { return pipe_->sides[side_]; }
    Pipe::Side& there() { return pipe_->sides[1 - side_]; }
    std::shared_ptr<Pipe> pipe_;
    std::size_t side_;
};
static_assert(mpst::channel<PipeEnd>);
