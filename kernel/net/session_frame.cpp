// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/session_frame.hpp"

namespace sz::net {

namespace {

constexpr char last_flag = 1;
constexpr char seen_flag = 2;
constexpr std::size_t greeting_bytes =
    2 + session_id_bytes + SecretKey::size + 8 * channels;  // of hello and welcome

void put_numbers(std::string& out, const Numbers& numbers) {
    for (const std::uint64_t number : numbers) put_number(out, number);
}

Numbers get_numbers(std::string_view text) {
    Numbers numbers{};
    for (std::size_t i = 0; i < channels; ++i) numbers[i] = get_number(text.substr(8 * i));
    return numbers;
}

Status read_greeting(std::string_view text, Frame& frame) {
    if (text.size() != greeting_bytes || (text[1] != 0 && text[1] != 1))
        return no_frame("its greeting is none");
    frame.is_resumed = text[1] == 1;
    frame.session = text.substr(2, session_id_bytes);
    frame.proof = text.substr(2 + session_id_bytes, SecretKey::size);
    frame.next = get_numbers(text.substr(2 + session_id_bytes + SecretKey::size));
    return {};
}

Status read_piece(std::string_view text, Frame& frame) {
    const std::size_t head = 2 + 8;
    if (text.size() < head || (text[1] & ~(last_flag | seen_flag)) != 0)
        return no_frame("a piece of a message is none");
    frame.is_last = (text[1] & last_flag) != 0;
    frame.has_seen = (text[1] & seen_flag) != 0;
    frame.number = get_number(text.substr(2));
    frame.content = text.substr(head);
    if (!frame.has_seen) return {};
    if (frame.content.size() < 8 * channels) return no_frame("a piece of a message is cut off");
    frame.next = get_numbers(frame.content);
    frame.content.remove_prefix(8 * channels);
    return {};
}

Status read_rest(std::string_view text, Frame& frame) {
    switch (frame.kind) {
        case FrameKind::hello:
        case FrameKind::welcome: return read_greeting(text, frame);
        case FrameKind::piece: return read_piece(text, frame);
        case FrameKind::refusal:
            if (text.size() != 2 || text[1] < 1 || text[1] > static_cast<char>(Refusal::full))
                break;
            frame.refusal = static_cast<Refusal>(text[1]);
            return {};
        case FrameKind::seen:
            if (text.size() != 1 + 8 * channels) break;
            frame.next = get_numbers(text.substr(1));
            return {};
        case FrameKind::over:
            if (text.size() < 1 + 8 * channels) break;
            frame.next = get_numbers(text.substr(1));
            frame.content = text.substr(1 + 8 * channels);
            if (frame.content.size() > limits::net_reason_bytes_max) break;
            return {};
    }
    return no_frame("its word has no meaning");
}

}  // namespace

tl::unexpected<Error> no_frame(const std::string& what) {
    return fail(ErrorKind::denied, "SZ-NET-043",
                "The other side says what cannot be understood: " + what + ".",
                "Update SessionZero on both sides, and connect again.");
}

Error refusal_error(Refusal refusal) {
    const auto because = [](const char* code, const char* message) {
        return Error{ErrorKind::denied, code, message, "Join anew.", {}};
    };
    switch (refusal) {
        case Refusal::identity:
            return because("SZ-NET-040", "The session belongs to another identity.");
        case Refusal::unknown:
            return because("SZ-NET-041",
                           "The other side does not know the session any more: it was ended, or "
                           "waited for too long, or the program was started again.");
        case Refusal::numbers:
            return because("SZ-NET-042",
                           "The two sides do not agree on what was already said, so that the "
                           "session cannot go on.");
        case Refusal::over:
            return {ErrorKind::conflict, "SZ-NET-049", "The session has ended.", "Join anew.", {}};
        case Refusal::full:
            return {ErrorKind::limit,
                    "SZ-NET-052",
                    "There is no room for one more.",
                    "Ask the host to free a place, and try again.",
                    {}};
        case Refusal::proof: break;
    }
    return because("SZ-NET-048", "Who wants to go on with the session did not begin it.");
}

std::string write_frame(const Frame& frame) {
    std::string out(1, static_cast<char>(frame.kind));
    switch (frame.kind) {
        case FrameKind::hello:
        case FrameKind::welcome:
            out += static_cast<char>(frame.is_resumed ? 1 : 0);
            out += frame.session;
            out += frame.proof;
            put_numbers(out, frame.next);
            break;
        case FrameKind::refusal: out += static_cast<char>(frame.refusal); break;
        case FrameKind::piece:
            out.reserve(piece_more_bytes + frame.content.size());
            out += static_cast<char>((frame.is_last ? last_flag : 0) |
                                     (frame.has_seen ? seen_flag : 0));
            put_number(out, frame.number);
            if (frame.has_seen) put_numbers(out, frame.next);
            out += frame.content;
            break;
        case FrameKind::seen: put_numbers(out, frame.next); break;
        case FrameKind::over:
            put_numbers(out, frame.next);
            out += frame.content;
            break;
    }
    return out;
}

Result<Frame> read_frame(std::string_view text) {
    if (text.empty() || text[0] < 1 || text[0] > static_cast<char>(FrameKind::over))
        return no_frame("its word has no meaning");
    Frame frame;
    frame.kind = static_cast<FrameKind>(text[0]);
    SZ_TRY(read_rest(text, frame));
    return frame;
}

}  // namespace sz::net
