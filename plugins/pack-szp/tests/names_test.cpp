// SPDX-License-Identifier: AGPL-3.0-or-later
#include "names.hpp"

#include <rapidcheck.h>

#include "tests/support/catch.hpp"

using namespace szp;

namespace {

bool is_good(const std::string& path) {
    sz::plugin::Findings nobody(nullptr);
    Faults faults(nobody, "test");
    const bool good = check_path(path, {}, faults);
    CHECK(good == !faults.has_error());
    return good;
}

}  // namespace

TEST_CASE("ordinary names are good names") {
    for (const char* name :
         {"szpack.json", "objects/datasets/core-items.json", "media/images/weapons/sword.png",
          "README.md", "a b/c d.png", "media/images/Schwärzung.png", "日本語.png", "...x", "com10",
          "console.txt", "a.con"}) {
        INFO(name);
        CHECK(is_good(name));
    }
}

TEST_CASE("a name is as long and as deep as its limit and not more") {
    CHECK(is_good(std::string(240, 'a')));
    CHECK_FALSE(is_good(std::string(241, 'a')));
    CHECK(is_good("1/2/3/4/5/6/7/8/9/10/11/12"));
    CHECK_FALSE(is_good("1/2/3/4/5/6/7/8/9/10/11/12/13"));
}

TEST_CASE("a good name stays below its folder on every system") {
    CHECK(rc::check("no part is empty, a dot or two, or has a separator in it", [] {
        const auto path = *rc::gen::container<std::string>(rc::gen::element(
            'a', 'B', '.', '/', '\\', ':', ' ', '\0', '\n', '\x80', '\xc3', 'c', 'o', 'n'));
        sz::plugin::Findings nobody(nullptr);
        Faults faults(nobody, "test");
        if (!check_path(path, {}, faults)) return;
        std::string part;
        for (const char c : path + "/") {
            RC_ASSERT(c != '\\' && c != ':' && static_cast<unsigned char>(c) >= 0x20);
            if (c != '/') {
                part += c;
                continue;
            }
            RC_ASSERT(!part.empty() && part != "." && part != ".." && part != "con" &&
                      part.back() != '.' && part.back() != ' ');
            part.clear();
        }
        RC_ASSERT(is_utf8(path));
    }));
}

TEST_CASE("UTF-8 is what the Unicode standard calls well-formed") {
    for (const char* good : {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"})
        CHECK(is_utf8(good));
    for (const char* bad : {"\x80", "\xc3", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80",
                            "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff",
                            "\xe2\x82", "\xe2\x28\xa1"}) {
        CHECK_FALSE(is_utf8(bad));
    }
}

TEST_CASE("hidden files and the copies of editors are left out") {
    for (const char* out :
         {".git", ".git/config", "a/.DS_Store", "x.json~", "x.json.bak", ".x.json.swp", "#x.json#",
          "Thumbs.db", "__MACOSX/a", "~lock", "Desktop.ini", "a.TMP"}) {
        INFO(out);
        CHECK(is_left_out(out));
    }
    for (const char* in : {"szpack.json", "a/b.png", "git", "tmp", "a.b.json", "../x", "./x", ""}) {
        INFO(in);
        CHECK_FALSE(is_left_out(in));
    }
}

TEST_CASE("a name in a message is short and printable") {
    CHECK(quote("a\n\x1b[31m") == "“a??[31m”");
    CHECK(quote("\xff\xfe") == "“??”");
    CHECK(quote(std::string(100, 'x')) == "“" + std::string(80, 'x') + "…”");
    CHECK(quote(std::string(79, 'x') + "é") == "“" + std::string(79, 'x') + "…”");
}
