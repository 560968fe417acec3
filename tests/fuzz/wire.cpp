// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a datagram of udp://, and as a frame of the protocols that are spoken over it.
#include "kernel/net/protocols/mux_frame.hpp"
#include "plugins/transport-direct/udp/cookie.hpp"
#include "plugins/transport-direct/udp/datagram.hpp"
#include "plugins/transport-direct/udp/seal.hpp"
#include "target.hpp"

using namespace direct::udp;
using mpst::fuzz::must;

namespace {

template <class Greeting>
void must_come_back(const Greeting& greeting) {
    const auto again = read_datagram(write(greeting));
    must(again && std::holds_alternative<Greeting>(*again), "what was read is written and read");
    must(write(std::get<Greeting>(*again)) == write(greeting), "and is the same");
}

// A host that knows one connection, and a stranger who does not have its key.
void read_wire(std::string_view bytes) {
    const auto datagram =
        read_datagram({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    if (!datagram) return;
    must(bytes.size() <= datagram_bytes_max, "nothing longer is a datagram");
    static const CookieJar jar(std::array<std::uint8_t, 32>{1});
    if (const auto* hello = std::get_if<Hello>(&*datagram)) {
        must_come_back(*hello);
        must(write(jar.bake("192.0.2.1#1", hello->nonce, 7)).size() <= bytes.size(),
             "an answer is no longer than what was asked");
    }
    if (const auto* open = std::get_if<Open>(&*datagram)) {
        must_come_back(*open);
        must(!jar.is_good("192.0.2.1#1", *open, 7), "nobody bakes without the secret");
    }
    if (const auto* cookie = std::get_if<Cookie>(&*datagram)) must_come_back(*cookie);
    if (const auto* opened = std::get_if<Opened>(&*datagram)) must_come_back(*opened);
    if (const auto* refused = std::get_if<Refused>(&*datagram)) must_come_back(*refused);
    if (const auto* sealed = std::get_if<Sealed>(&*datagram)) {
        Opener opener(Key{1});
        std::array<std::uint8_t, datagram_bytes_max> room{};
        must(!opener.open(*sealed, room), "nobody seals without the key");
    }
}

void read_talk(std::string_view bytes) {
    const auto frame = sz::net::read_mux(bytes);
    if (!frame) {
        must(frame.error().code == "SZ-NET-120", "what is no frame has a code");
        return;
    }
    if (const auto* message = std::get_if<sz::net::TalkMessage>(&*frame))
        must(sz::net::write_mux(message->talk, message->frame) == bytes,
             "a frame is written as it was");
    if (const auto* open = std::get_if<sz::net::OpenTalk>(&*frame))
        must(sz::net::write_mux(*open) == bytes, "a frame is written as it was");
    if (const auto* cancel = std::get_if<sz::net::CancelTalk>(&*frame))
        must(sz::net::write_mux(*cancel) == bytes, "a frame is written as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_wire(bytes);
    read_talk(bytes);
    return 0;
}
