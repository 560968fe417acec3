// SPDX-License-Identifier: AGPL-3.0-or-later
// The same queues without session types: what a careful programmer writes. Everything is done that
// the states do, but for knowing what comes next.
#pragma once

#include <sz/mpst/asio.hpp>
#include <sz/mpst/wait.hpp>

#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <memory>

namespace by_hand {

using Cell = mpst::Slot<8, 8>;
using Queue = mpst::Ring<Cell>;
using Out = mpst::Sender<Cell>;
using In = mpst::Receiver<Cell>;

[[noreturn, gnu::noinline]] inline void fail() { std::abort(); }

[[gnu::noinline]] inline void answer(mpst::Call& call) {
    if (call.is_closed()) fail();
    call.answer();
}
template <class Ready>
[[gnu::noinline]] void wait(mpst::ThreadParking& parking, mpst::Call& call, const Ready& ready) {
    if (mpst::wait_at(parking, call, std::chrono::seconds(30), ready) != mpst::Waited::ready)
        fail();
}

template <class M>
[[gnu::always_inline]] inline void put_ready(Out& out, M message) {
    out.push(std::move(message));
    if (out.is_called()) [[unlikely]]
        answer(out.core().of_reader);
}
template <class M>
[[gnu::always_inline]] inline M get_ready(In& in) {
    if (!in.front().template holds<M>()) [[unlikely]]
        fail();
    M message = in.front().template take<M>();
    in.pop();
    if (in.is_called()) [[unlikely]]
        answer(in.core().of_writer);
    return message;
}

// A role's thread.
struct Side {
    mpst::ThreadParking parking;

    template <class M>
    [[gnu::always_inline]] inline void put(Out& out, M message) {
        if (!out.has_room()) [[unlikely]]
            wait(parking, out.core().of_writer, [&out] { return out.has_room(); });
        put_ready(out, std::move(message));
    }
    [[gnu::always_inline]] inline void wait_for(In& in) {
        if (!in.has_message()) [[unlikely]]
            wait(parking, in.core().of_reader, [&in] { return in.has_message(); });
    }
    template <class M>
    [[gnu::always_inline]] inline M get(In& in) {
        wait_for(in);
        return get_ready<M>(in);
    }
};

// ---- awaiting

class Room {
  public:
    Room(mpst::AwaitingPlace& place, Out& out) : place_(place), out_(out) {}
    bool await_ready() { return out_.has_room(); }
    bool await_suspend(std::coroutine_handle<> waiting) {
        return place_.suspend(waiting, *this, out_.core().of_writer, std::chrono::seconds(30));
    }
    void await_resume() {
        if (!out_.has_room()) [[unlikely]]
            fail();
    }

    bool is_ready() { return out_.has_room(); }
    [[nodiscard]] static bool is_held() { return false; }

  private:
    mpst::AwaitingPlace& place_;
    Out& out_;
};

class Arrival {
  public:
    Arrival(mpst::AwaitingPlace& place, In& in) : place_(place), in_(in) {}
    bool await_ready() { return in_.has_message(); }
    bool await_suspend(std::coroutine_handle<> waiting) {
        return place_.suspend(waiting, *this, in_.core().of_reader, std::chrono::seconds(30));
    }
    void await_resume() {
        if (!in_.has_message()) [[unlikely]]
            fail();
    }

    bool is_ready() { return in_.has_message(); }
    [[nodiscard]] static bool is_held() { return false; }

  private:
    mpst::AwaitingPlace& place_;
    In& in_;
};

using Place = mpst::PlaceOn<boost::asio::io_context::executor_type>;

// Runs a task on an executor.
struct Started {
    struct promise_type {
        mpst::TaskOwner* owner = nullptr;
        Started get_return_object() { return {}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::abort(); }
    };
};
inline Started start(mpst::AwaitingPlace& place, mpst::task<void> task) {
    co_await task;
    co_await mpst::detail::Closed{place};
    place.end();
}

}  // namespace by_hand
