// SPDX-License-Identifier: AGPL-3.0-or-later
// operator new, counted.
#include <atomic>
#include <cstdlib>
#include <new>

#include "figures.hpp"

namespace {

std::atomic<std::int64_t> count{0};

void* counted(void* room) {
    count.fetch_add(1, std::memory_order_relaxed);
    if (room == nullptr) throw std::bad_alloc();
    return room;
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(std::malloc(bytes == 0 ? 1 : bytes)); }
void* operator new(std::size_t bytes, std::align_val_t align) {
    const auto unit = static_cast<std::size_t>(align);
    return counted(std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit));
}
void operator delete(void* room) noexcept { std::free(room); }
void operator delete(void* room, std::size_t) noexcept { std::free(room); }
void operator delete(void* room, std::align_val_t) noexcept { std::free(room); }
void operator delete(void* room, std::size_t, std::align_val_t) noexcept { std::free(room); }

namespace sessions {

std::int64_t allocations() { return count.load(); }

double allocations_of(const Case& which, const Way& way, int rounds) {
    const std::int64_t before = allocations();
    way.typed(rounds);
    const std::int64_t between = allocations();
    way.typed(3 * rounds);
    const std::int64_t further = (allocations() - between) - (between - before);
    return static_cast<double>(further) / (2.0 * rounds * which.messages);
}

}  // namespace sessions
