// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/bus_table.hpp"

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/bus/names.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

struct PendingCall {
    sz_reply_fn reply;
    void* cookie;
    std::uint64_t bus_call;
};
struct Subscriber {
    sz_topic_fn fn;
    void* cookie;
    std::uint64_t bus_subscription;
};

Result<Json> parse_message(sz_str text) {
    return parse_json(view(text), {limits::bus_message_bytes_max, limits::json_depth_max,
                                   limits::bus_message_bytes_max});
}

}  // namespace

// The functions of the table may be called from any thread: what they share is guarded by `mutex`,
// which is never held during a call to the plugin or the bus.
struct BusTable::State : std::enable_shared_from_this<State> {
    Bus& bus;
    KernelThread* thread;  // null for a table that answers through the executor
    Executor* executor;
    OwnThread made_on;  // the thread that `executor` posts to
    std::string plugin;

    std::mutex mutex;
    bool is_closed = false;
    std::uint64_t next_number = 1;
    std::map<std::uint64_t, PendingCall> pending;
    std::map<std::uint64_t, Subscriber> subscribers;
    std::map<std::uint64_t, Call> requests;

    State(Bus& the_bus, KernelThread* the_thread, Executor* the_executor, std::string the_plugin)
        : bus(the_bus), thread(the_thread), executor(the_executor), plugin(std::move(the_plugin)) {}

    [[nodiscard]] bool is_on_thread() const noexcept {
        return thread == nullptr ? made_on.is_current() : thread->is_current();
    }

    static State& of(void* self) noexcept { return *static_cast<State*>(self); }

    // On the thread of the table: at once for the kernel's, posted for the other.
    template <class Work>
    void deliver(Work work) {
        if (executor == nullptr) return work(*this);
        executor->post(
            [self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
    }

    void answer(std::uint64_t number, sz_status status, const std::string& json) {
        PendingCall call{};
        {
            const std::lock_guard lock(mutex);
            const auto found = pending.find(number);
            if (found == pending.end()) return;
            call = found->second;
            pending.erase(found);
        }
        (void)call_plugin(is_on_thread(), plugin, "bus.reply",
                          [&] { return call.reply(call.cookie, status, str(json)), SZ_OK; });
    }
    void tell(std::uint64_t number, const std::string& topic, const std::string& json) {
        Subscriber subscriber{};
        {
            const std::lock_guard lock(mutex);
            const auto found = subscribers.find(number);
            if (found == subscribers.end()) return;
            subscriber = found->second;
        }
        (void)call_plugin(is_on_thread(), plugin, "bus.topic", [&] {
            return subscriber.fn(subscriber.cookie, str(topic), str(json)), SZ_OK;
        });
    }
    [[nodiscard]] bool is_own_name(std::string_view name) const {
        return name.size() > plugin.size() + 1 && name.substr(0, plugin.size()) == plugin &&
               name[plugin.size()] == '.';
    }
    [[nodiscard]] bool is_open() {
        const std::lock_guard lock(mutex);
        return !is_closed;
    }
    // A request that nobody has answered yet; empty if somebody has.
    [[nodiscard]] std::map<std::uint64_t, Call>::node_type take_request(std::uint64_t request) {
        const std::lock_guard lock(mutex);
        return requests.extract(request);
    }
    void handle(const Call& call, sz_method_fn fn, void* cookie);
    void close();

    static sz_status call(void* self, sz_str method, sz_str params, std::uint32_t deadline_ms,
                          sz_reply_fn reply, void* cookie, std::uint64_t* out_call);
    static void cancel(void* self, std::uint64_t call);
    static sz_status subscribe(void* self, sz_str topic, sz_topic_fn fn, void* cookie,
                               std::uint64_t* out_subscription);
    static void unsubscribe(void* self, std::uint64_t subscription);
    static sz_status publish(void* self, sz_str topic, sz_str json);
    static sz_status add_method(void* self, sz_str name, sz_str schema, sz_method_fn fn,
                                void* cookie);
    static sz_status reply(void* self, std::uint64_t request, sz_status status, sz_str json);
};

sz_status BusTable::State::call(void* self, sz_str method, sz_str params, std::uint32_t deadline_ms,
                                sz_reply_fn reply, void* cookie, std::uint64_t* out_call) {
    auto& state = of(self);
    auto json = parse_message(params);
    if (!json || !json->is_object() || reply == nullptr) return SZ_ERR_INVALID;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(state.mutex);
        if (state.is_closed) return SZ_ERR_CANCELLED;
        number = state.next_number++;
        state.pending.emplace(number, PendingCall{reply, cookie, 0});
    }
    if (out_call != nullptr) *out_call = number;
    const auto bus_call = state.bus.call(
        std::string(view(method)), std::move(*json), {std::chrono::milliseconds(deadline_ms)},
        [weak = state.weak_from_this(), number](Result<Json> result) {
            const auto alive = weak.lock();
            if (!alive) return;
            alive->deliver(
                [number, status = result ? SZ_OK : abi_status(result.error().kind),
                 text = canonical_json(result ? *result : error_to_json(result.error()))](
                    State& table) { table.answer(number, status, text); });
        });
    const std::lock_guard lock(state.mutex);
    if (const auto found = state.pending.find(number); found != state.pending.end())
        found->second.bus_call = bus_call;
    return SZ_OK;
}

void BusTable::State::cancel(void* self, std::uint64_t call) {
    auto& state = of(self);
    std::uint64_t bus_call = 0;
    {
        const std::lock_guard lock(state.mutex);
        if (const auto found = state.pending.find(call); found != state.pending.end())
            bus_call = found->second.bus_call;
    }
    if (bus_call != 0) state.bus.cancel(bus_call);
}

sz_status BusTable::State::subscribe(void* self, sz_str topic, sz_topic_fn fn, void* cookie,
                                     std::uint64_t* out_subscription) {
    auto& state = of(self);
    if (fn == nullptr || !is_topic_pattern(view(topic))) return SZ_ERR_INVALID;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(state.mutex);
        if (state.is_closed) return SZ_ERR_CANCELLED;
        number = state.next_number++;
        state.subscribers.emplace(number, Subscriber{fn, cookie, 0});
    }
    const auto bus_subscription = state.bus.subscribe(
        std::string(view(topic)),
        [weak = state.weak_from_this(), number](const std::string& name, const Json& message) {
            const auto alive = weak.lock();
            if (!alive) return;
            alive->deliver([number, name, text = canonical_json(message)](State& table) {
                table.tell(number, name, text);
            });
        });
    if (out_subscription != nullptr) *out_subscription = number;
    const std::lock_guard lock(state.mutex);
    if (const auto found = state.subscribers.find(number); found != state.subscribers.end())
        found->second.bus_subscription = bus_subscription;
    return SZ_OK;
}

void BusTable::State::unsubscribe(void* self, std::uint64_t subscription) {
    auto& state = of(self);
    // Ended on a wrong thread too: whoever asks for it may free what `fn` works on.
    (void)is_allowed(state.is_on_thread(), state.plugin, "sz_bus.unsubscribe");
    std::uint64_t bus_subscription = 0;
    {
        const std::lock_guard lock(state.mutex);
        const auto found = state.subscribers.find(subscription);
        if (found == state.subscribers.end()) return;
        bus_subscription = found->second.bus_subscription;
        state.subscribers.erase(found);
    }
    state.bus.unsubscribe(bus_subscription);
}

sz_status BusTable::State::publish(void* self, sz_str topic, sz_str json) {
    auto& state = of(self);
    if (!state.is_own_name(view(topic))) return SZ_ERR_DENIED;
    auto message = parse_message(json);
    if (!message || !is_bus_name(view(topic))) return SZ_ERR_INVALID;
    if (!state.is_open()) return SZ_ERR_CANCELLED;
    state.bus.publish(std::string(view(topic)), std::move(*message));
    return SZ_OK;
}

sz_status BusTable::State::add_method(void* self, sz_str name, sz_str schema, sz_method_fn fn,
                                      void* cookie) {
    auto& state = of(self);
    if (state.thread == nullptr) return SZ_ERR_UNSUPPORTED;
    if (!is_allowed(state.is_on_thread(), state.plugin, "sz_bus.add_method"))
        return SZ_ERR_INTERNAL;
    if (!state.is_own_name(view(name))) return SZ_ERR_DENIED;
    if (fn == nullptr || schema.size == 0) return SZ_ERR_INVALID;
    if (!state.is_open()) return SZ_ERR_CANCELLED;
    const auto added =
        state.bus.add_method({std::string(view(name)), {}, std::string(view(schema)), state.plugin},
                             [weak = state.weak_from_this(), fn, cookie](const Call& call) {
                                 if (const auto alive = weak.lock())
                                     alive->handle(call, fn, cookie);
                             });
    if (added) return SZ_OK;
    const Error& why = added.error();
    log::error("plugin:" + state.plugin, clean_line(why.message + " " + why.hint +
                                                    (why.where.empty() ? "" : " ") + why.where));
    return why.code == "SZ-BUS-010" ? SZ_ERR_CONFLICT : SZ_ERR_INVALID;
}

void BusTable::State::handle(const Call& call, sz_method_fn fn, void* cookie) {
    const std::string params = canonical_json(call.params());
    std::uint64_t request = 0;
    {
        const std::lock_guard lock(mutex);
        if (is_closed) return;
        request = next_number++;
        requests.emplace(request, call);
    }
    // A caller that gave up: the plugin's late answer finds nobody.
    call.on_over([weak = weak_from_this(), request] {
        if (const auto alive = weak.lock()) (void)alive->take_request(request);
    });
    const sz_status status = call_plugin(is_on_thread(), plugin, "bus.method",
                                         [&] { return fn(cookie, request, str(params)), SZ_OK; });
    if (status == SZ_OK) return;
    if (const auto unanswered = take_request(request); !unanswered.empty()) {
        unanswered.mapped().answer(
            fail(misbehaved(plugin, "its method “" + call.method() + "” failed inside.")));
    }
}

sz_status BusTable::State::reply(void* self, std::uint64_t request, sz_status status, sz_str json) {
    auto& state = of(self);
    const auto taken = state.take_request(request);
    if (taken.empty()) return SZ_ERR_NOT_FOUND;
    auto answer = parse_message(json);
    if (!answer) {
        taken.mapped().answer(
            fail(misbehaved(state.plugin, "the answer of its method is not JSON.")));
        return SZ_ERR_INVALID;
    }
    if (status == SZ_OK) {
        taken.mapped().answer(std::move(*answer));
    } else {
        Error error = error_from_json(*answer);
        error.kind = error_kind(status);
        taken.mapped().answer(fail(std::move(error)));
    }
    return SZ_OK;
}

void BusTable::State::close() {
    std::map<std::uint64_t, PendingCall> calls;
    std::map<std::uint64_t, Subscriber> subscriptions;
    std::map<std::uint64_t, Call> unanswered;
    {
        const std::lock_guard lock(mutex);
        if (std::exchange(is_closed, true)) return;
        calls.swap(pending);
        subscriptions.swap(subscribers);
        unanswered.swap(requests);
    }
    for (const auto& [number, subscriber] : subscriptions)
        bus.unsubscribe(subscriber.bus_subscription);
    if (thread != nullptr) bus.remove_methods(plugin);
    const std::string stopping =
        canonical_json(error_to_json({ErrorKind::cancelled,
                                      "SZ-BUS-005",
                                      "The program is closing.",
                                      "Start it again and repeat the request.",
                                      {}}));
    for (const auto& [number, call] : calls) {
        bus.cancel(call.bus_call);
        (void)call_plugin(is_on_thread(), plugin, "bus.reply", [&] {
            return call.reply(call.cookie, SZ_ERR_CANCELLED, str(stopping)), SZ_OK;
        });
    }
}

BusTable::BusTable(std::shared_ptr<State> state)
    : state_(std::move(state)), table_{sizeof(sz_bus),     0,
                                       state_.get(),       State::call,
                                       State::cancel,      State::subscribe,
                                       State::unsubscribe, State::publish,
                                       State::add_method,  State::reply} {}

std::unique_ptr<BusTable> BusTable::on_kernel_thread(Bus& bus, KernelThread& thread,
                                                     std::string plugin) {
    return std::unique_ptr<BusTable>(
        new BusTable(std::make_shared<State>(bus, &thread, nullptr, std::move(plugin))));
}

std::unique_ptr<BusTable> BusTable::on_executor(Bus& bus, Executor& executor, std::string plugin) {
    return std::unique_ptr<BusTable>(
        new BusTable(std::make_shared<State>(bus, nullptr, &executor, std::move(plugin))));
}

BusTable::~BusTable() { close(); }

void BusTable::close() { state_->close(); }

}  // namespace sz
