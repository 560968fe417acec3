// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a role's coroutine waits: it goes on with its executor when a peer calls. One timer looks
// after all its waits: for deadlines, and for a call that was missed (see ring.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <utility>

#include "endpoint.hpp"
#include "task.hpp"

namespace mpst {

// Room for two handlers that are on their way: one may be called off when the other is begun. A
// third one goes to the heap.
class HandlerRoom {
  public:
    void* allocate(std::size_t bytes) {
        for (Place& place : places_) {
            if (bytes > sizeof(place.bytes) || place.is_taken.exchange(true)) continue;
            return place.bytes;
        }
        return ::operator new(bytes);
    }
    void deallocate(void* at) noexcept {
        for (Place& place : places_) {
            if (at == place.bytes) return place.is_taken.store(false);
        }
        ::operator delete(at);
    }

    template <class T>
    struct Allocator {
        using value_type = T;
        HandlerRoom* room;
        explicit Allocator(HandlerRoom& from) : room(&from) {}
        template <class U>
        Allocator(const Allocator<U>& other) : room(other.room) {}
        T* allocate(std::size_t count) {
            return static_cast<T*>(room->allocate(count * sizeof(T)));
        }
        void deallocate(T* at, std::size_t) noexcept { room->deallocate(at); }
        template <class U>
        friend bool operator==(const Allocator& a, const Allocator<U>& b) {
            return a.room == b.room;
        }
    };

  private:
    struct Place {
        alignas(std::max_align_t) std::byte bytes[256];
        std::atomic<bool> is_taken{false};
    };
    std::array<Place, 2> places_;
};

// One for each role; lives as long as its endpoint. All but `wake` on the executor, which runs one
// handler at a time (an io_context with one thread, or a strand).
class AwaitingPlace : public Parking, public TaskOwner {
  public:
    // The coroutine that all waits here are part of, for when the executor goes away under it.
    void belong_to(std::coroutine_handle<> root) { root_ = root; }

    // False when there is nothing to wait for. `awaited` lives in the coroutine's frame; its
    // is_ready(), on the executor, says that what it waits for has come or never will; is_held(),
    // that this is no time to be late. `patience`: until a wait is_late().
    template <class Awaited>
    bool suspend(std::coroutine_handle<> waiting, Awaited& awaited, Call& call,
                 Clock::duration patience) {
        awaited_ = &awaited;
        is_ready_ = [](void* one) { return static_cast<Awaited*>(one)->is_ready(); };
        is_held_ = [](void* one) { return static_cast<Awaited*>(one)->is_held(); };
        return begin_wait(waiting, call, patience);
    }
    [[nodiscard]] bool is_late() const { return is_late_; }

    void wake() noexcept override {
        if (!is_waiting_.exchange(false)) return;
        const std::lock_guard lock(mutex_);
        if (!is_gone_) post(Woken(*this, woken_));
    }
    void lost() noexcept override {
        if (ticks_ == 0) drop_root();
    }
    // The coroutine is gone, and the executor may go. Others may still call here, in vain.
    void end() noexcept {
        const std::lock_guard lock(mutex_);
        is_gone_ = true;
        root_ = nullptr;
        forget_executor();
    }
    // The last wait: until no handler is left that knows of this place. False when there is none.
    bool close(std::coroutine_handle<> waiting) {
        root_ = nullptr;
        if (ticks_ == 0) return false;
        waiting_ = waiting;
        is_closing_ = true;
        stop_timer();
        return true;
    }

  protected:
    AwaitingPlace() = default;

    // A handler. Thrown away unused, because its executor ends, it ends the coroutine.
    class Handler {
      public:
        using allocator_type = HandlerRoom::Allocator<std::byte>;
        Handler(AwaitingPlace& place, HandlerRoom& room) : place_(&place), room_(&room) {}
        Handler(Handler&& other) noexcept
            : place_(std::exchange(other.place_, nullptr)), room_(other.room_) {}
        Handler& operator=(Handler&&) = delete;
        [[nodiscard]] allocator_type get_allocator() const noexcept {
            return allocator_type(*room_);
        }

      protected:
        [[nodiscard]] AwaitingPlace* release() { return std::exchange(place_, nullptr); }
        AwaitingPlace* place_;

      private:
        HandlerRoom* room_;
    };
    struct Woken : Handler {
        using Handler::Handler;
        Woken(Woken&&) = default;
        ~Woken() {
            if (place_ != nullptr) place_->abandon(true);
        }
        void operator()() { this->release()->look(); }
    };
    struct Ticked : Handler {
        using Handler::Handler;
        Ticked(Ticked&&) = default;
        ~Ticked() {
            if (place_ != nullptr) place_->abandon(false);
        }
        void operator()(const boost::system::error_code&) { this->release()->ticked(); }
    };

  private:
    static constexpr Clock::duration nap_least = std::chrono::milliseconds(1);
    static constexpr Clock::duration nap_long = std::chrono::milliseconds(8);
    static constexpr Clock::duration nap_max = std::chrono::milliseconds(500);

    virtual void post(Woken handler) = 0;
    virtual void start_timer(Clock::duration time, Ticked handler) = 0;
    virtual void stop_timer() = 0;
    virtual void forget_executor() noexcept = 0;

    bool begin_wait(std::coroutine_handle<> waiting, Call& call, Clock::duration patience) {
        waiting_ = waiting;
        call_ = &call;
        patience_ = std::max(patience, Clock::duration::zero());
        until_.reset();
        is_late_ = false;
        if (!stay()) return false;
        if (ticks_ == 0 || nap_ > nap_long) tick_after(nap_ = nap_least);
        return true;
    }
    // Whether the wait goes on.
    bool stay() {
        is_waiting_.store(true);
        call_->park(*this);
        if (!is_ready_(awaited_) && !call_->is_closed() && !is_late_) return true;
        call_->unpark();
        // Who was quicker has posted already, and is waited for.
        return !is_waiting_.exchange(false);
    }
    void look() {
        if (is_ready_(awaited_) || call_->is_closed() || is_late_ || !stay()) go_on();
    }
    void go_on() {
        call_->unpark();
        awaited_ = nullptr;
        waiting_.resume();
    }
    void tick_after(Clock::duration time) {
        ++ticks_;
        start_timer(time, Ticked(*this, ticked_));
    }
    void ticked() {
        if (--ticks_ > 0) return;  // another one was set since
        if (is_closing_) return waiting_.resume();
        if (awaited_ == nullptr) return;
        const auto now = Clock::now();
        if (!until_ || is_held_(awaited_)) until_ = time_after(patience_);
        is_late_ = now >= *until_;
        nap_ = std::min(nap_ * 2, nap_max);
        tick_after(std::max(nap_least, std::min(nap_, *until_ - now)));
        if ((is_late_ || is_ready_(awaited_)) && is_waiting_.exchange(false)) go_on();
    }
    // The executor goes away, and all handlers with it; the last one ends the coroutine. That may
    // be the end of this place, too.
    void abandon(bool is_woken) noexcept {
        if (is_woken) {
            is_waiting_ = true;
        } else {
            --ticks_;
        }
        const bool is_posted = awaited_ != nullptr && !is_waiting_;
        if (ticks_ == 0 && !is_posted) drop_root();
    }
    // The others are told while it goes; they must not call back.
    void drop_root() noexcept {
        if (!root_) return;
        {
            const std::lock_guard lock(mutex_);
            is_gone_ = true;
        }
        is_waiting_ = false;
        std::exchange(root_, nullptr).destroy();
    }

    std::coroutine_handle<> root_;
    std::coroutine_handle<> waiting_;
    void* awaited_ = nullptr;
    bool (*is_ready_)(void*) = nullptr;
    bool (*is_held_)(void*) = nullptr;
    Call* call_ = nullptr;
    Clock::duration patience_{};
    std::optional<Clock::time_point> until_;
    Clock::duration nap_ = nap_least;
    bool is_late_ = false;
    int ticks_ = 0;  // handlers of the timer that are still to come
    bool is_closing_ = false;
    std::atomic<bool> is_waiting_{false};
    std::mutex mutex_;  // of the executor and is_gone_, between `wake` and the end
    bool is_gone_ = false;
    HandlerRoom woken_, ticked_;
};

// With its executor as it is: what is posted through boost::asio::any_io_executor takes memory for
// every handler.
template <class Executor>
class PlaceOn final : public AwaitingPlace {
  public:
    explicit PlaceOn(const Executor& executor)
        : executor_(executor), timer_(std::in_place, executor) {}
    [[nodiscard]] const Executor& executor() const { return *executor_; }

  private:
    using Timer =
        boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

    void post(Woken handler) override { boost::asio::post(*executor_, std::move(handler)); }
    void start_timer(Clock::duration time, Ticked handler) override {
        timer_->expires_after(time);
        timer_->async_wait(std::move(handler));
    }
    void stop_timer() override { timer_->cancel(); }
    void forget_executor() noexcept override {
        timer_.reset();
        executor_.reset();
    }

    std::optional<Executor> executor_;
    std::optional<Timer> timer_;
};

}  // namespace mpst
