// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads both habits of writing, nuScr's and Scribble's, in one grammar:
//
//   file     = ["module" qname ";"] {decl} {protocol}
//   decl     = "import" qname ["as" name] ";"
//            | ("type" | "data" | "payload") "<" lang ">" string "from" string "as" name ";"
//   lang     = name {"+" | "#"}
//   protocol = ["aux"] ["global"] "protocol" name "(" role {"," role} ")" block
//   role     = "role" name ["as" name]
//   block    = "{" {step} "}"
//   step     = message "from" name "to" name {"," name} ";"
//            | "choice" "at" name block {"or" block}
//            | "rec" name block
//            | "continue" name ";"
//            | "do" name ["(" name {"," name} ")"] ";"
//   message  = name ["(" [payload {"," payload}] ")"] | "(" [payload {"," payload}] ")"
//   payload  = [name ":"] qname
//
// No word is reserved: what a word means follows from its place.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "declarations.hpp"

namespace mpst::core {

class Parser : private DeclarationReader {
  public:
    constexpr Parser(std::string_view text, const Limits& limits, std::vector<Finding>& findings)
        : DeclarationReader(text, limits, findings) {}

    constexpr File run() {
        module_and_declarations();
        while (peek().kind != Token::end && !is_full()) {
            if (!protocol()) skip_to_protocol();
        }
        if (file_.protocols.empty() && findings_.empty()) fault(Fault::no_protocol, peek().at, {});
        return std::move(file_);
    }

  private:
    // A block that is being read.
    struct Open {
        std::uint32_t node = none;  // whose block it is; none: the protocol's own
        std::uint32_t block = none;
        std::uint32_t last = none;  // node
    };

    // ---- protocols

    [[nodiscard]] constexpr bool begins_protocol(std::size_t on = 0) const {
        if (is_word("aux", on) || is_word("explicit", on) || is_word("global", on))
            return peek(on + 1).kind == Token::name;
        return is_word("protocol", on) && peek(on + 1).kind == Token::name;
    }
    constexpr void skip_to_protocol() {
        std::size_t depth = 0;
        do {
            depth += peek().kind == '{' ? 1 : 0;
            if (peek().kind == '}' && depth > 0) --depth;
            advance();
        } while (peek().kind != Token::end && (depth > 0 || !begins_protocol()));
    }

    constexpr bool protocol() {
        Protocol made;
        if (is_word("nested")) return refuse(peek().at, "a nested protocol");
        if (is_word("local")) return refuse(peek().at, "a local protocol");
        if (is_declaration()) return expected("a protocol (declarations stand before the first)");
        if (is_word("aux")) {
            made.is_auxiliary = true;
            advance();
        }
        if (is_word("explicit")) refuse(peek().at, "explicit connection (explicit)"), advance();
        if (is_word("global")) {
            advance();
            if (is_word("protocol")) advance();
        } else if (!take_word("protocol")) {
            return false;
        }
        if (!take_name(made.name, "the protocol's name")) return false;
        if (peek().kind == '<') return refuse(peek().at, "a protocol's parameter");
        if (!take('(', "(")) return false;
        if (!roles(made)) return false;
        if (peek().kind == Token::name && !begins_protocol())
            return refuse(peek().at, text(peek()));
        if (peek().kind != '{') return expected("{");
        const auto own = static_cast<std::uint32_t>(file_.protocols.size());
        file_.protocols.push_back(std::move(made));
        const std::uint32_t block = body();
        file_.protocols[own].block = block;
        return block != none;
    }

    constexpr bool roles(Protocol& made) {
        for (;;) {
            RoleDeclaration role;
            if (is_word("new"))
                return refuse(peek().at, "a role that is made in the protocol (new)");
            if (!take_word("role") || !take_name(role.declared, "a role's name")) return false;
            role.inside = role.declared;
            if (is_word("as")) {
                advance();
                if (!take_name(role.inside, "a role's name")) return false;
            }
            made.roles.push_back(role);
            if (peek().kind == ';') return refuse(peek().at, "a role that is made in the protocol");
            if (peek().kind == ')') break;
            if (!take(',', ", or )")) return false;
        }
        advance();
        return true;
    }

    // ---- blocks

    constexpr std::uint32_t open_block(std::uint32_t node) {
        const auto block = static_cast<std::uint32_t>(file_.blocks.size());
        file_.blocks.push_back({peek().at, none, none});
        advance();
        open_.push_back({node, block, none});
        return block;
    }

    // The block that begins here, with all that stands in it; none when it has no end.
    constexpr std::uint32_t body() {
        open_.clear();
        const std::uint32_t outermost = open_block(none);
        while (!open_.empty()) {
            if (is_full()) return none;
            if (peek().kind == Token::end || (peek().kind == Token::name && begins_next())) {
                fault(Fault::syntax, peek().at, "}",
                      peek().kind == Token::end ? std::string_view("the end of the file")
                                                : text(peek()));
                finding_refers_to(file_.blocks[open_.back().block].at);
                return none;
            }
            if (peek().kind == '}') {
                close();
            } else if (!step()) {
                recover();
            }
        }
        return outermost;
    }
    // "global protocol P(": a brace was forgotten.
    [[nodiscard]] constexpr bool begins_next() const {
        return is_word("global") && is_word("protocol", 1) && peek(2).kind == Token::name;
    }
    constexpr void finding_refers_to(Place other) {
        findings_.back().has_other = true;
        findings_.back().other = other;
    }
    constexpr void close() {
        advance();
        const Open closed = open_.back();
        open_.pop_back();
        if (closed.node == none || file_.nodes[closed.node].step != Step::choice) return;
        if (!is_word("or")) return;
        advance();
        if (peek().kind != '{') {
            expected("{");
            return;
        }
        const std::uint32_t branch = open_block(closed.node);
        file_.blocks[closed.block].next_branch = branch;
    }
    // To where the next step may begin.
    constexpr void recover() {
        std::size_t depth = 0;
        while (peek().kind != Token::end && !begins_next()) {
            const char kind = peek().kind;
            if (kind == '}' && depth == 0) return;
            advance();
            if (kind == '{') ++depth;
            if (kind == '}') --depth;
            if ((kind == ';' || kind == '}') && depth == 0 && !is_word("or") && !is_word("and"))
                return;
        }
    }

    constexpr std::uint32_t add(Node node) {
        const auto index = static_cast<std::uint32_t>(file_.nodes.size());
        file_.nodes.push_back(node);
        Open& open = open_.back();
        if (open.last == none) {
            file_.blocks[open.block].first = index;
        } else {
            file_.nodes[open.last].next = index;
        }
        open.last = index;
        return index;
    }

    // ---- steps

    constexpr bool step() {
        if (peek().kind == '(') return message({file_.names(""), peek().at});
        if (peek().kind != Token::name) return expected("a message, choice, rec, continue or do");
        if (is_word("choice") && is_word("at", 1)) return choice();
        if (is_word("rec") && peek(1).kind == Token::name && !is_word("from", 1)) return loop();
        if (is_word("continue") && peek(1).kind == Token::name && !is_word("from", 1))
            return jump();
        if (is_word("do") && peek(1).kind == Token::name && !is_word("from", 1)) return call();
        if (peek(1).kind == '(' || is_word("from", 1)) {
            Use label;
            return take_name(label, "a label") && message(label);
        }
        return refuse_step();
    }

    // What the peers know and we do not is named; else it is a slip of the pen.
    constexpr bool refuse_step() {
        constexpr std::array<std::string_view, 13> known{
            "par",    "interruptible", "connect", "disconnect", "wrap", "accept", "spawn",
            "unfold", "let",           "nested",  "raise",      "run",  "with"};
        for (const std::string_view word : known) {
            if (is_word(word)) return refuse(peek().at, word);
        }
        if (is_word("calls", 1)) return refuse(peek(1).at, "calls");
        const bool is_qualified = peek(1).kind == '.';
        if (is_qualified) return refuse(peek().at, "a qualified message name");
        advance();
        return expected("( or from");
    }

    constexpr bool choice() {
        Node node;
        node.step = Step::choice;
        node.at = peek().at;
        advance();
        advance();
        if (!take_name(node.who, "the role that chooses")) return false;
        if (peek().kind != '{') return expected("{");
        const std::uint32_t index = add(node);
        const std::uint32_t block = open_block(index);
        file_.nodes[index].block = block;
        return true;
    }
    constexpr bool loop() {
        Node node;
        node.step = Step::loop;
        node.at = peek().at;
        advance();
        if (!take_name(node.head, "the loop's name")) return false;
        if (peek().kind == '[' || peek().kind == '<' || peek().kind == '(')
            return refuse(peek().at, "a loop's parameter");
        if (peek().kind != '{') return expected("{");
        const std::uint32_t index = add(node);
        const std::uint32_t block = open_block(index);
        file_.nodes[index].block = block;
        return true;
    }
    constexpr bool jump() {
        Node node;
        node.step = Step::jump;
        node.at = peek().at;
        advance();
        if (!take_name(node.head, "a loop's name")) return false;
        if (peek().kind == '[' || peek().kind == '<' || peek().kind == '(')
            return refuse(peek().at, "a loop's argument");
        node.at.end = node.head.at.end;
        add(node);
        return take(';', ";");
    }
    constexpr bool call() {
        Node node;
        node.step = Step::call;
        node.at = peek().at;
        advance();
        if (!take_qualified(node.head, "a protocol's name")) return false;
        node.at.end = node.head.at.end;
        if (peek().kind == '<') return refuse(peek().at, "a protocol's argument");
        node.first_use = static_cast<std::uint32_t>(file_.uses.size());
        if (peek().kind == '(') {
            advance();
            if (peek().kind != ')' && !arguments()) return false;
            node.at.end = peek().at.end;
            advance();
        }
        node.uses = static_cast<std::uint32_t>(file_.uses.size()) - node.first_use;
        add(node);
        return take(';', ";");
    }
    constexpr bool arguments() {
        for (;;) {
            Use role;
            if (!take_name(role, "a role's name")) return false;
            if (is_word("as")) return refuse(peek().at, "a named role argument (as)");
            file_.uses.push_back(role);
            if (peek().kind == ')') return true;
            if (!take(',', ", or )")) return false;
        }
    }

    constexpr bool message(Use label) {
        Node node;
        node.step = Step::message;
        node.at = label.at;
        node.head = label;
        payload_.clear();
        members_.clear();
        if (peek().kind == '(' && !payload()) return false;
        node.payload = file_.payloads(payload_);
        node.members = file_.members(members_);
        if (peek().kind == '@' || peek().kind == '<' || peek().kind == '[')
            return refuse(peek().at, "an annotation of a message");
        if (!take_word("from") || !take_name(node.who, "the sender") || !take_word("to"))
            return false;
        node.first_use = static_cast<std::uint32_t>(file_.uses.size());
        for (;;) {
            Use receiver;
            if (!take_name(receiver, "the receiver")) return false;
            file_.uses.push_back(receiver);
            if (peek().kind != ',') break;
            advance();
        }
        node.at.end = file_.uses.back().at.end;
        if (peek().kind == '@' || peek().kind == '<' || peek().kind == '[')
            return refuse(peek().at, "an annotation of a message");
        node.uses = static_cast<std::uint32_t>(file_.uses.size()) - node.first_use;
        add(node);
        return take(';', ";");
    }
    constexpr bool payload() {
        advance();
        if (peek().kind == ')') {
            advance();
            return true;
        }
        for (;;) {
            Use type;
            Name member = none;
            if (!take_qualified(type, "a payload's type")) return false;
            if (peek().kind == ':') {
                member = type.name;
                advance();
                if (!take_qualified(type, "a payload's type")) return false;
            }
            if (peek().kind == '{') return refuse(peek().at, "a refinement of a payload");
            if (peek().kind == '@' || peek().kind == '(')
                return refuse(peek().at, "a payload that is a protocol");
            if (peek().kind == '<') return refuse(peek().at, "a payload's parameter");
            payload_.push_back(type.name);
            members_.push_back(member);
            if (peek().kind == ')') break;
            if (!take(',', ", or )")) return false;
        }
        advance();
        return true;
    }

    std::vector<Open> open_;
    std::vector<std::uint32_t> payload_, members_;
};

}  // namespace mpst::core
