// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/protocols/mux_frame.hpp"

#include <algorithm>
#include <cstring>

namespace sz::net {

namespace {

constexpr char open_kind = 0, message_kind = 1, cancel_kind = 2;
constexpr std::size_t notice_text_max = 1000;  // of each of its three parts

template <class T>
void add_number(std::string& out, T number) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>(number >> (8 * i));
}

void add_text(std::string& out, const std::string& text) {
    const std::size_t length = std::min(text.size(), notice_text_max);
    add_number(out, static_cast<std::uint16_t>(length));
    out.append(text, 0, length);
}

class FrameReader {
  public:
    explicit FrameReader(std::string_view left) : left_(left) {}
    template <class T>
    T number() {
        T value = 0;
        const std::string_view bytes = take(sizeof(T));
        for (std::size_t i = 0; i < bytes.size(); ++i)
            value = static_cast<T>(value | (T{static_cast<unsigned char>(bytes[i])} << (8 * i)));
        return value;
    }
    std::string_view take(std::size_t count) {
        if (count > left_.size()) is_good_ = false;
        if (!is_good_) return {};
        const std::string_view taken = left_.substr(0, count);
        left_.remove_prefix(count);
        return taken;
    }
    std::string text() {
        const auto length = number<std::uint16_t>();
        if (length > notice_text_max) is_good_ = false;
        return std::string(take(length));
    }
    std::string_view rest() { return take(left_.size()); }
    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] bool is_at_end() const { return is_good_ && left_.empty(); }

  private:
    std::string_view left_;
    bool is_good_ = true;
};

tl::unexpected<Error> no_frame() {
    return fail(ErrorKind::input, "SZ-NET-120", "The other side sent what is no message.",
                "One of the two programs is defect, or another version.");
}

}  // namespace

std::string write_mux(const OpenTalk& open) {
    std::string out(1, open_kind);
    add_number(out, open.talk);
    add_number(out, open.hash);
    return out + open.protocol;
}

std::string write_mux(std::uint32_t talk, const mpst::Frame& frame) {
    std::string out(1, message_kind);
    out.reserve(6 + frame.label.size() + frame.payload.size());
    add_number(out, talk);
    add_number(out, static_cast<std::uint8_t>(std::min<std::size_t>(255, frame.label.size())));
    out.append(frame.label, 0, 255);
    return out.append(reinterpret_cast<const char*>(frame.payload.data()), frame.payload.size());
}

std::string write_mux(const CancelTalk& cancel) {
    std::string out(1, cancel_kind);
    add_number(out, cancel.talk);
    for (const auto* text : {&cancel.notice.by, &cancel.notice.at, &cancel.notice.why})
        add_text(out, *text);
    return out;
}

Result<MuxFrame> read_mux(std::string_view bytes) {
    if (bytes.empty()) return no_frame();
    FrameReader reader(bytes.substr(1));
    if (bytes[0] == open_kind) {
        OpenTalk open;
        open.talk = reader.number<std::uint32_t>();
        open.hash = reader.number<std::uint64_t>();
        open.protocol = reader.rest();
        if (reader.is_good() && !open.protocol.empty()) return open;
    } else if (bytes[0] == message_kind) {
        TalkMessage message;
        message.talk = reader.number<std::uint32_t>();
        message.frame.label = reader.take(reader.number<std::uint8_t>());
        const std::string_view payload = reader.rest();
        message.frame.payload.resize(payload.size());
        if (!payload.empty())
            std::memcpy(message.frame.payload.data(), payload.data(), payload.size());
        if (reader.is_good()) return message;
    } else if (bytes[0] == cancel_kind) {
        CancelTalk cancel;
        cancel.talk = reader.number<std::uint32_t>();
        cancel.notice.by = reader.text();
        cancel.notice.at = reader.text();
        cancel.notice.why = reader.text();
        if (reader.is_at_end()) return cancel;
    }
    return no_frame();
}

}  // namespace sz::net
