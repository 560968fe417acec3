// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sentences.hpp"

namespace mpst::compiler {

namespace {

using core::Fault;
using core::Finding;

// The text of a file may hold anything; a message is one line, and not a long one.
std::string shown(std::string_view word) {
    constexpr std::size_t most = 60;
    std::string text;
    for (const char c : word.substr(0, most)) {
        const bool is_plain = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
        text += is_plain ? c : '?';
    }
    if (word.size() > most) text += "…";
    return text;
}
std::string quoted(std::string_view word) { return "“" + shown(word) + "”"; }

Sentence of_text(const Finding& f) {
    const auto& w = f.words;
    switch (f.what) {
        case Fault::strange_byte: return {"This character has no place in a protocol.", "", ""};
        case Fault::open_comment: return {"This comment has no end.", "", ""};
        case Fault::open_string: return {"This text has no closing quotation mark.", "", ""};
        case Fault::syntax:
            return {"Here " + shown(w[0]) + " is expected, not " + shown(w[1]) + ".",
                    "the block begins here", ""};
        case Fault::not_supported:
            return {shown(w[0]) + " is not supported.", "",
                    "szmpst knows messages, choice, rec, continue and do."};
        case Fault::limit:
            return {"This goes past the limit of " + shown(w[0]) + ".", "",
                    "Split it into smaller protocols."};
        default: return {"There is no protocol in this file.", "", ""};
    }
}

Sentence of_names(const Finding& f) {
    const auto& w = f.words;
    switch (f.what) {
        case Fault::protocol_twice:
            return {"There are two protocols " + quoted(w[0]) + ".", "the first one", ""};
        case Fault::role_twice:
            return {"The role " + quoted(w[0]) + " is declared twice.", "first here", ""};
        case Fault::too_few_roles:
            return {"The protocol " + quoted(w[0]) + " has fewer than two roles.", "", ""};
        case Fault::unknown_role:
            return {"There is no role " + quoted(w[0]) + " in this protocol.", "",
                    "Declare it between the parentheses behind the protocol's name."};
        case Fault::message_to_self:
            return {"The role " + quoted(w[0]) + " sends a message to itself.", "the sender", ""};
        case Fault::unused_role:
            return {"The role " + quoted(w[0]) + " has no message.", "", "Take it out."};
        case Fault::unknown_protocol:
            return {"There is no protocol " + quoted(w[0]) + " in this file.", "", ""};
        case Fault::wrong_arity:
            return {"The protocol " + quoted(w[0]) + " has another number of roles.",
                    "it is declared here", ""};
        default:
            return {"The role " + quoted(w[0]) + " is given twice.", "first here",
                    "One role cannot play two."};
    }
}

Sentence of_shape(const Finding& f) {
    const auto& w = f.words;
    switch (f.what) {
        case Fault::unbound_continue:
            return {"There is no rec " + quoted(w[0]) + " around this continue.", "", ""};
        case Fault::unguarded:
            return {"This leads back to its loop without a message in between.", "",
                    "Put a message into the loop, or take the loop away."};
        case Fault::unreachable:
            return {"This is never reached.", "what stands before it never ends here", ""};
        case Fault::choice_begins_elsewhere:
            return {"A branch of a choice at " + quoted(w[0]) + " begins with a message of " +
                        quoted(w[1]) + ".",
                    "the choice", "Each branch begins with a message of the role that chooses."};
        case Fault::branch_without_message:
            return {"This branch of a choice at " + quoted(w[0]) + " can end without a message.",
                    "the choice", "Tell the others of it by a message."};
        case Fault::choice_of_several:
            return {"After the same messages either " + quoted(w[0]) + " or " + quoted(w[1]) +
                        " would send, and neither knows which.",
                    "the other message", "Tell the branches apart by their first labels."};
        default:
            return {"The role " + quoted(w[0]) +
                        " cannot tell these two messages apart: both are " + quoted(w[1]) +
                        ", with different payloads.",
                    "the other one", "Give them different labels."};
    }
}

Sentence of_roles(const Finding& f) {
    const auto& w = f.words;
    switch (f.what) {
        case Fault::sends_differ:
            return {"The role " + quoted(w[0]) + " cannot know whether to send " + quoted(w[1]) +
                        " here: it has seen the same in another branch, where it is to send this.",
                    "what it is to send in the other branch",
                    "Tell it which branch was chosen before it sends."};
        case Fault::receives_from_several:
            return {"The role " + quoted(w[0]) + " cannot know whether to wait for " +
                        quoted(w[1]) + " or for " + quoted(w[2]) + ".",
                    "the other message that may come first",
                    "Let it learn of the choice from one role in every branch."};
        case Fault::sends_or_receives:
            return {"The role " + quoted(w[0]) + " cannot know whether to send or to receive.",
                    "what it would do in the other branch",
                    "Tell it which branch was chosen first."};
        case Fault::ends_or_goes_on:
            return {"The role " + quoted(w[0]) +
                        " cannot know whether this message comes or its part is over.",
                    "", "Tell it in every branch."};
        default:
            return {"The role " + quoted(w[0]) +
                        " may wait for this for ever: the others can go round without it.",
                    "the round begins here", "Give it a part in the round, or check with --fair."};
    }
}

}  // namespace

Sentence sentence_of(const Finding& finding) {
    const auto number = static_cast<int>(finding.what);
    Sentence made = number < 10   ? of_text(finding)
                    : number < 20 ? of_names(finding)
                    : number < 40 ? of_shape(finding)
                                  : of_roles(finding);
    if (!finding.has_other) made.other.clear();
    return made;
}

std::string code_of(Fault fault) {
    const std::string number = std::to_string(static_cast<int>(fault));
    return "SZ-MPST-" + std::string(3 - number.size(), '0') + number;
}

std::string run_text(const Finding& finding) {
    std::string text;
    for (const core::RunStep& step : finding.run) {
        if (!text.empty()) text += "; ";
        text += shown(step.label) + " from " + shown(step.sender) + " to " + shown(step.receiver);
    }
    return text;
}

}  // namespace mpst::compiler
