// SPDX-License-Identifier: AGPL-3.0-or-later
// A connection to an MQTT 3.1.1 broker, through Eclipse Paho's asynchronous C library.
//
// Paho calls back on its own threads with its lock held, and takes that lock in every function. So
// a listener may take a lock of its own, but must not hold it while it calls this class.
#pragma once

#include <MQTTAsync.h>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "packet.hpp"

namespace mpst::mqtt::detail {

// Called on Paho's threads; must not throw.
class BrokerListener {
  public:
    virtual void on_up() noexcept = 0;
    // The attempt failed, or the connection broke. `is_final`: another attempt will not help.
    virtual void on_down(std::string why, bool is_final) noexcept = 0;
    virtual void on_bytes(std::string_view topic, std::span<const std::byte> bytes) noexcept = 0;
    // What was published is on its way or, with `is_confirmed`, at the broker; or never will be.
    virtual void on_published(bool is_confirmed) noexcept = 0;

  protected:
    ~BrokerListener() = default;
};

struct Subscription {
    std::string topic;
    int qos = 0;
};

struct BrokerAddress {
    std::string uri, client_id, username, password;
    std::string will_topic;
    Bytes will;
    std::vector<Subscription> subscriptions;
    int keep_alive_seconds = 20;
};

// One thread at a time calls it.
class Broker {
  public:
    Broker(BrokerAddress address, BrokerListener& listener)
        : address_(std::move(address)), listener_(listener) {}
    Broker(const Broker&) = delete;
    Broker& operator=(const Broker&) = delete;
    ~Broker() { close(); }

    // One attempt, from the beginning; on_up() or on_down() follows.
    void open() {
        close();
        keep_library();
        is_deaf_ = false;
        int code = MQTTAsync_create(&handle_, address_.uri.c_str(), address_.client_id.c_str(),
                                    MQTTCLIENT_PERSISTENCE_NONE, nullptr);
        if (code != MQTTASYNC_SUCCESS) {
            handle_ = nullptr;
            return listener_.on_down(address_.uri + " is no address of a broker: " + words(code),
                                     true);
        }
        MQTTAsync_setCallbacks(handle_, this, lost, arrived, nullptr);
        MQTTAsync_willOptions will = MQTTAsync_willOptions_initializer;
        will.topicName = address_.will_topic.c_str();
        will.payload.len = static_cast<int>(address_.will.size());
        will.payload.data = address_.will.data();
        will.qos = 1;
        MQTTAsync_connectOptions options = MQTTAsync_connectOptions_initializer;
        options.keepAliveInterval = address_.keep_alive_seconds;
        options.cleansession = 1;
        options.MQTTVersion = MQTTVERSION_3_1_1;
        options.will = &will;
        if (!address_.username.empty()) options.username = address_.username.c_str();
        if (!address_.password.empty()) options.password = address_.password.c_str();
        options.context = this;
        options.onSuccess = connected;
        options.onFailure = not_connected;
        code = MQTTAsync_connect(handle_, &options);
        if (code != MQTTASYNC_SUCCESS) listener_.on_down(words(code), false);
    }

    // Says good-bye, so that the will is not said. Nothing is called back after it.
    void close() {
        if (handle_ == nullptr) return;
        is_deaf_ = true;
        MQTTAsync_destroy(&handle_);
        handle_ = nullptr;
    }

    // Whether it could be handed over.
    [[nodiscard]] bool publish(const std::string& topic, const Bytes& bytes, bool is_confirmed) {
        if (handle_ == nullptr) return false;
        MQTTAsync_responseOptions options = MQTTAsync_responseOptions_initializer;
        options.context = this;
        options.onSuccess = is_confirmed ? published<true> : published<false>;
        options.onFailure = is_confirmed ? not_published<true> : not_published<false>;
        return MQTTAsync_send(handle_, topic.c_str(), static_cast<int>(bytes.size()), bytes.data(),
                              is_confirmed ? 1 : 0, 0, &options) == MQTTASYNC_SUCCESS;
    }

  private:
    // With its last client Paho ends its threads, and does not expect a new client meanwhile. So
    // one that never connects stays.
    static void keep_library() {
        static const int kept = [] {
            MQTTAsync spare = nullptr;
            return MQTTAsync_create(&spare, "tcp://127.0.0.1:1883", "spare",
                                    MQTTCLIENT_PERSISTENCE_NONE, nullptr);
        }();
        static_cast<void>(kept);
    }

    static std::string words(int code) {
        const char* text = MQTTAsync_strerror(code);
        return text != nullptr ? text : "code " + std::to_string(code);
    }
    static Broker* heard(void* context) {
        auto* self = static_cast<Broker*>(context);
        return self->is_deaf_ ? nullptr : self;
    }

    static void connected(void* context, MQTTAsync_successData*) {
        Broker* self = heard(context);
        if (self == nullptr) return;
        std::vector<char*> topics;
        std::vector<int> qos;
        for (Subscription& wanted : self->address_.subscriptions) {
            topics.push_back(wanted.topic.data());
            qos.push_back(wanted.qos);
        }
        MQTTAsync_responseOptions options = MQTTAsync_responseOptions_initializer;
        options.context = self;
        options.onSuccess = subscribed;
        options.onFailure = not_subscribed;
        const int code = MQTTAsync_subscribeMany(self->handle_, static_cast<int>(topics.size()),
                                                 topics.data(), qos.data(), &options);
        if (code != MQTTASYNC_SUCCESS) self->listener_.on_down(words(code), false);
    }
    static void not_connected(void* context, MQTTAsync_failureData* data) {
        Broker* self = heard(context);
        if (self == nullptr) return;
        constexpr const char* refusals[] = {
            "it does not speak MQTT 3.1.1", "it does not like the client's name",
            "it is not available", "it does not know this user and password",
            "this user may not connect"};
        const int code = data != nullptr ? data->code : 0;
        if (code >= 1 && code <= 5) return self->listener_.on_down(refusals[code - 1], code != 3);
        const bool has_text = data != nullptr && data->message != nullptr;
        self->listener_.on_down(has_text ? data->message : "there is no answer", false);
    }
    static void subscribed(void* context, MQTTAsync_successData* data) {
        constexpr int refused = 0x80;  // MQTT 3.1.1, section 3.9.3
        Broker* self = heard(context);
        if (self == nullptr) return;
        const std::size_t count = self->address_.subscriptions.size();
        for (std::size_t i = 0; count > 1 && i < count && data != nullptr; ++i) {
            if (data->alt.qosList[i] == refused) return not_subscribed(context, nullptr);
        }
        self->listener_.on_up();
    }
    static void not_subscribed(void* context, MQTTAsync_failureData* data) {
        Broker* self = heard(context);
        if (self == nullptr) return;
        const bool is_refused = data == nullptr || data->code == 0x80;
        self->listener_.on_down("it does not let this program listen to the session", is_refused);
    }
    static void lost(void* context, char*) {
        if (Broker* self = heard(context))
            self->listener_.on_down("it closed the connection", false);
    }
    static int arrived(void* context, char* topic, int topic_bytes, MQTTAsync_message* message) {
        // Members keep nothing at the broker: what it kept is somebody else's, and of another time.
        if (Broker* self = heard(context); self != nullptr && message->retained == 0) {
            const std::string_view name =
                topic_bytes > 0 ? std::string_view(topic, static_cast<std::size_t>(topic_bytes))
                                : std::string_view(topic);
            self->listener_.on_bytes(name, {static_cast<const std::byte*>(message->payload),
                                            static_cast<std::size_t>(message->payloadlen)});
        }
        MQTTAsync_freeMessage(&message);
        MQTTAsync_free(topic);
        return 1;
    }
    template <bool IsConfirmed>
    static void published(void* context, MQTTAsync_successData*) {
        if (Broker* self = heard(context)) self->listener_.on_published(IsConfirmed);
    }
    template <bool IsConfirmed>
    static void not_published(void* context, MQTTAsync_failureData*) {
        if (Broker* self = heard(context)) self->listener_.on_published(IsConfirmed);
    }

    BrokerAddress address_;
    BrokerListener& listener_;
    MQTTAsync handle_ = nullptr;
    std::atomic<bool> is_deaf_{true};
};

}  // namespace mpst::mqtt::detail
