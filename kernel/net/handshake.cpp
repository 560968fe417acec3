// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/handshake.hpp"

#include <algorithm>
#include <utility>

#include "kernel/crypto/crypto.hpp"

namespace sz::net {

namespace {

constexpr std::string_view magic = "SZH";
constexpr std::size_t proof_bytes = std::tuple_size_v<PublicKey> + std::tuple_size_v<Signature>;
// Of messages 1, 2 and 3, and of the confirmation.
constexpr std::size_t message_1_bytes = magic.size() + 1 + noise::key_bytes;
constexpr std::size_t message_3_bytes =
    noise::key_bytes + noise::tag_bytes + proof_bytes + noise::tag_bytes;
constexpr std::size_t message_2_bytes = noise::key_bytes + message_3_bytes;
constexpr std::string_view confirmation = "SessionZero ready v1";

std::string prologue() {
    return "SessionZero handshake v1\n" + std::string(magic) + handshake_version;
}

noise::KeyPair new_key(const HandshakeOptions& options) {
    return options.make_key ? options.make_key() : noise::KeyPair::random();
}

template <std::size_t N>
std::string_view text_of(const std::array<std::uint8_t, N>& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), N};
}

std::string proof_message(noise::Role role, const noise::DhKey& key, const noise::Hash& so_far) {
    std::string message = "SessionZero handshake v1 ";
    message += role == noise::Role::initiator ? "initiator\n" : "responder\n";
    message += text_of(key);
    message += text_of(so_far);
    return message;
}

tl::unexpected<Error> changed_on_the_way() {
    return fail(ErrorKind::denied, "SZ-NET-004",
                "What the other side sent to prove itself was changed on its way, or its sender "
                "does not know what it should.",
                "Connect again. If it happens again, somebody between the two tampers with the "
                "connection: try another network.");
}

tl::unexpected<Error> wrong_moment(const std::string& what) {
    return fail(ErrorKind::denied, "SZ-NET-006", "The other side sent " + what + ".",
                "Connect again. If it happens again, update both programs.");
}

tl::unexpected<Error> wrong_proof() {
    return fail(ErrorKind::denied, "SZ-NET-005",
                "The other side could not prove that it is who it says.",
                "Do not trust this connection. Ask the other person whether they are connecting.");
}

// A library's word for what a stranger sent becomes the connection's.
tl::unexpected<Error> of_stranger(const Error& error) {
    const bool is_theirs = error.code == "SZ-CRYPTO-011" || error.code == "SZ-CRYPTO-012" ||
                           error.code == "SZ-CRYPTO-013";
    return is_theirs ? changed_on_the_way() : fail(error);
}

Status check_header(std::string_view bytes) {
    if (!bytes.starts_with(magic) || bytes.size() <= magic.size() || bytes[magic.size()] <= 0) {
        return fail(ErrorKind::input, "SZ-NET-001",
                    "What connected does not speak the protocol of SessionZero.",
                    "Check the address, and that SessionZero runs there.");
    }
    if (bytes[magic.size()] == handshake_version) return {};
    return fail(ErrorKind::unsupported, "SZ-NET-002",
                "The other side runs a newer SessionZero, whose connections this one does not "
                "understand.",
                "Update SessionZero on this machine.");
}

}  // namespace

Result<Handshake> Handshake::create(HandshakeOptions options, SteadyMs now) {
    SZ_ASSIGN(const PublicKey own, client_id_key(options.client_id));
    return Handshake(std::move(options), own, now);
}

Handshake::Handshake(HandshakeOptions options, PublicKey own, SteadyMs now)
    : options_(std::move(options)),
      own_(own),
      noise_{options_.role, prologue(), new_key(options_), new_key(options_)},
      state_(is_initiator() ? State::starting : State::waiting),
      deadline_(now + options_.patience_ms) {}

Result<std::optional<Packet>> Handshake::start() {
    if (state_ != State::starting) return std::nullopt;
    state_ = State::waiting;
    return write_noise(std::string(magic) + handshake_version);
}

Result<std::optional<Packet>> Handshake::receive(std::uint32_t channel, std::string_view bytes,
                                                 SteadyMs now) {
    if (failure_) return fail(*failure_);
    auto done = step(channel, bytes, now);
    if (!done) {
        failure_ = done.error();
        peer_.clear();
        agreed_.reset();
        state_ = State::over;
    }
    return done;
}

Result<std::optional<Packet>> Handshake::step(std::uint32_t channel, std::string_view bytes,
                                              SteadyMs now) {
    SZ_TRY(tick(now));
    if (channel != SZ_CHANNEL_PLAY) return wrong_moment("something before the two knew each other");
    if (state_ == State::confirming) {
        SZ_TRY(confirm(bytes));
        return std::nullopt;
    }
    if (state_ != State::waiting) return wrong_moment("a message that was not its turn");
    return read_noise(bytes);
}

Status Handshake::tick(SteadyMs now) {
    if (failure_) return fail(*failure_);
    if (is_done() || now < deadline_) return {};
    state_ = State::over;
    failure_ = Error{ErrorKind::environment,
                     "SZ-NET-007",
                     "The other side did not prove in time who it is.",
                     "Connect again. If it happens again, the other program or the network is too "
                     "slow, or does not speak this protocol.",
                     {}};
    return fail(*failure_);
}

Status Handshake::transport_closed() {
    if (failure_) return fail(*failure_);
    if (is_done()) return {};
    state_ = State::over;
    failure_ = Error{ErrorKind::environment,
                     "SZ-NET-009",
                     "The connection ended before both sides had proven who they are.",
                     "Connect again.",
                     {}};
    return fail(*failure_);
}

Result<std::optional<Packet>> Handshake::read_noise(std::string_view bytes) {
    if (noise_.messages() == 0) {
        SZ_TRY(check_header(bytes));
        if (bytes.size() == message_1_bytes) {
            const auto read = noise_.read(bytes.substr(magic.size() + 1));
            if (!read) return of_stranger(read.error());
            return write_noise({});
        }
    } else if (bytes.size() == (is_initiator() ? message_2_bytes : message_3_bytes)) {
        const auto read = noise_.read(bytes);
        if (!read) return of_stranger(read.error());
        SZ_TRY(take_proof(*read));
        if (is_initiator()) return write_noise({});
        SZ_ASSIGN(agreed_, noise_.finish());
        state_ = State::done;
        Packet ready;
        SZ_TRY(agreed_->send.encrypt(confirmation, {}, ready.bytes));
        return ready;
    }
    return fail(ErrorKind::denied, "SZ-NET-003",
                "A message of the other side has " + std::to_string(bytes.size()) +
                    " bytes, which none may have at this place.",
                "Connect again. If it happens again, the address belongs to another program.");
}

Result<std::optional<Packet>> Handshake::write_noise(std::string begin) {
    const bool is_first = !begin.empty();
    auto written = noise_.write([&](const noise::Hash& so_far) {
        return is_first ? Result<std::string>(std::string()) : proof(so_far);
    });
    if (!written) return of_stranger(written.error());
    if (noise_.is_over()) {
        SZ_ASSIGN(agreed_, noise_.finish());
        state_ = State::confirming;
    }
    return Packet{SZ_CHANNEL_PLAY, begin + *written};
}

Status Handshake::confirm(std::string_view bytes) {
    std::string nothing;
    if (bytes.size() != noise::tag_bytes || !agreed_->receive.decrypt(confirmation, bytes, nothing))
        return changed_on_the_way();
    state_ = State::done;
    return {};
}

Result<std::string> Handshake::proof(const noise::Hash& so_far) const {
    const std::string message = proof_message(options_.role, noise_.own(), so_far);
    SZ_ASSIGN(const std::string signature, options_.sign(message));
    if (signature.size() != std::tuple_size_v<Signature>) {
        return fail(ErrorKind::internal, "SZ-NET-008",
                    "The identity gave a signature that is none, so that nothing can be proven.",
                    "Update the plugin that keeps your identity.");
    }
    return std::string(text_of(own_)) + signature;
}

Status Handshake::take_proof(const noise::HandshakeState::Read& read) {
    if (read.payload.size() != proof_bytes) return wrong_proof();
    PublicKey key{};
    Signature signature{};
    std::copy_n(read.payload.begin(), key.size(), key.begin());
    std::copy_n(read.payload.begin() + key.size(), signature.size(), signature.begin());
    const auto role = is_initiator() ? noise::Role::responder : noise::Role::initiator;
    if (!verify(key, proof_message(role, noise_.peer(), read.so_far), signature))
        return wrong_proof();
    const std::string client_id = client_id_text(key);
    SZ_TRY(check_expected(options_.expected, client_id));
    peer_ = client_id;
    return {};
}

Result<SecureChannel> Handshake::finish() {
    if (failure_) return fail(*failure_);
    if (!is_done()) return wrong_moment("no proof yet of who it is");
    state_ = State::over;
    return SecureChannel(Established{options_.role, std::move(agreed_->keys), agreed_->hash,
                                     options_.client_id, peer_},
                         options_.channel);
}

}  // namespace sz::net
