// SPDX-License-Identifier: AGPL-3.0-or-later
// A bounded queue from one thread to one other, in the manner of Lamport (1977): each side owns an
// index and keeps a copy of the other's, which it renews only when the copy says "full" or "empty".
// On top of that, a side that sleeps is called, and both ends can be closed.
//
// Pushing must not cost a fence for the sake of a reader that might be going to sleep. So a reader
// that goes to sleep may miss the message that is on its way at that moment; it looks again after a
// millisecond, then ever more rarely, and by then either the message is to be seen or the writer
// has seen that it is to call.
#pragma once

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <utility>

#include "message.hpp"

namespace mpst {

// Somebody who waits. [any-thread]
class Parking {
  public:
    virtual ~Parking() = default;
    virtual void wake() noexcept = 0;
};

inline constexpr std::size_t cache_line = 64;

// What one side wants of the other.
class Call {
  public:
    static constexpr std::uint8_t parked = 1, closed = 2;

    [[nodiscard]] bool is_quiet() const { return bits_.load(std::memory_order_relaxed) == 0; }
    [[nodiscard]] bool is_closed() const {
        return (bits_.load(std::memory_order_acquire) & closed) != 0;
    }
    void park(Parking& who) {
        who_.store(&who, std::memory_order_release);
        bits_.fetch_or(parked);
    }
    void unpark() { bits_.fetch_and(static_cast<std::uint8_t>(~parked)); }
    void close() {
        bits_.fetch_or(closed);
        answer();
    }
    // By the other side: wakes who is parked.
    void answer() {
        if ((bits_.fetch_and(static_cast<std::uint8_t>(~parked)) & parked) != 0)
            who_.load(std::memory_order_acquire)->wake();
    }

  private:
    std::atomic<std::uint8_t> bits_{0};
    std::atomic<Parking*> who_{nullptr};
};

// What both ends share. Outlives them.
struct RingCore {
    alignas(cache_line) std::atomic<std::size_t> written{0};
    alignas(cache_line) std::atomic<std::size_t> read{0};
    alignas(cache_line) Call of_reader;
    alignas(cache_line) Call of_writer;

    void close() {
        of_reader.close();
        of_writer.close();
    }
};

// Room for the largest message of one direction.
template <std::size_t Bytes, std::size_t Align>
struct Slot {
    Tag tag = 0;
    alignas(Align) std::byte bytes[Bytes];

    template <message M>
    void put(M&& message) noexcept {
        static_assert(sizeof(M) <= Bytes && alignof(M) <= Align);
        tag = tag_of<M>;
        ::new (static_cast<void*>(bytes)) M(std::move(message));
    }
    template <message M>
    [[nodiscard]] bool holds() const noexcept {
        return tag == tag_of<M>;
    }
    // What was put is gone from here.
    template <message M>
    [[nodiscard]] M take() noexcept {
        M* inside = std::launder(reinterpret_cast<M*>(bytes));
        M message(std::move(*inside));
        inside->~M();
        return message;
    }
};

template <class SlotType>
class Ring;

// The end that writes. One thread at a time.
template <class SlotType>
class Sender {
  public:
    Sender() = default;
    // Of no queue: never has room.
    explicit Sender(RingCore& core) : core_(&core) {}

    // Written out in the caller, as has_message() below: GCC makes a function of its own of the
    // look behind the copy, and where two sides take turns every message needs that look.
    [[nodiscard, gnu::always_inline]] inline bool has_room() {
        if (at_ != limit_) [[likely]]
            return true;
        limit_ = core_->read.load(std::memory_order_acquire) + capacity();
        return at_ != limit_;
    }
    // After has_room().
    template <message M>
    [[gnu::always_inline]] void push(M&& message) noexcept {
        slots_[at_ & mask_].put(std::forward<M>(message));
        core_->written.store(++at_, std::memory_order_release);
    }
    // The same with what `make` puts into the slot's bytes; nothing, when it says false.
    template <class Make>
    [[nodiscard]] bool push_made(Tag tag, const Make& make) {
        SlotType& slot = slots_[at_ & mask_];
        if (!make(slot.bytes)) return false;
        slot.tag = tag;
        core_->written.store(++at_, std::memory_order_release);
        return true;
    }
    // After push(): the reader sleeps, or the queue is closed.
    [[nodiscard]] bool is_called() const { return !core_->of_reader.is_quiet(); }

    [[nodiscard]] RingCore& core() const { return *core_; }
    [[nodiscard]] std::size_t capacity() const { return mask_ + 1; }

  private:
    friend class Ring<SlotType>;
    RingCore* core_ = nullptr;
    SlotType* slots_ = nullptr;
    std::size_t mask_ = static_cast<std::size_t>(-1);  // no ring: never room
    std::size_t at_ = 0;
    std::size_t limit_ = 0;
};

// The end that reads. One thread at a time.
template <class SlotType>
class Receiver {
  public:
    Receiver() = default;

    [[nodiscard, gnu::always_inline]] inline bool has_message() {
        if (at_ != seen_) return true;
        seen_ = core_->written.load(std::memory_order_acquire);
        return at_ != seen_;
    }
    // After has_message().
    [[nodiscard]] SlotType& front() { return slots_[at_ & mask_]; }
    // After the front was taken.
    void pop() noexcept { core_->read.store(++at_, std::memory_order_release); }
    // After pop(): the writer sleeps, or the queue is closed.
    [[nodiscard]] bool is_called() const { return !core_->of_writer.is_quiet(); }

    [[nodiscard]] RingCore& core() const { return *core_; }

  private:
    friend class Ring<SlotType>;
    RingCore* core_ = nullptr;
    SlotType* slots_ = nullptr;
    std::size_t mask_ = 0;
    std::size_t at_ = 0;
    std::size_t seen_ = 0;
};

// Owns the slots. The ends are copies of what sender() and receiver() give, each taken once.
template <class SlotType>
class Ring {
  public:
    static constexpr std::size_t capacity_max = std::size_t{1} << 20;
    // `capacity`: messages, at least one and at most capacity_max; rounded up to a power of two.
    explicit Ring(std::size_t capacity) {
        const std::size_t size = std::bit_ceil(std::clamp(capacity, std::size_t{1}, capacity_max));
        mask_ = size - 1;
        slots_ = std::make_unique<SlotType[]>(size);
    }
    [[nodiscard]] Sender<SlotType> sender() {
        Sender<SlotType> end;
        end.core_ = &core_;
        end.slots_ = slots_.get();
        end.mask_ = mask_;
        end.limit_ = mask_ + 1;
        return end;
    }
    [[nodiscard]] Receiver<SlotType> receiver() {
        Receiver<SlotType> end;
        end.core_ = &core_;
        end.slots_ = slots_.get();
        end.mask_ = mask_;
        return end;
    }
    [[nodiscard]] RingCore& core() { return core_; }

    // Calls `drop(slot)` for what nobody took. After both ends are gone.
    template <class Drop>
    void drain(const Drop& drop) {
        const std::size_t end = core_.written.load(std::memory_order_acquire);
        for (std::size_t at = core_.read.load(std::memory_order_acquire); at != end; ++at)
            drop(slots_[at & mask_]);
    }

  private:
    RingCore core_;
    std::unique_ptr<SlotType[]> slots_;
    std::size_t mask_ = 0;
};

}  // namespace mpst
