// SPDX-License-Identifier: AGPL-3.0-or-later
// The law over the corpus, over random protocols, and over what becomes of them when a line is
// changed.
#include <rapidcheck.h>

#include <random>

#include "tests/mpst/corpus.hpp"
#include "tests/mpst/law.hpp"
#include "tests/support/catch.hpp"

using namespace mpst;
using namespace mpst::test;

namespace {

// Random text of a protocol. Every branch is told to every role, mostly by labels of its own.
class Writer {
  public:
    explicit Writer(std::uint64_t seed) : random_(seed), roles_(2 + below(3)) {}

    std::string write() {
        std::string head = "global protocol P(role R0";
        for (std::size_t i = 1; i < roles_; ++i) head += ", role R" + std::to_string(i);
        text_ = head + ") {\n";
        for (std::size_t i = 0; i < roles_; ++i) message(i, (i + 1) % roles_);
        block(3);
        return text_ + "}\n";
    }
    std::size_t below(std::size_t n) {
        return std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
    }

  private:
    void message(std::size_t from, std::size_t to) {
        text_ += "m" + std::to_string(below(3)) + "() from R" + std::to_string(from) + " to R" +
                 std::to_string(to) + ";\n";
    }
    void block(std::size_t depth) {
        for (std::size_t steps = 1 + below(3); steps > 0; --steps) {
            const std::size_t from = below(roles_);
            if (depth == 0 || below(2) == 0) {
                message(from, (from + 1 + below(roles_ - 1)) % roles_);
            } else {
                choice(from, depth);
            }
        }
    }
    void choice(std::size_t chooser, std::size_t depth) {
        const bool loops = below(2) == 0;
        const std::string loop = "X" + std::to_string(loops_++);
        if (loops) text_ += "rec " + loop + " {\n";
        const std::size_t branches = 2 + below(2);
        for (std::size_t i = 0; i < branches; ++i) {
            text_ += i == 0 ? "choice at R" + std::to_string(chooser) + " {\n" : "} or {\n";
            const std::string label = "b" + std::to_string(below(8) == 0 ? 0 : i);
            for (std::size_t to = 0; to < roles_; ++to) {
                if (to != chooser && below(12) != 0)
                    text_ += label + "() from R" + std::to_string(chooser) + " to R" +
                             std::to_string(to) + ";\n";
            }
            if (below(2) == 0) block(depth - 1);
            if (loops && i == 0) text_ += "continue " + loop + ";\n";
        }
        text_ += loops ? "}\n}\n" : "}\n";
    }

    std::mt19937_64 random_;
    std::size_t roles_;
    std::size_t loops_ = 0;
    std::string text_;
};

// One line of messages is taken out, written twice, or put elsewhere.
std::string changed(const std::string& text, Writer& lots) {
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = text.find('\n', begin);
        lines.push_back(text.substr(begin, end - begin + 1));
        begin = end + 1;
    }
    std::vector<std::size_t> messages;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].find("() from ") != std::string::npos) messages.push_back(i);
    }
    const std::size_t at = messages[lots.below(messages.size())];
    const std::string line = lines[at];
    const std::size_t what = lots.below(3);
    if (what != 1) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
    if (what != 0)
        lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(1 + lots.below(lines.size() - 1)),
                     line);
    std::string all;
    for (const std::string& one : lines) all += one;
    return all;
}

// Whether it was accepted; then the law holds.
bool holds_if_accepted(const std::string& text, Writer& lots) {
    core::Check check(text, {});
    check.run();
    for (const core::Checked& protocol : check.protocols()) {
        INFO(text);
        const Law law(protocol);
        REQUIRE(law.covers_the_protocol() == "");
        for (int run = 0; run < 5; ++run)
            REQUIRE(law.run_is_of_the_protocol([&](std::size_t n) { return lots.below(n); }, 60) ==
                    "");
    }
    return !check.protocols().empty();
}

}  // namespace

TEST_CASE("the roles of the corpus do what the protocols say", "[meaning]") {
    Writer lots(1);
    for (const Sample& sample : corpus("accept")) {
        INFO(sample.name);
        CHECK(holds_if_accepted(sample.text, lots));
    }
}

TEST_CASE("the roles of random protocols do what these say, and of changed ones that are accepted",
          "[meaning]") {
    std::size_t accepted = 0, changed_and_accepted = 0;
    rc::check("law", [&](std::uint64_t seed) {
        Writer writer(seed);
        const std::string text = writer.write();
        accepted += holds_if_accepted(text, writer) ? 1 : 0;
        for (int i = 0; i < 5; ++i)
            changed_and_accepted += holds_if_accepted(changed(text, writer), writer) ? 1 : 0;
    });
    CHECK(accepted >= 10);  // else nothing was shown
    CHECK(changed_and_accepted >= 10);
}
