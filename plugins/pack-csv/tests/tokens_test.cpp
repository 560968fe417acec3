// SPDX-License-Identifier: AGPL-3.0-or-later
// Text to cells and back.
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "plugins/pack-csv/layout.hpp"
#include "plugins/pack-csv/tokens.hpp"
#include "tests/support/catch.hpp"

using namespace csv;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const Tokens& tokens) {
    Rows rows;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        rows.emplace_back();
        for (const Cell& cell : tokens.row(i)) rows.back().emplace_back(cell.text);
    }
    return rows;
}

Rows read(const std::string& text, char separator = ',') {
    const Tokens tokens(text, separator);
    CHECK(tokens.wrong() == Tokens::Wrong::nothing);
    return rows_of(tokens);
}

// A writer as RFC 4180 has it, for any separator.
std::string written(const Rows& rows, char separator, const std::string& line_end) {
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += separator;
            const std::string special{separator, '"', '\r', '\n'};
            if (row[i].find_first_of(special) == row[i].npos &&
                !(row.size() == 1 && row[i].empty())) {
                out += row[i];
                continue;
            }
            out += '"';
            for (const char c : row[i]) out.append(c == '"' ? 2 : 1, c);
            out += '"';
        }
        out += line_end;
    }
    return out;
}

}  // namespace

TEST_CASE("cells and rows are told apart, whatever the line ends") {
    const Rows wanted{{"a", "b"}, {"1", ""}, {"", "2"}};
    CHECK(read("a,b\n1,\n,2\n") == wanted);
    CHECK(read("a,b\r\n1,\r\n,2\r\n") == wanted);
    CHECK(read("a,b\r1,\r,2") == wanted);
    CHECK(read("a;b\n1;\n;2", ';') == wanted);
    CHECK(read("a\tb\n1\t\n\t2", '\t') == wanted);
    CHECK(read("") == Rows{});
    CHECK(read("\n\r\n") == Rows{{""}, {""}});
    CHECK(read("a,") == Rows{{"a", ""}});
}

TEST_CASE("quotation marks hold separators, line ends and each other") {
    CHECK(read("\"a,b\",\"c\"\"d\",\"e\nf\"\n") == Rows{{"a,b", "c\"d", "e\nf"}});
    CHECK(read("\"\",\"\"\"\"\n\"\"\"x\"\"\"") == Rows{{"", "\""}, {"\"x\""}});
    CHECK(read("a, \"b, c\" ,d\n") == Rows{{"a", "b, c", "d"}});
    CHECK(read(" a , b ") == Rows{{" a ", " b "}});
}

TEST_CASE("a quotation mark in the middle of a cell stays there and is remembered") {
    const Tokens tokens("pipe,5\" long\"\n", ',');
    CHECK(rows_of(tokens) == Rows{{"pipe", "5\" long\""}});
    CHECK(tokens.inner_quotes() == std::vector<std::uint32_t>{6});
}

TEST_CASE("what cannot be read has its place") {
    const Tokens open("a,b\nc,\"d\ne,f\n", ',');
    CHECK(open.wrong() == Tokens::Wrong::open_quote);
    CHECK(open.wrong_at() == 6);
    const Tokens after("a,\"b\" c\n", ',');
    CHECK(after.wrong() == Tokens::Wrong::after_quote);
    CHECK(after.wrong_at() == 6);
    const Tokens doubled("\"a\"\"", ',');
    CHECK(doubled.wrong() == Tokens::Wrong::open_quote);
    CHECK(doubled.wrong_at() == 0);
}

TEST_CASE("each limit of a table holds at its number and one past it") {
    using Wrong = Tokens::Wrong;
    const auto wrong = [](const std::string& text) { return Tokens(text, ',').wrong(); };
    CHECK(wrong(std::string(255, ',')) == Wrong::nothing);
    CHECK(wrong(std::string(256, ',')) == Wrong::columns);
    CHECK(wrong(std::string(262'144, 'x')) == Wrong::nothing);
    CHECK(wrong(std::string(262'145, 'x')) == Wrong::cell_bytes);
    CHECK(wrong('"' + std::string(262'145, 'x') + '"') == Wrong::cell_bytes);
    CHECK(wrong(std::string(100'000, '\n')) == Wrong::nothing);
    CHECK(wrong(std::string(100'001, '\n')) == Wrong::rows);
    std::string many;
    for (int i = 0; i < 5000; ++i) many += std::string(199, ',') + '\n';
    CHECK(wrong(many) == Wrong::nothing);
    CHECK(wrong(many + "x") == Wrong::cells);
}

TEST_CASE("the separator is the one that the rows fit best") {
    const auto separator = [](const char* text) { return layout_of(text, {}, false).separator; };
    CHECK(separator("a,b\n1,2\n") == ',');
    CHECK(separator("a;b\n1,5;2,5\n2,5;3\n") == ';');
    CHECK(separator("a\tb\n1,2\t3\n") == '\t');
    CHECK(separator("a|b\n1|2\n") == '|');
    CHECK(separator("name,note\nx,\"a;b;c\"\ny,d;e\n") == ',');
    CHECK(separator("\"a;b\",c\n\"d;e\",f\n") == ',');
    CHECK(separator("only\none\n") == ',');
    CHECK(layout_of("a,b\n", {}, true).separator == '\t');
    CHECK(layout_of("a,b\n", ';', false).separator == ';');
    const Layout said = layout_of("sep=;\r\na,b;c\n", {}, false);
    CHECK(said.separator == ';');
    CHECK(said.body == 7);
}

TEST_CASE("any table that RFC 4180 can write is read back cell for cell") {
    rc::check([] {
        const auto text = rc::gen::container<std::string>(
            rc::gen::weightedOneOf<char>({{6, rc::gen::elementOf(std::string("\",;\t|\r\n  ax1."))},
                                          {1, rc::gen::arbitrary<char>()}}));
        const auto width = *rc::gen::inRange<std::size_t>(1, 6);
        const Rows rows =
            *rc::gen::container<Rows>(rc::gen::container<std::vector<std::string>>(width, text));
        const char separator = *rc::gen::elementOf(std::string(",;\t|"));
        const auto line_end = *rc::gen::element<std::string>("\n", "\r\n", "\r");
        const std::string all = written(rows, separator, line_end);
        const Tokens tokens(all, separator);
        RC_ASSERT(tokens.wrong() == Tokens::Wrong::nothing);
        RC_ASSERT(rows_of(tokens) == rows);
    });
}
