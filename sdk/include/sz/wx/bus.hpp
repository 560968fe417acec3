// SPDX-License-Identifier: AGPL-3.0-or-later
// The bus as a panel uses it: JSON values in and out, answers on the ui thread, nothing after the
// panel has gone. [ui-thread]
//
// Needs nlohmann_json.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "../host.h"
#include "text.hpp"

namespace sz::ui {

using Json = nlohmann::json;

// A member as text, "" when it is missing or of another type.
[[nodiscard]] inline std::string text_of(const Json& object, const char* key) {
    if (!object.is_object()) return {};
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

// A member of whatever kind; null when it is missing. Unlike Json::value it never throws, whatever
// a pack or a plugin has sent.
[[nodiscard]] inline const Json& member_of(const Json& object, const char* key) {
    static const Json none;
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found == object.end() ? none : *found;
}

// A member that is an array or object; an empty one of its kind when it is missing.
[[nodiscard]] inline const Json& list_of(const Json& object, const char* key) {
    static const Json none = Json::array();
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found != object.end() && found->is_array() ? *found : none;
}
[[nodiscard]] inline const Json& object_of(const Json& object, const char* key) {
    static const Json none = Json::object();
    if (!object.is_object()) return none;
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : none;
}
[[nodiscard]] inline std::int64_t number_of(const Json& object, const char* key,
                                            std::int64_t fallback = 0) {
    if (!object.is_object()) return fallback;
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<std::int64_t>() : fallback;
}
[[nodiscard]] inline bool flag_of(const Json& object, const char* key) {
    if (!object.is_object()) return false;
    const auto found = object.find(key);
    return found != object.end() && found->is_boolean() && found->get<bool>();
}
[[nodiscard]] inline wxString label_of(const Json& object, const char* key) {
    return from_utf8(text_of(object, key));
}

// Text as JSON; bytes that are not UTF-8 are replaced rather than thrown about.
[[nodiscard]] inline std::string dump(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Why a call failed, in the bus's own words.
struct BusError {
    sz_status status = SZ_ERR_INTERNAL;
    std::string code, kind, message, hint, where;

    // "There is no such pack. Import it first."
    [[nodiscard]] wxString sentence() const {
        wxString out = from_utf8(message.empty() ? "The program gave no answer." : message);
        if (!hint.empty()) out += " " + from_utf8(hint);
        return out;
    }
    [[nodiscard]] bool is_conflict() const {
        return status == SZ_ERR_CONFLICT || kind == "conflict";
    }
    // The active identity has a passphrase and is locked: nothing can be changed until it is given.
    [[nodiscard]] bool is_locked() const { return code == "SZ-IDENTITY-003"; }
    [[nodiscard]] bool is_cancelled() const {
        return status == SZ_ERR_CANCELLED || kind == "cancelled";
    }
};

class PanelBus {
  public:
    using Answered = std::function<void(const Json&)>;
    using Failed = std::function<void(const BusError&)>;
    using Heard = std::function<void(const Json&)>;

    // `bus` may be null (a host without one): every call then fails politely.
    explicit PanelBus(const sz_bus* bus) : bus_(bus), alive_(std::make_shared<char>()) {}
    ~PanelBus() { close(); }
    PanelBus(const PanelBus&) = delete;
    PanelBus& operator=(const PanelBus&) = delete;

    // `failed` may be empty: the failure then goes to `on_unhandled`.
    std::uint64_t call(const std::string& method, const Json& params, Answered answered,
                       Failed failed = {}, std::uint32_t deadline_ms = 0) {
        auto waiting = std::make_unique<Waiting>(
            Waiting{alive_, this, std::move(answered), std::move(failed)});
        const std::string text = dump(params);
        std::uint64_t number = 0;
        if (bus_ == nullptr) return 0;
        if (bus_->call(bus_->self, borrow(method), borrow(text), deadline_ms, &PanelBus::reply,
                       waiting.get(), &number) == SZ_OK)
            static_cast<void>(waiting.release());  // owned by the reply, which comes exactly once
        return number;
    }

    void cancel(std::uint64_t call) {
        if (bus_ != nullptr && call != 0) bus_->cancel(bus_->self, call);
    }

    void subscribe(const std::string& topic, Heard heard) {
        if (bus_ == nullptr) return;
        listeners_.push_back(std::make_unique<Listener>(Listener{0, std::move(heard), this}));
        Listener& listener = *listeners_.back();
        bus_->subscribe(bus_->self, borrow(topic), &PanelBus::topic, &listener, &listener.number);
    }

    // Ends everything; nothing is called back afterwards.
    void close() {
        alive_.reset();
        if (bus_ != nullptr)
            for (const auto& listener : listeners_) bus_->unsubscribe(bus_->self, listener->number);
        listeners_.clear();
        bus_ = nullptr;
    }

    Failed on_unhandled;              // shows an error nobody else shows
    std::function<void()> on_locked;  // asks for the passphrase that a call wanted, besides

  private:
    struct Waiting {
        std::weak_ptr<char> alive;
        PanelBus* bus;
        Answered answered;
        Failed failed;
    };
    struct Listener {
        std::uint64_t number;
        Heard heard;
        PanelBus* bus;
    };

    static void reply(void* cookie, sz_status status, sz_str json) noexcept {
        const std::unique_ptr<Waiting> waiting(static_cast<Waiting*>(cookie));
        if (waiting->alive.expired()) return;
        try {
            answer(*waiting, status, Json::parse(view(json), nullptr, false));
        } catch (const std::exception& e) {  // no exception crosses the border
            if (!waiting->alive.expired()) waiting->bus->complain(e.what());
        } catch (...) {
            if (!waiting->alive.expired()) waiting->bus->complain("a defect without a name");
        }
    }

    static void answer(const Waiting& waiting, sz_status status, const Json& value) {
        if (status == SZ_OK && !value.is_discarded()) {
            if (waiting.answered) waiting.answered(value);
            return;
        }
        const BusError error{status == SZ_OK ? SZ_ERR_INTERNAL : status,
                             text_of(value, "code"),
                             text_of(value, "kind"),
                             text_of(value, "message"),
                             text_of(value, "hint"),
                             text_of(value, "where")};
        const Failed& failed = waiting.failed ? waiting.failed : waiting.bus->on_unhandled;
        if (failed) failed(error);
        if (waiting.alive.expired()) return;  // the answer was the end of the panel
        if (error.is_locked() && waiting.bus->on_locked) waiting.bus->on_locked();
    }

    static void topic(void* cookie, sz_str, sz_str json) noexcept {
        const auto* listener = static_cast<Listener*>(cookie);
        try {
            const Json value = Json::parse(view(json), nullptr, false);
            if (!value.is_discarded()) listener->heard(value);
        } catch (const std::exception& e) {
            listener->bus->complain(e.what());
        } catch (...) {
            listener->bus->complain("a defect without a name");
        }
    }

    // A defect in the panel's own handler: said, so that it can be mended, and survived.
    void complain(const char* what) const noexcept {
        try {
            const BusError error{SZ_ERR_INTERNAL,
                                 {},
                                 "internal",
                                 std::string("This panel could not use an answer: ") + what + ".",
                                 {},
                                 {}};
            if (on_unhandled) on_unhandled(error);
        } catch (...) {
            return;  // nothing is left that could be said
        }
    }

    const sz_bus* bus_;
    std::shared_ptr<char> alive_;  // its end is the end of every pending answer
    std::vector<std::unique_ptr<Listener>> listeners_;
};

}  // namespace sz::ui
