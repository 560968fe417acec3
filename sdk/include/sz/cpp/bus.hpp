// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus for a plugin or a panel: calls and topics with lambdas. JSON stays text here.
// When the Bus object goes, no lambda is called any more; calls under way are cancelled and their
// answers dropped.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "border.hpp"

namespace sz::plugin {

class Bus {
  public:
    using ReplyFn = std::function<void(sz_status status, std::string_view json)>;
    using TopicFn = std::function<void(std::string_view topic, std::string_view json)>;

    // `table` outlives this object. All functions on the thread of the table.
    explicit Bus(const sz_bus* table) : table_(table), alive_(std::make_shared<bool>(true)) {}
    ~Bus() {
        *alive_ = false;
        if (table_ == nullptr) return;
        for (const auto& subscription : subscriptions_)
            table_->unsubscribe(table_->self, subscription->number);
    }
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    // The reply comes once, later, unless this object is gone by then. Returns the number for
    // cancel(); 0: the call was refused.
    std::uint64_t call(std::string_view method, std::string_view params, ReplyFn reply,
                       std::uint32_t deadline_ms = 0) {
        if (table_ == nullptr) return 0;
        auto pending = std::make_unique<Pending>(Pending{alive_, std::move(reply)});
        std::uint64_t number = 0;
        const sz_status status = table_->call(table_->self, str(method), str(params), deadline_ms,
                                              answered, pending.get(), &number);
        if (status != SZ_OK) return 0;
        (void)pending.release();  // `answered` frees it: a reply comes exactly once
        return number;
    }
    void cancel(std::uint64_t call) {
        if (table_ != nullptr) table_->cancel(table_->self, call);
    }

    // A full name or a prefix that ends in ".*", until this object goes.
    Status subscribe(std::string_view topic, TopicFn fn) {
        if (table_ == nullptr) return fault(SZ_ERR_UNSUPPORTED);
        auto made = std::make_unique<Subscription>(Subscription{0, std::move(fn)});
        const sz_status status =
            table_->subscribe(table_->self, str(topic), published, made.get(), &made->number);
        if (status != SZ_OK) return fault(status);
        subscriptions_.push_back(std::move(made));
        return {};
    }
    // Under the plugin's own id.
    Status publish(std::string_view topic, std::string_view json) {
        return table_ == nullptr ? Status{fault(SZ_ERR_UNSUPPORTED)}
                                 : status_of(table_->publish(table_->self, str(topic), str(json)));
    }

  private:
    struct Pending {
        std::weak_ptr<bool> alive;
        ReplyFn reply;
    };
    struct Subscription {
        std::uint64_t number;
        TopicFn fn;
    };

    static void answered(void* cookie, sz_status status, sz_str json) noexcept {
        const std::unique_ptr<Pending> pending(static_cast<Pending*>(cookie));
        if (pending->alive.expired() || !pending->reply) return;
        guard_void([&] { pending->reply(status, view(json)); });
    }
    static void published(void* cookie, sz_str topic, sz_str json) noexcept {
        guard_void([&] { static_cast<Subscription*>(cookie)->fn(view(topic), view(json)); });
    }

    const sz_bus* table_;
    std::shared_ptr<bool> alive_;  // shared with answers under way, which outlive this object
    std::vector<std::unique_ptr<Subscription>> subscriptions_;
};

}  // namespace sz::plugin
