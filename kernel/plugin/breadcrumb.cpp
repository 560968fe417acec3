// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/breadcrumb.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>

#include "kernel/base/files.hpp"
#include "kernel/base/sys/mapped_page.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

constexpr std::uint32_t magic = 0x315a5342;  // "BSZ1"; another content is not ours
constexpr std::size_t slots_max = 32;
constexpr std::uint32_t slot_set = 1;

struct Slot {
    std::uint32_t state;
    std::uint32_t reserved;
    char plugin[128];
    char call[56];
};
struct Page {
    std::uint32_t magic;
    std::uint32_t reserved[15];
    Slot slots[slots_max];
};
static_assert(sizeof(Slot) == 192 && sizeof(Page) == 64 + 192 * slots_max);

// Which slots have a thread. The page may come and go; a thread keeps its number.
std::array<std::atomic<bool>, slots_max> taken{};
std::atomic<Page*> current_page{nullptr};

class ThreadSlot {
  public:
    ThreadSlot() noexcept {
        for (std::size_t i = 0; i < slots_max && number_ < 0; ++i) {
            bool expected = false;
            if (taken[i].compare_exchange_strong(expected, true)) number_ = static_cast<int>(i);
        }
    }
    ~ThreadSlot() {
        if (number_ >= 0) taken[static_cast<std::size_t>(number_)] = false;
    }
    ThreadSlot(const ThreadSlot&) = delete;
    ThreadSlot& operator=(const ThreadSlot&) = delete;
    // Null without a page, or when more threads than slots call plugins: the call then leaves no
    // trace.
    [[nodiscard]] Slot* get() const noexcept {
        Page* page = current_page.load(std::memory_order_acquire);
        return page == nullptr || number_ < 0 ? nullptr : &page->slots[number_];
    }

  private:
    int number_ = -1;
};

thread_local const ThreadSlot thread_slot;
thread_local const PluginCall* innermost = nullptr;

template <std::size_t size>
void copy(char (&to)[size], std::string_view from) noexcept {
    const std::size_t length = std::min(from.size(), size - 1);
    std::memcpy(to, from.data(), length);
    to[length] = '\0';
}

// The fences keep the compiler from moving the call across them. A crash of this very thread needs
// no more: what it stored before is in the page.
void fill(Slot& slot, std::string_view plugin, const char* call) noexcept {
    slot.state = 0;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (plugin.empty()) return;
    copy(slot.plugin, plugin);
    copy(slot.call, call);
    std::atomic_signal_fence(std::memory_order_seq_cst);
    slot.state = slot_set;
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

template <std::size_t size>
std::string text_of(const char (&field)[size]) {
    return clean_text({field, ::strnlen(field, size)});
}

}  // namespace

struct Breadcrumb::Impl {
    sys::MappedPage mapping;
    [[nodiscard]] Page& page() const noexcept {
        return *reinterpret_cast<Page*>(mapping.bytes().data());
    }
};

std::vector<LostCall> Breadcrumb::lost(const std::filesystem::path& file) {
    std::vector<LostCall> calls;
    const auto bytes = read_file(file, sizeof(Page));
    Page page{};
    if (!bytes || bytes->size() != sizeof(Page)) return calls;
    std::memcpy(&page, bytes->data(), sizeof(Page));
    if (page.magic != magic) return calls;
    for (const Slot& slot : page.slots)
        if (slot.state == slot_set) calls.push_back({text_of(slot.plugin), text_of(slot.call)});
    return calls;
}

Result<std::unique_ptr<Breadcrumb>> Breadcrumb::open(const std::filesystem::path& file) {
    auto mapping = sys::MappedPage::open(file, sizeof(Page));
    if (!mapping) {
        return fail(ErrorKind::environment, "SZ-PLUGIN-050",
                    "The page that finds crashing plugins cannot be made: " +
                        sys::reason(mapping.error()) + ".",
                    "Check the permissions of the profile's run folder.", file.string());
    }
    std::unique_ptr<Breadcrumb> breadcrumb(
        new Breadcrumb(std::make_unique<Impl>(Impl{std::move(*mapping)})));
    Page& page = breadcrumb->impl_->page();
    std::memset(&page, 0, sizeof(Page));
    page.magic = magic;
    current_page.store(&page, std::memory_order_release);
    return breadcrumb;
}

Breadcrumb::Breadcrumb(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Breadcrumb::~Breadcrumb() {
    Page* own = &impl_->page();
    current_page.compare_exchange_strong(own, nullptr);
}

PluginCall::PluginCall(std::string_view plugin, const char* call) noexcept
    : plugin_(plugin), call_(call), outer_(innermost) {
    innermost = this;
    if (Slot* slot = thread_slot.get()) fill(*slot, plugin_, call_);
}

PluginCall::~PluginCall() {
    innermost = outer_;
    Slot* slot = thread_slot.get();
    if (slot == nullptr) return;
    std::atomic_signal_fence(std::memory_order_seq_cst);
    if (outer_ != nullptr) {
        fill(*slot, outer_->plugin_, outer_->call_);
    } else {
        slot->state = 0;
    }
}

bool PluginCall::is_under_way(std::string_view plugin) noexcept {
    for (const PluginCall* call = innermost; call != nullptr; call = call->outer_)
        if (call->plugin_ == plugin) return true;
    return false;
}

}  // namespace sz
