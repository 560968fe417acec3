// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as sealed records, as the words of a session, and from a peer that has proven who it is
// and says what it likes.
#include <optional>

#include "kernel/net/session.hpp"
#include "target.hpp"
#include "tests/unit/net/pair.hpp"

using namespace sz;
using namespace sz::net;
using mpst::fuzz::must;

namespace {

void must_be_an_error(const Error& error) {
    must(error.code.starts_with("SZ-NET-") && !error.message.empty(),
         "what is refused has a code and a sentence");
}

class Input {
  public:
    explicit Input(std::string_view bytes) : bytes_(bytes) {}
    bool is_over() const { return bytes_.empty(); }
    unsigned byte() {
        if (is_over()) return 0;
        const auto value = static_cast<unsigned char>(bytes_[0]);
        bytes_.remove_prefix(1);
        return value;
    }
    std::string_view some() {
        const std::size_t size = std::min<std::size_t>(byte(), bytes_.size());
        const std::string_view text = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return text;
    }

  private:
    std::string_view bytes_;
};

void forge(std::string_view bytes) {
    test::Met met = test::meet_and_greet();
    Input input(bytes);
    while (!input.is_over()) {
        const std::uint32_t channel = input.byte() % 3;
        const auto arrival = met.host->receive(channel, input.some());
        must(!arrival, "nobody seals without the key");
        must_be_an_error(arrival.error());
        must(!met.host->send(SZ_CHANNEL_PLAY, "x"), "what is broken stays so");
    }
}

void read_word(std::string_view bytes) {
    const auto frame = read_frame(bytes);
    if (!frame) return must_be_an_error(frame.error());
    must(write_frame(*frame) == bytes, "a word that was read is written as it was");
}

// Says words to an honest session of a host, which is up if the greeting was good.
class Liar {
  public:
    explicit Liar(bool is_polite) {
        test::Met met = test::meet();
        greeting_.emplace(std::move(*met.host), 0);
        channel_.emplace(std::move(*met.player));
        if (!is_polite) return;
        const SessionSecret secret = SessionSecret::of(*channel_);
        Frame hello;
        hello.kind = FrameKind::hello;
        hello.session = secret.id;
        hello.proof = secret.proof(*channel_, noise::Role::initiator);
        say(SZ_CHANNEL_PLAY, write_frame(hello));
    }

    void say(std::uint32_t on, std::string_view text) {
        said_ += text.size();
        const auto records = channel_->send(on, text);
        if (!records) return;  // bulk is not open, or it is over
        for (const Packet& record : *records) {
            if (session_) {
                hear(record);
            } else if (greeting_) {
                greet(record);
            }
        }
    }
    void listen(std::uint32_t channel) {
        if (!session_) return;
        while (const auto packet = session_->next_packet(channel))
            must(channel_->receive(packet->channel, packet->bytes).has_value(),
                 "an honest side seals well");
    }
    void ask() {
        if (const auto ping = channel_->ping(1); ping && session_) hear(*ping);
    }
    void wait(SteadyMs ms) {
        now_ += ms;
        if (session_) session_->tick(now_);
    }
    void send(std::string_view text) {
        if (session_) (void)session_->send(SZ_CHANNEL_PLAY, std::string(text));
    }

  private:
    void greet(const Packet& record) {
        const Status status = greeting_->receive(record.channel, record.bytes);
        if (!status) {
            must_be_an_error(status.error());
            greeting_.reset();
        } else if (greeting_->is_here()) {
            auto begun = Session::accept(*greeting_, {}, now_);
            if (!begun) return must_be_an_error(begun.error());
            session_.emplace(std::move(*begun));
        }
    }
    void hear(const Packet& record) {
        const Status status = session_->receive(record.channel, record.bytes, now_);
        if (!status) {
            must_be_an_error(status.error());
            must(session_->connection() == nullptr, "who lies is not listened to any more");
        }
        for (const SessionEvent& event : session_->take_events()) heard_ += event.bytes.size();
        must(heard_ <= said_, "nothing comes that was not said");
    }

    std::optional<Greeting> greeting_;
    std::optional<SecureChannel> channel_;
    std::optional<Session> session_;
    SteadyMs now_ = 0;
    std::size_t said_ = 0, heard_ = 0;
};

void lie(Liar liar, std::string_view bytes) {
    Input input(bytes);
    while (!input.is_over()) {
        switch (input.byte() % 8) {
            case 0: liar.listen(SZ_CHANNEL_PLAY); break;
            case 1: liar.listen(SZ_CHANNEL_BULK); break;
            case 2: liar.ask(); break;
            case 3: liar.wait(input.byte()); break;
            case 4: liar.send(input.some()); break;
            case 5: liar.say(SZ_CHANNEL_BULK, input.some()); break;
            default: liar.say(SZ_CHANNEL_PLAY, input.some());
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.empty()) return 0;
    switch (data[0] % 4) {
        case 0: forge(bytes.substr(1)); break;
        case 1: read_word(bytes.substr(1)); break;
        case 2: lie(Liar(true), bytes.substr(1)); break;
        default: lie(Liar(false), bytes.substr(1));
    }
    return 0;
}
