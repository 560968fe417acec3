// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/secure_channel.hpp"

#include <algorithm>
#include <utility>

#include "kernel/base/text.hpp"

namespace sz::net {

namespace {

// Kinds of records.
constexpr char part = 1;  // of a message that goes on
constexpr char last = 2;  // of a message that ends here
constexpr char ping_word = 3;
constexpr char pong_word = 4;
constexpr char end_word = 5;  // the number of bulk records that were sent, and a reason

std::string associated_data(std::uint32_t channel, std::string_view head) {
    std::string data(1, static_cast<char>(channel));
    data += head;
    return data;
}

bool is_known(std::uint32_t channel, char kind) {
    return kind == part || kind == last ||
           (channel == SZ_CHANNEL_PLAY && kind >= ping_word && kind <= end_word);
}

const char* const connect_again =
    "Connect again: what was not confirmed is sent again. If it happens again, somebody between "
    "the two tampers with the connection.";

tl::unexpected<Error> refused(std::string code, std::string message) {
    return fail(ErrorKind::denied, std::move(code), std::move(message), connect_again);
}

tl::unexpected<Error> forged() {
    return refused("SZ-NET-022", "A record was changed on its way, or is not of the other side.");
}

tl::unexpected<Error> too_long(std::size_t size, std::size_t most) {
    return fail(ErrorKind::limit, "SZ-NET-025",
                "A message of " + std::to_string(size) + " bytes is too long to send.",
                "At most " + std::to_string(most) + " bytes are possible.");
}

tl::unexpected<Error> not_allowed() {
    return refused("SZ-NET-023", "The other side sent something that may not be said here.");
}

}  // namespace

std::string_view cut_reason(std::string_view reason) {
    return whole_letters(reason, limits::net_reason_bytes_max);
}

SecureChannel::SecureChannel(Established established, ChannelOptions options)
    : about_(std::move(established)), options_(options), lanes_{lane("play"), lane("bulk")} {}

SecureChannel::Lane SecureChannel::lane(const char* name) const {
    const std::string label = std::string("SessionZero record v1 ") + name;
    SecretKey send = key(label + " initiator"), receive = key(label + " responder");
    if (about_.role == noise::Role::responder) std::swap(send, receive);
    return {noise::CipherState(std::move(send)),   noise::CipherState(std::move(receive)), 0, 0, {},
            limits::net_stranger_message_bytes_max};
}

WireKeys SecureChannel::wire_keys() const {
    WireKeys keys{key("SessionZero wire v1 initiator"), key("SessionZero wire v1 responder")};
    if (about_.role == noise::Role::responder) std::swap(keys.send, keys.receive);
    return keys;
}

Result<Packet> SecureChannel::seal(std::uint32_t channel, char kind, std::string_view content) {
    if (is_closed_ || failure_) {
        return fail(ErrorKind::environment, "SZ-NET-027", "The connection is closed.",
                    "Connect again.");
    }
    if (!is_open(channel)) {
        return fail(ErrorKind::conflict, "SZ-NET-026",
                    "The other side is not ready for large transfers yet.",
                    "Send them when it has sent something itself.");
    }
    Lane& lane = lanes_[channel];
    if (lane.sent > 0 && lane.sent % options_.records_per_key == 0) lane.send.rekey();
    Packet record{channel, {}};
    record.bytes.reserve(content.size() + record_more_bytes);
    record.bytes += kind;
    put_number(record.bytes, lane.sent++);
    const std::string associated = associated_data(channel, record.bytes);
    SZ_TRY(lane.send.encrypt(associated, content, record.bytes));
    return record;
}

std::size_t SecureChannel::content_max(std::uint32_t channel) const {
    return std::min(record_content_max(channel), options_.content_max);
}

Result<Packet> SecureChannel::send_one(std::uint32_t channel, std::string_view message) {
    if (channel >= channels || message.size() > content_max(channel))
        return too_long(message.size(), content_max(channel));
    return seal(channel, last, message);
}

Result<std::vector<Packet>> SecureChannel::send(std::uint32_t channel, std::string_view message) {
    if (channel >= channels || message.size() > message_bytes_max(channel))
        return too_long(message.size(), message_bytes_max(channel));
    const std::size_t most = content_max(channel);
    std::vector<Packet> records;
    records.reserve(message.size() / most + 1);
    do {
        const std::string_view content = message.substr(0, most);
        message.remove_prefix(content.size());
        SZ_ASSIGN(Packet record, seal(channel, message.empty() ? last : part, content));
        records.push_back(std::move(record));
    } while (!message.empty());
    return records;
}

Result<Packet> SecureChannel::ping(std::uint64_t token) {
    std::string content;
    put_number(content, token);
    return seal(SZ_CHANNEL_PLAY, ping_word, content);
}

Result<Packet> SecureChannel::close(std::string_view reason) {
    std::string content;
    put_number(content, lanes_[SZ_CHANNEL_BULK].sent);
    content += cut_reason(reason);
    auto record = seal(SZ_CHANNEL_PLAY, end_word, content);
    is_closed_ = true;
    return record;
}

void SecureChannel::set_receive_limit(std::uint32_t channel, std::size_t bytes_max) {
    if (channel < channels)
        lanes_[channel].partial_max = std::min(bytes_max, message_bytes_max(channel));
}

Result<Arrival> SecureChannel::receive(std::uint32_t channel, std::string_view bytes) {
    if (failure_) return fail(*failure_);
    auto arrival = open(channel, bytes);
    if (arrival && has_all()) {
        arrival->end = reason_;
        // Half a message is never the last word.
        if (!lanes_[SZ_CHANNEL_BULK].partial.empty()) arrival = not_allowed();
    }
    if (!arrival) {
        failure_ = arrival.error();
        for (Lane& lane : lanes_) std::string().swap(lane.partial);
    }
    return arrival;
}

Status SecureChannel::check_head(std::uint32_t channel, std::string_view bytes) const {
    if (channel >= channels || bytes.size() < record_more_bytes ||
        bytes.size() > record_content_max(channel) + record_more_bytes)
        return refused("SZ-NET-020", "The other side sent something that is no sealed record.");
    const Lane& lane = lanes_[channel];
    const std::uint64_t number = get_number(bytes.substr(1));
    if (number != lane.received) {
        return refused("SZ-NET-021", "A record with the number " + std::to_string(number) +
                                         " came where " + std::to_string(lane.received) +
                                         " was due: one was lost, repeated or moved.");
    }
    const bool is_past_end =
        bulk_at_end_ && (channel == SZ_CHANNEL_PLAY || lane.received >= *bulk_at_end_);
    return is_past_end || !is_known(channel, bytes[0]) ? Status(not_allowed()) : Status();
}

Result<Arrival> SecureChannel::open(std::uint32_t channel, std::string_view bytes) {
    SZ_TRY(check_head(channel, bytes));
    Lane& lane = lanes_[channel];
    if (lane.received > 0 && lane.received % options_.records_per_key == 0) lane.receive.rekey();
    const std::string associated = associated_data(channel, bytes.substr(0, record_head_bytes));
    const char kind = bytes[0];
    bytes.remove_prefix(record_head_bytes);
    if (kind == part || kind == last) return take_part(lane, bytes, kind == last, associated);
    std::string content;
    if (!lane.receive.decrypt(associated, bytes, content)) return forged();
    ++lane.received;
    return take_word(kind, content);
}

Result<Arrival> SecureChannel::take_part(Lane& lane, std::string_view bytes, bool is_last,
                                         std::string_view associated) {
    // Before it is opened: nothing that is too much is held for a moment.
    const std::size_t size = lane.partial.size() + bytes.size() - noise::tag_bytes;
    if (size <= lane.partial_max && !lane.receive.decrypt(associated, bytes, lane.partial))
        return forged();
    if (size > lane.partial_max) {
        return refused("SZ-NET-024",
                       "The other side sends a longer message than it may, which is " +
                           std::to_string(lane.partial_max) + " bytes.");
    }
    ++lane.received;
    if (is_last) return Arrival{Arrival::Kind::message, std::exchange(lane.partial, {}), 0, {}, {}};
    // A part of nothing could go on for ever.
    if (bytes.size() == noise::tag_bytes) return not_allowed();
    return Arrival{};
}

Result<Arrival> SecureChannel::take_word(char kind, const std::string& content) {
    if (kind == end_word) {
        SZ_TRY(take_end(content));
        return Arrival{};
    }
    if (content.size() != 8) return not_allowed();
    if (kind == pong_word) return Arrival{Arrival::Kind::pong, {}, get_number(content), {}, {}};
    Arrival asked;
    if (is_closed_) return asked;
    SZ_ASSIGN(asked.reply, seal(SZ_CHANNEL_PLAY, pong_word, content));
    return asked;
}

Status SecureChannel::take_end(const std::string& content) {
    if (content.size() < 8 || content.size() > 8 + limits::net_reason_bytes_max)
        return not_allowed();
    bulk_at_end_ = get_number(content);
    reason_ = content.substr(8);
    const bool is_cut = !lanes_[SZ_CHANNEL_PLAY].partial.empty();
    if (is_cut || *bulk_at_end_ < lanes_[SZ_CHANNEL_BULK].received) return not_allowed();
    return {};
}

bool SecureChannel::has_all() const {
    return bulk_at_end_ && lanes_[SZ_CHANNEL_BULK].received == *bulk_at_end_;
}

Status SecureChannel::transport_closed() const {
    if (failure_) return fail(*failure_);
    if (has_all()) return {};
    return fail(ErrorKind::environment, "SZ-NET-028",
                "The connection was cut off: the other side had not closed it.",
                "Connect again: what was not confirmed is sent again.");
}

}  // namespace sz::net
