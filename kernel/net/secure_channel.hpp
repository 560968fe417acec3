// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages between two that have proven who they are, cut into sealed records.
//
// A record: kind (1 byte), number (8), then ChaCha20-Poly1305 (RFC 8439) over the content, with the
// channel, the kind and the number as associated data. Each channel and direction has a key of its
// own and numbers its records 0, 1, 2 …; since a transport is reliable and keeps the order, any
// other number than the next is a fault or an attack. Every `records_per_key` records the key is
// renewed as Noise does it (revision 34, section 11.3), at both ends at the same number.
//
// A record that is refused ends the channel: nothing after it is read. The end itself is a record,
// so that a connection that was cut off can be told from one that was closed. [kernel-thread]
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/base/limits.hpp"
#include "kernel/base/result.hpp"
#include "kernel/crypto/noise.hpp"
#include "kernel/net/packet.hpp"

namespace sz::net {

inline constexpr std::size_t record_head_bytes = 1 + 8;
inline constexpr std::size_t record_more_bytes = record_head_bytes + noise::tag_bytes;
inline constexpr std::size_t bulk_record_bytes_max = 4096;  // lets play through in between

// Bytes of content that one record of the channel holds.
[[nodiscard]] constexpr std::size_t record_content_max(std::uint32_t channel) {
    const std::size_t whole =
        channel == SZ_CHANNEL_BULK ? bulk_record_bytes_max : SZ_TRANSPORT_MESSAGE_BYTES_MAX;
    return whole - record_more_bytes;
}

[[nodiscard]] constexpr std::size_t message_bytes_max(std::uint32_t channel) {
    return channel == SZ_CHANNEL_BULK ? limits::net_bulk_message_bytes_max
                                      : limits::net_play_message_bytes_max;
}

// At most limits::net_reason_bytes_max of it, without half a letter of UTF-8 at the end.
[[nodiscard]] std::string_view cut_reason(std::string_view reason);

struct ChannelOptions {
    std::uint64_t records_per_key = limits::net_records_per_key;  // the same at both ends
    std::size_t content_max = SIZE_MAX;  // shorter records than record_content_max()
};

// What a handshake proved. Only a handshake can say so.
class Established {
  public:
    noise::Role role;
    KeySource keys;
    noise::Hash hash;
    std::string own_client_id;
    std::string peer_client_id;

  private:
    friend class Handshake;
    Established(noise::Role role_, KeySource keys_, const noise::Hash& hash_, std::string own,
                std::string peer)
        : role(role_),
          keys(std::move(keys_)),
          hash(hash_),
          own_client_id(std::move(own)),
          peer_client_id(std::move(peer)) {}
};

// For sz_transport.protect.
struct WireKeys {
    SecretKey send, receive;
};

// What one record brought.
struct Arrival {
    enum class Kind : std::uint8_t {
        nothing,  // a part of a message, or a question that `reply` answers
        message,  // `bytes`
        pong,     // `token` came back
    };
    Kind kind = Kind::nothing;
    std::string bytes;
    std::uint64_t token = 0;
    std::optional<Packet> reply;  // to be sent
    std::optional<std::string>
        end;  // all that the peer sent has come, and it has closed: its reason
};

class SecureChannel {
  public:
    SecureChannel(Established established, ChannelOptions options);

    [[nodiscard]] const std::string& own_client_id() const { return about_.own_client_id; }
    [[nodiscard]] const std::string& peer_client_id() const { return about_.peer_client_id; }
    [[nodiscard]] noise::Role role() const { return about_.role; }
    // Names this connection: the same at both ends, of no other. spoken_words() says it.
    [[nodiscard]] const noise::Hash& hash() const { return about_.hash; }
    // A key of this connection for a use of one's own: the same at both ends.
    [[nodiscard]] SecretKey key(std::string_view label) const { return about_.keys.key(label); }
    [[nodiscard]] WireKeys wire_keys() const;

    // Seals a message of 0 … message_bytes_max(channel) bytes: its records, in order.
    // SZ-NET-025 too long, 026 bulk before it is open, 027 the channel is closed.
    [[nodiscard]] Result<std::vector<Packet>> send(std::uint32_t channel, std::string_view message);
    // The same for a message that fits one record; another is too long.
    [[nodiscard]] Result<Packet> send_one(std::uint32_t channel, std::string_view message);
    // Asks for an answer on the play channel, which brings `token` back.
    [[nodiscard]] Result<Packet> ping(std::uint64_t token);
    // The last record of this side. A longer reason than limits::net_reason_bytes_max is cut.
    [[nodiscard]] Result<Packet> close(std::string_view reason);

    // Bulk opens with the first record that the peer sent on play: between channels there is no
    // order, and what came before the peer was ready would be refused.
    [[nodiscard]] bool is_open(std::uint32_t channel) const {
        return channel == SZ_CHANNEL_PLAY || lanes_[SZ_CHANNEL_PLAY].received > 0;
    }

    // SZ-NET-020 no record, 021 not the next number (repeated, left out, out of order), 022 changed
    // on the way or from elsewhere, 023 nothing that may be said (here, or any more), 024 a longer
    // message than the limit. After an error the same one comes again.
    [[nodiscard]] Result<Arrival> receive(std::uint32_t channel, std::string_view bytes);
    // What a peer can make us hold of a message that is not whole yet, in each channel. At first
    // limits::net_stranger_message_bytes_max; at most message_bytes_max().
    void set_receive_limit(std::uint32_t channel, std::size_t bytes_max);

    // The transport has closed. SZ-NET-028 when the peer had not, so that something may be missing.
    // Who has closed itself need not ask.
    [[nodiscard]] Status transport_closed() const;

  private:
    struct Lane {
        noise::CipherState send, receive;
        std::uint64_t sent = 0, received = 0;  // records
        std::string partial;                   // of a message that is not whole yet
        std::size_t partial_max = limits::net_stranger_message_bytes_max;
    };

    [[nodiscard]] Lane lane(const char* name) const;
    [[nodiscard]] std::size_t content_max(std::uint32_t channel) const;
    [[nodiscard]] Result<Packet> seal(std::uint32_t channel, char kind, std::string_view content);
    [[nodiscard]] Result<Arrival> open(std::uint32_t channel, std::string_view bytes);
    [[nodiscard]] Status check_head(std::uint32_t channel, std::string_view bytes) const;
    [[nodiscard]] Result<Arrival> take_part(Lane& lane, std::string_view bytes, bool is_last,
                                            std::string_view associated);
    [[nodiscard]] Result<Arrival> take_word(char kind, const std::string& content);
    [[nodiscard]] Status take_end(const std::string& content);
    [[nodiscard]] bool has_all() const;

    Established about_;
    ChannelOptions options_;
    std::array<Lane, channels> lanes_;
    bool is_closed_ = false;                    // by this side
    std::optional<std::uint64_t> bulk_at_end_;  // records that the peer has sent in all
    std::string reason_;
    std::optional<Error> failure_;
};

}  // namespace sz::net
