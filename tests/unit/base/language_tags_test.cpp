// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/base/language_tags.hpp"

#include <map>

#include "tests/support/catch.hpp"

using namespace sz;
using Tags = std::vector<std::string>;

TEST_CASE("a language tag has letters first, and parts of at most eight") {
    for (const char* tag : {"de", "DE", "deu", "pt-BR", "zh-Hant-TW", "de-CH-1996", "x-a"})
        CHECK(is_language_tag(tag) == (std::string(tag) != "x-a"));
    for (const char* text : {"", "d", "d3", "de_DE", "de-", "-de", "de--DE", "de-ninechars", "dé",
                             "German language", "verylongword"})
        CHECK_FALSE(is_language_tag(text));
}

TEST_CASE("a language tag has at most 35 bytes") {
    const std::string longest = "de-12345678-12345678-12345678-12345";
    REQUIRE(longest.size() == language_tag_bytes_max);
    CHECK(is_language_tag(longest));
    CHECK_FALSE(is_language_tag(longest + "6"));
}

TEST_CASE("who wants a language of a region is served by the language, too") {
    CHECK(languages_for("de") == Tags{"de"});
    CHECK(languages_for("zh-Hant-TW") == Tags{"zh-Hant-TW", "zh-Hant", "zh"});
    // A single letter goes together with what it introduces.
    CHECK(languages_for("de-x-mine") == Tags{"de-x-mine", "de"});
    CHECK(languages_for("").empty());
    CHECK(languages_for("de_DE").empty());
}

TEST_CASE("a locale says a language, unless it is nobody's") {
    CHECK(language_of_locale("de_AT.UTF-8@euro") == "de-AT");
    CHECK(language_of_locale("pt_BR") == "pt-BR");
    CHECK(language_of_locale("C.UTF-8").empty());
    CHECK(language_of_locale("C").empty());
    CHECK(language_of_locale("POSIX").empty());
    CHECK(language_of_locale("de_AT/../..").empty());
}

TEST_CASE("of the environment the first variable that is set counts") {
    std::map<std::string, std::string> set;
    const auto language = [&] {
        return language_of_environment([&](const char* name) -> const char* {
            const auto found = set.find(name);
            return found == set.end() ? nullptr : found->second.c_str();
        });
    };
    CHECK(language().empty());
    set["LANG"] = "en_GB.UTF-8";
    CHECK(language() == "en-GB");
    set["LC_MESSAGES"] = "de_DE.UTF-8";
    CHECK(language() == "de-DE");
    set["LC_ALL"] = "";  // as if it were not set
    CHECK(language() == "de-DE");
    set["LC_ALL"] = "C.UTF-8";
    CHECK(language().empty());
}
