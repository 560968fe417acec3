// SPDX-License-Identifier: AGPL-3.0-or-later
// How a session can end before its end, as a value and as what a state's operation throws.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace mpst {

enum class Trouble : std::uint8_t {
    cancelled,      // another role left: `by`, `at` and `why` are that role's
    deadline,       // nothing came, or nothing was taken, in time
    wrong_message,  // a label that this state does not expect
    bad_payload,    // the right label, and bytes that are no such message
    too_long,       // more bytes than the channel carries
    disconnected,   // the channel is gone
    used_twice,     // a state that was moved from already; a mistake in the program
    not_possible,   // an operation this session was not set up for; a mistake in the program
};

constexpr std::string_view word_of(Trouble what) {
    constexpr std::string_view words[] = {"cancelled",   "deadline",    "wrong message",
                                          "bad payload", "too long",    "disconnected",
                                          "used twice",  "not possible"};
    return words[static_cast<std::size_t>(what)];
}

// What came from outside, as part of a sentence: one line, not a long one, and no controls.
inline std::string shown(std::string_view text) {
    constexpr std::size_t most = 200;
    std::string safe(text.substr(0, most));
    for (char& c : safe) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte >= 0x7f) c = '?';
    }
    return text.size() > most ? safe + "..." : safe;
}

struct Failure {
    Trouble what{};
    std::string role;      // whose operation it was
    std::string state;     // in which state
    std::string peer;      // towards whom; empty when it is about nobody
    std::string expected;  // labels
    std::string received;
    std::string by, at;  // who ended the session, in which state
    std::string why;     // what is known besides, a sentence

    [[nodiscard]] std::string sentence() const { return role + " in " + state + ": " + reason(); }

    // The sentence without whose it is.
    [[nodiscard]] std::string reason() const {
        std::string text;
        switch (what) {
            case Trouble::cancelled:
                text += "the session was ended by " + by + " in " + at + ".";
                break;
            case Trouble::deadline:
                text += peer + " did not answer in time; expected " + expected + ".";
                break;
            case Trouble::wrong_message:
                text += peer + " sent " + received + "; expected " + expected + ".";
                break;
            case Trouble::bad_payload:
                text += "what " + peer + " sent as " + received + " is no such message.";
                break;
            case Trouble::too_long:
                text += "a message of " + received + " is too long for the way to " + peer + ".";
                break;
            case Trouble::disconnected: text += "the way to " + peer + " is gone."; break;
            case Trouble::used_twice: text += "this state was used before."; break;
            case Trouble::not_possible: text += "this cannot be done here."; break;
        }
        return why.empty() ? text : text + " " + why;
    }
};

// Thrown by the operations of states, after every other role of the session was told. The catch
// stands in `perform`, which gives it back as a value.
class SessionFailed : public std::exception {
  public:
    explicit SessionFailed(Failure failure)
        : failure_(std::move(failure)), sentence_(failure_.sentence()) {}
    [[nodiscard]] const char* what() const noexcept override { return sentence_.c_str(); }
    [[nodiscard]] const Failure& failure() const noexcept { return failure_; }

  private:
    Failure failure_;
    std::string sentence_;
};

}  // namespace mpst
