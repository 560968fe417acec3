// SPDX-License-Identifier: AGPL-3.0-or-later
#include "enet_link.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <utility>

namespace direct::udp {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t channels = 3;  // play, bulk, goodbye
constexpr enet_uint32 retry_ms_max = 400;
// Play is said again after two round trips at most: what is lost three times is felt long enough.
constexpr enet_uint32 play_retry_ms_min = 150;
// Bulk makes its own queues: what waits in one is not to be taken for lost.
constexpr enet_uint32 bulk_queue_ms = 150;
constexpr enet_uint32 ping_every_ms = 1000;
constexpr std::size_t waiting_bytes_max = 4 * enet_window_bytes;  // out of order, from one peer
constexpr std::size_t play_on_way_max = enet_window_bytes / 2;
constexpr std::size_t early_max = 4;
// All of it may wait at the other end for one message of each channel that is lost again and again.
constexpr std::array<std::size_t, SZ_CHANNELS> ahead_max{enet_window_bytes, 2 * enet_window_bytes};
static_assert(ahead_max[0] + ahead_max[1] + 4 * SZ_TRANSPORT_MESSAGE_BYTES_MAX < waiting_bytes_max);
// The loopback sockets hold about two hundred datagrams: what ENet sends in one turn is to fit.
constexpr std::size_t turn_bytes = 64 * 1024;
constexpr int socket_buffer_bytes = 1024 * 1024;
constexpr milliseconds busy_tick{10}, idle_tick{250};
constexpr int events_at_once = 256;
// What a peer may make ENet keep: it counts only the bytes of messages, and takes their word for
// the number of pieces. Ours have 15 pieces at most.
constexpr enet_uint32 fragments_max = 20;
// Of a channel, out of order: ENet looks through all of it for each that comes.
constexpr std::size_t kept_max = 1000;

sz::plugin::Fault no_socket() {
    return {SZ_ERR_ENVIRONMENT,
            "SZ-TRANSPORT-011",
            "The system gives no more network sockets to this program.",
            "Close other connections, or raise the limit of open files.",
            {},
            {}};
}

// What is not ours to keep is let go with the peer that sent it: nothing of ours is unreliable.
bool is_abused(const ENetPeer& peer) {
    for (std::size_t i = 0; i < peer.channelCount; ++i) {
        ENetChannel& channel = peer.channels[i];
        if (!enet_list_empty(&channel.incomingUnreliableCommands)) return true;
        std::size_t kept = 0;
        ENetList& all = channel.incomingReliableCommands;
        for (ENetListIterator at = enet_list_begin(&all); at != enet_list_end(&all);
             at = enet_list_next(at)) {
            const auto* one = reinterpret_cast<const ENetIncomingCommand*>(at);
            if (one->fragmentCount > fragments_max || ++kept > kept_max) return true;
        }
    }
    return false;
}

// Asked before ENet reads the next of several datagrams. Whether it is to be passed over.
int intercept(ENetHost* host, ENetEvent* /*event*/) { return is_abused(host->peers[0]) ? 1 : 0; }

}  // namespace

sz::plugin::Result<std::unique_ptr<EnetLink>> EnetLink::create(asio::io_context& io, Owner& owner,
                                                               BulkShare& share, bool calls) {
    asio::ip::udp::socket outside(io);
    error_code wrong;
    (void)outside.open(asio::ip::udp::v4(), wrong);
    if (!wrong) (void)outside.bind({asio::ip::address_v4::loopback(), 0}, wrong);
    if (!wrong) (void)outside.non_blocking(true, wrong);
    if (wrong) return no_socket();
    // The system gives what it has.
    (void)outside.set_option(asio::socket_base::receive_buffer_size(socket_buffer_bytes), wrong);
    std::unique_ptr<EnetLink> link(new EnetLink(owner, share, std::move(outside)));
    if (auto started = link->start(calls); !started) return started.error();
    return link;
}

EnetLink::EnetLink(Owner& owner, BulkShare& share, asio::ip::udp::socket outside)
    : owner_(&owner), outside_(std::move(outside)), gate_(share) {}

sz::plugin::Status EnetLink::start(bool calls) {
    error_code wrong;
    ENetAddress here{ENET_HOST_TO_NET_32(0x7f000001), 0};
    ENetAddress there{here.host, outside_.local_endpoint(wrong).port()};
    host_.reset(enet_host_create(&here, 1, channels, 0, 0));
    if (wrong || host_ == nullptr) return no_socket();
    // From here on the system lets nobody else's datagrams in, on either side.
    if (enet_socket_connect(host_->socket, &there) != 0 ||
        enet_socket_get_address(host_->socket, &here) != 0)
        return no_socket();
    (void)outside_.connect({asio::ip::address_v4::loopback(), here.port}, wrong);
    if (wrong) return no_socket();
    std::array<char, 64> anybody{};
    ENetBuffer early{};
    early.data = anybody.data();
    early.dataLength = anybody.size();
    while (enet_socket_receive(host_->socket, nullptr, &early, 1) != 0) {
    }
    do {
        (void)outside_.receive(asio::buffer(anybody), 0, wrong);
    } while (wrong != asio::error::would_block && wrong != asio::error::bad_descriptor);
    host_->mtu = content_bytes_max;
    host_->maximumPacketSize = SZ_TRANSPORT_MESSAGE_BYTES_MAX;
    host_->maximumWaitingData = waiting_bytes_max;
    host_->intercept = intercept;
    peer_ = &host_->peers[0];
    peer_->mtu = content_bytes_max;
    if (calls && enet_host_connect(host_.get(), &there, channels, 0) == nullptr) return no_socket();
    return {};
}

// What the peer may have asked for, and what ENet does under loss, put right before it is used.
void EnetLink::tame() {
    peer_->windowSize = enet_window_bytes;
    peer_->mtu = content_bytes_max;
    enet_uint32 earliest = 0;
    for (ENetListIterator i = enet_list_begin(&peer_->sentReliableCommands);
         i != enet_list_end(&peer_->sentReliableCommands); i = enet_list_next(i)) {
        auto* command = reinterpret_cast<ENetOutgoingCommand*>(i);
        enet_uint32& time = command->roundTripTimeout;
        if (command->command.header.channelID == SZ_CHANNEL_BULK)
            time = std::max(time, peer_->roundTripTime + bulk_queue_ms);
        else
            time = std::min(time, std::max(2 * peer_->roundTripTime, play_retry_ms_min));
        time = std::min(time, retry_ms_max);
        const enet_uint32 due = command->sentTime + command->roundTripTimeout;
        if (earliest == 0 || ENET_TIME_LESS(due, earliest)) earliest = due;
    }
    if (earliest != 0) peer_->nextTimeout = earliest;
}

void EnetLink::receive(Bytes datagram) {
    if (peer_->state == ENET_PEER_STATE_ACKNOWLEDGING_CONNECT && early_.size() < early_max)
        early_.emplace_back(datagram.begin(), datagram.end());
    take_in(datagram);
}

void EnetLink::take_in(Bytes datagram) {
    error_code ignored;
    (void)outside_.send(asio::buffer(datagram.data(), datagram.size()), 0, ignored);
}

// The loopback device delivers at once: what ENet has sent is here already. What is not is looked
// for the next time.
void EnetLink::carry_out() {
    to_carry_ += std::exchange(host_->totalSentPackets, 0);
    std::array<std::uint8_t, datagram_bytes_max> buffer;
    while (owner_ != nullptr && to_carry_ > 0) {
        error_code wrong;
        const std::size_t size = outside_.receive(asio::buffer(buffer), 0, wrong);
        if (wrong == asio::error::would_block || wrong == asio::error::bad_descriptor) return;
        --to_carry_;
        if (!wrong) owner_->carry(Bytes(buffer).first(std::min(size, content_bytes_max)));
    }
}

bool EnetLink::can_take(std::uint32_t channel) const {
    if (!is_up_ || has_gone_) return false;
    if (channel < SZ_CHANNELS &&
        (in_turn_ >= turn_bytes || ahead_[channel].bytes() >= ahead_max[channel] ||
         ahead_[channel].count() >= kept_max))
        return false;
    if (channel == SZ_CHANNEL_BULK) return gate_.has_room();
    return channel == goodbye_channel || on_way_[SZ_CHANNEL_PLAY] < play_on_way_max;
}

void EnetLink::send(std::uint32_t channel, std::string_view message) {
    ENetPacket* packet =
        enet_packet_create(message.data(), message.size(), ENET_PACKET_FLAG_RELIABLE);
    if (packet == nullptr) throw std::bad_alloc();
    on_way_[channel] += message.size();
    in_turn_ += message.size();
    if (channel == SZ_CHANNEL_BULK) gate_.sent(message.size());
    struct Going {
        EnetLink* link;
        std::uint32_t channel;
        std::uint64_t place;
    };
    packet->userData = new Going{this, channel, ahead_[channel].sent(message.size())};
    packet->freeCallback = [](ENetPacket* gone) {
        const std::unique_ptr<Going> going(static_cast<Going*>(gone->userData));
        going->link->on_way_[going->channel] -= gone->dataLength;
        going->link->ahead_[going->channel].arrived(going->place);
        if (going->channel == SZ_CHANNEL_BULK) going->link->gate_.arrived(gone->dataLength);
    };
    if (enet_peer_send(peer_, static_cast<enet_uint8>(channel), packet) != 0)
        enet_packet_destroy(packet);
}

void EnetLink::disconnect() { enet_peer_disconnect_later(peer_, 1); }

milliseconds EnetLink::pump() {
    if (is_pumping_ || owner_ == nullptr) return busy_tick;
    is_pumping_ = true;
    do {
        serve();
    } while (is_up_ && owner_ != nullptr && owner_->link_has_room());
    is_pumping_ = false;
    if (has_more_ && !has_gone_) return milliseconds(0);
    if (!is_idle()) return busy_tick;
    if (!is_up_) return idle_tick;
    return std::max(milliseconds(ping_every_ms) - since_heard(), busy_tick);  // until it pings
}

// ENet reads what has come, and sends what is due, acknowledgements among it.
int EnetLink::turn(ENetEvent& event) {
    tame();
    in_turn_ = 0;
    const int got = enet_host_service(host_.get(), &event, 0);
    carry_out();
    if (!is_abused(*peer_)) return got;
    if (got > 0 && event.type == ENET_EVENT_TYPE_RECEIVE) enet_packet_destroy(event.packet);
    enet_peer_reset(peer_);
    is_up_ = false;
    has_gone_ = true;
    if (owner_ != nullptr) owner_->link_abused();
    return 0;
}

// What came in one turn is there without another, which would ask the system several times.
void EnetLink::serve() {
    has_more_ = true;
    bool wants_turn = true;
    for (int left = events_at_once; left > 0 && owner_ != nullptr; --left) {
        ENetEvent event;
        const int got = wants_turn ? turn(event) : enet_host_check_events(host_.get(), &event);
        if (got <= 0) {
            has_more_ = false;
            break;
        }
        // Only messages wait for each other; the other events end a turn early.
        wants_turn = event.type != ENET_EVENT_TYPE_RECEIVE;
        handle(event);
    }
    if (is_up_)
        gate_.measured(Milliseconds(peer_->roundTripTime), std::chrono::steady_clock::now());
}

void EnetLink::handle(const ENetEvent& event) {
    switch (event.type) {
        case ENET_EVENT_TYPE_CONNECT:
            enet_peer_throttle_configure(peer_, 5000, ENET_PEER_PACKET_THROTTLE_SCALE, 0);
            enet_peer_timeout(peer_, 32, 5000, 10'000);
            enet_peer_ping_interval(peer_, ping_every_ms);
            is_up_ = true;
            for (const auto& datagram : std::exchange(early_, {})) take_in(datagram);
            if (owner_ != nullptr) owner_->link_up();
            return;
        case ENET_EVENT_TYPE_RECEIVE: {
            const std::unique_ptr<ENetPacket, void (*)(ENetPacket*)> packet(event.packet,
                                                                            enet_packet_destroy);
            if (owner_ == nullptr) return;
            return owner_->link_message(
                event.channelID, {reinterpret_cast<const char*>(packet->data), packet->dataLength});
        }
        case ENET_EVENT_TYPE_DISCONNECT:
            is_up_ = false;
            has_gone_ = true;
            if (owner_ != nullptr) owner_->link_down(event.data == 1);
            return;
        default: return;
    }
}

bool EnetLink::is_idle() const {
    return enet_list_empty(&peer_->sentReliableCommands) &&
           enet_list_empty(&peer_->outgoingCommands) && enet_list_empty(&peer_->acknowledgements);
}

milliseconds EnetLink::since_heard() const {
    const enet_uint32 now = enet_time_get();
    return milliseconds(ENET_TIME_LESS(now, peer_->lastReceiveTime)
                            ? 0
                            : ENET_TIME_DIFFERENCE(now, peer_->lastReceiveTime));
}

milliseconds EnetLink::round_trip() const { return milliseconds(peer_->roundTripTime); }

double EnetLink::loss() const {
    return static_cast<double>(peer_->packetLoss) / double{ENET_PEER_PACKET_LOSS_SCALE};
}

}  // namespace direct::udp
