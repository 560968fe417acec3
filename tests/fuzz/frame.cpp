// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as what comes from a network: frames for a role's monitor, and a packet of a session
// through a broker.
#include <sz/mpst/monitor.hpp>
#include <sz/mpst/mqtt/packet.hpp>

#include <optional>
#include <string>

#include "target.hpp"
#include "tests/mpst/video.hpp"

using namespace mpst;
using fuzz::must;

namespace {

// Of every kind that has a codec.
struct Film {
    std::string name;
    std::vector<std::uint16_t> parts;
    std::optional<std::array<bool, 2>> marks;
};
struct Stop {};
struct Viewer;
struct Cinema {
    struct Choose;
    using Start = Choose;
    using End = mpst::end<Cinema>;
    using peers = mpst::roles<Viewer>;
    using states = mpst::states<Choose>;
    struct Choose
        : mpst::receives<Choose, Cinema, Viewer, mpst::to<Film, Choose>, mpst::to<Stop, End>> {};
};

class Input {
  public:
    explicit Input(Reader& reader) : reader_(reader) {}
    bool is_over() { return !reader_.is_good() || reader_.left() == 0; }
    std::uint8_t byte() {
        std::uint8_t value = 0;
        Codec<std::uint8_t>::read(reader_, value);
        return value;
    }
    // Of at most 255, or what is left.
    std::span<const std::byte> some() {
        const std::size_t wanted = byte();
        return reader_.take(std::min(wanted, reader_.left()));
    }
    std::string text() {
        const auto bytes = some();
        return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
    }

  private:
    Reader& reader_;
};

// What the bytes say often enough is something that the role knows.
constexpr std::array<std::string_view, 8> words{"Client", "Server",  "Viewer", "Id",
                                                "Answer", "Request", "Film",   "Close"};
std::string word(Input& input) {
    const std::uint8_t number = input.byte();
    return number < words.size() ? std::string(words[number]) : input.text();
}

void watch(Monitor monitor, std::span<const std::byte> bytes) {
    Reader reader(bytes);
    for (Input input(reader); !input.is_over();) {
        const bool is_sent = input.byte() % 2 == 1;
        const std::string peer = word(input);
        Frame frame{word(input), {}};
        const auto payload = input.some();
        frame.payload.assign(payload.begin(), payload.end());
        const std::string before(monitor.state());
        const bool was_over = monitor.is_at_end();
        const auto failure = is_sent ? monitor.sent(peer, frame) : monitor.received(peer, frame);
        must(!was_over || failure, "nothing is expected after the end");
        must(!failure || monitor.state() == before, "what is refused changes nothing");
        must(!failure || !failure->sentence().empty(), "what is refused has a sentence");
    }
}

void read_packet(std::span<const std::byte> bytes) {
    Reader reader(bytes);
    auto packet = mqtt::detail::read_head(reader);
    if (!packet) return;
    mqtt::detail::read_body(reader, *packet);
    must(packet->frame.payload.size() <= bytes.size(), "no message is longer than its packet");
    if (packet->is_torn) return;
    must(mqtt::detail::write(*packet) == Bytes(bytes.begin(), bytes.end()),
         "a packet that was read whole is written as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    if (bytes.empty()) return 0;
    switch (data[0] % 3) {
        case 0: watch(Monitor::of<video::Authenticator>(), bytes.subspan(1)); break;
        case 1: watch(Monitor::of<Cinema>(), bytes.subspan(1)); break;
        default: read_packet(bytes); break;  // it begins with 'S', which leaves 2
    }
    return 0;
}
