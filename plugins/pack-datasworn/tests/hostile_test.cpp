// SPDX-License-Identifier: AGPL-3.0-or-later
// Files that are broken, of the wrong shape, or want to be expensive.
#include <sys/stat.h>

#include "collected.hpp"
#include "plugins/pack-datasworn/faults.hpp"
#include "tests/support/catch.hpp"

using namespace datasworn;
using namespace datasworn::test;

namespace {

struct Refusal {
    const char* text;
    const char* code;
    std::uint32_t line;
};

std::string repeated(const std::string& text, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += text;
    return out;
}

Collected import_text(const std::string& text) {
    Folder folder;
    return import(folder.put("vale.json", text));
}

}  // namespace

TEST_CASE("what is no rules package is refused with its place") {
    const Refusal refusal = GENERATE(
        Refusal{R"([1,2])", "SZ-DATASWORN-005", 1},
        Refusal{R"({"datasworn_version":"0.0.10",)", "SZ-DATASWORN-002", 1},
        Refusal{"{\"datasworn_version\":\"0.0.10\",\n\"a\":1,\n\"a\":2}", "SZ-DATASWORN-003", 2},
        Refusal{R"({"_id":"vale","datasworn_version":"0.1.0","type":"ruleset"})",
                "SZ-DATASWORN-006", 1},
        Refusal{"{\"_id\":\"vale\",\"datasworn_version\":\"0.0.10\",\n\"type\":\"other\"}",
                "SZ-DATASWORN-005", 2},
        Refusal{R"({"_id":"../x","datasworn_version":"0.0.10","type":"ruleset"})",
                "SZ-DATASWORN-005", 1},
        Refusal{R"({"_id":"vale","datasworn_version":"0.0.10","type":"expansion"})",
                "SZ-DATASWORN-005", 1},
        Refusal{
            R"({"_id":"vale","datasworn_version":"0.0.10","type":"expansion","ruleset":"vale"})",
            "SZ-DATASWORN-005", 1});
    const Collected got = import_text(refusal.text);
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.packs.empty());
    REQUIRE(got.findings.size() == 1);
    CHECK(got.findings[0].code == refusal.code);
    CHECK(got.findings[0].severity == SZ_SEVERITY_ERROR);
    CHECK(got.findings[0].line == refusal.line);
    CHECK_FALSE(got.findings[0].hint.empty());
}

TEST_CASE("a file past a limit is refused: depth, a list, a text") {
    const auto refused = [](const std::string& parts) {
        const Collected got = import_text(vale(parts));
        return got.status == SZ_ERR_INVALID && got.with_code("SZ-DATASWORN-004").size() == 1;
    };
    CHECK_FALSE(refused("\"a\":" + repeated("[", 31) + repeated("]", 31)));
    CHECK(refused("\"a\":" + repeated("[", 32) + repeated("]", 32)));
    CHECK_FALSE(refused("\"a\":[0" + repeated(",0", 9'999) + "]"));
    CHECK(refused("\"a\":[0" + repeated(",0", 10'000) + "]"));
    CHECK_FALSE(refused("\"a\":\"" + std::string(256 * 1024, 'x') + "\""));
    CHECK(refused("\"a\":\"" + std::string(256 * 1024 + 1, 'x') + "\""));
}

TEST_CASE("two files of one package in a folder are refused") {
    Folder folder;
    folder.put("a.json", vale(""));
    folder.put("b.json", vale(""));
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.with_code("SZ-DATASWORN-008").size() == 1);
    CHECK(got.packs.empty());
}

TEST_CASE("a folder without packages, or nothing at all, is refused") {
    Folder folder;
    CHECK(import(folder.path()).status == SZ_ERR_ENVIRONMENT);
    CHECK(import(folder.path() / "nowhere.json").status == SZ_ERR_ENVIRONMENT);
    folder.put("x.json", "{}");
    const Collected got = import(folder.path());
    CHECK(got.status == SZ_ERR_INVALID);
    CHECK(got.with_code("SZ-DATASWORN-005").size() == 1);
}

TEST_CASE("a pipe in a folder is not opened") {
    Folder folder;
    folder.put("vale.json", vale(""));
    REQUIRE(::mkfifo((folder.path() / "pipe.json").c_str(), 0600) == 0);
    CHECK(DataswornFormat().probe(folder.path().string()) == 90);
    CHECK(import(folder.path()).status == SZ_OK);
}

TEST_CASE("values of the wrong type are carried as what they are, with a warning") {
    const Collected got =
        import_text(vale(R"("moves":{"a":{"name":7,"contents":[1],"collections":{"x":3},
        "summary":{"a":"b"},"_source":"me","tags":4,"suggestions":"s"},
        "b":{"contents":{"m":{"name":"M","text":5,"trigger":"t","outcomes":"o","roll_type":[1],
          "oracles":{"a":1}},
          "n":{"trigger":{"conditions":"c"},"outcomes":{"strong_hit":"s","odd":1}},
          "o":{"trigger":{"conditions":[3,{"roll_options":"r"}]}}}}},
      "assets":{"a":{"contents":{"x":{"options":[1],"controls":{"c":2,"d":{"label":1,"choices":"z",
          "moves":"m","rollable":"y"}},"attachments":9,"abilities":"none"},
        "y":{"abilities":[1,{"moves":2,"enhance_moves":3},{"enhance_moves":[4,{"trigger":5,
          "enhances":6},{"trigger":{"conditions":{"k":"v"}}}]}]}}}},
      "oracles":{"o":{"contents":{"p":{"rows":{"a":1},"dice":3},"q":{"rows":[1,{"text":{"a":1},
          "oracle_rolls":7,"suggestions":["x"]},{"oracle_rolls":[8,{"number_of_rolls":"n","auto":"a"}]}],
          "column_labels":"l","recommended_rolls":4,"match":5}}}},
      "npcs":{"n":{"contents":{"p":{"rank":"high","features":"f","variants":[1]}}}},
      "truths":{"t":{"options":{"a":1},"dice":1},"u":{"options":[2,{"table":3,"min":"x"}]},"v":5},
      "rules":{"stats":6,"impacts":{"i":7}},"atlas":8)"));
    REQUIRE(got.status == SZ_OK);  // above all: every value is accounted for
    CHECK_FALSE(got.with_code("SZ-DATASWORN-010").empty());
    CHECK(got.with_code("SZ-DATASWORN-007").size() == 5);
    CHECK(got.value("npcs", "n-p", "rank") == "high");
    CHECK(got.value("moves", "b-m", "trigger") == "t");
    CHECK(got.account["written"] == 15);
}

TEST_CASE("an id that says another place leads here as well") {
    const Collected got = import_text(vale(R"J("moves":{"a":{"contents":{
        "b":{"_id":"vale/moves/old/name","name":"B"},
        "c":{"name":"C","text":"[B](id:vale/moves/old/name) [B](id:vale/moves/a/b)"}}}})J"));
    CHECK(got.with_code("SZ-DATASWORN-009").size() == 1);
    CHECK(got.entry("moves", "a-c")["description"] == "[B](entry:moves/a-b) [B](entry:moves/a-b)");
}

TEST_CASE("a long name is cut and kept whole beside; keys of one spelling stay apart") {
    const std::string name(205, 'n');
    const Collected got = import_text(
        vale(R"("moves":{"a":{"contents":{"x!":{"name":")" + name + R"("},"x?":{"name":"Y"}}}})"));
    REQUIRE(got.status == SZ_OK);
    CHECK(got.entry("moves", "a-x_")["name"] == std::string(200, 'n'));
    CHECK(got.value("moves", "a-x_", "fullName") == name);
    CHECK(got.entry("moves", "a-x_-2")["name"] == "Y");
    CHECK(got.with_code("SZ-DATASWORN-016").size() == 1);
}

TEST_CASE("a person who cancels, and a kernel that takes no more, are obeyed") {
    Folder folder;
    const auto file = folder.put("vale.json", vale(R"("moves":{"a":{"contents":{"b":{}}}})"));
    CHECK(import(file, "{}", {.reports_max = 0}).status == SZ_ERR_CANCELLED);
    CHECK(import(file, "{}", {.reports_max = 1}).status == SZ_ERR_CANCELLED);
    CHECK(import(file, "{}", {.files_max = 1}).status == SZ_ERR_LIMIT);
    CHECK(import(file, "{}", {.files_max = 3}).status == SZ_OK);
}

TEST_CASE("options that are not understood are refused") {
    Folder folder;
    const auto file = folder.put("vale.json", vale(""));
    for (const char* options :
         {"[]", R"({"version":1})", R"({"version":"1"})", R"({"x":"1.0.0"})"}) {
        const Collected got = import(file, options);
        CHECK(got.status == SZ_ERR_INVALID);
        CHECK(got.packs.empty());
    }
}

TEST_CASE("texts that look like links again and again take no longer than their length") {
    const std::string open = repeated("[](id:", 40'000);
    const std::string inserts = repeated("{{", 100'000);
    const Collected got = import_text(vale(R"("moves":{"a":{"contents":{"b":{"text":")" + open +
                                           R"("},"c":{"text":")" + inserts + R"("}}}})"));
    CHECK(got.status == SZ_OK);
    CHECK(got.entry("moves", "a-b")["description"] == open);
}

TEST_CASE("no more findings are given than the kernel keeps, and one that says that there are") {
    std::string members;
    for (std::size_t i = 0; i < Faults::kept_max + 500; ++i)
        members += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":1";
    const Collected got = import_text(vale("\"moves\":{" + members + "}"));
    CHECK(got.status == SZ_OK);
    CHECK(got.findings.size() == Faults::kept_max + 1);
}
