// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/deps.hpp"

#include <map>
#include <nlohmann/json.hpp>

#include "tests/support/catch.hpp"

using namespace sz;
using tools::DependencyRoot;

namespace deps_test {

namespace {

using Texts = std::vector<std::string>;
using Needs = std::vector<PackDependency>;

// A library as a table: pack → version → what it needs.
struct Shelf {
    std::map<std::string, std::map<std::string, Needs>> packs;

    [[nodiscard]] OtherPacks others() const {
        OtherPacks others;
        others.versions = [this](const std::string& id) {
            Texts versions;
            if (const auto found = packs.find(id); found != packs.end()) {
                for (const auto& [version, needs] : found->second) versions.push_back(version);
            }
            return versions;
        };
        others.dependencies = [this](const std::string& id, const std::string& version) {
            return packs.at(id).at(version);
        };
        return others;
    }
};

struct Tree {
    Json json;
    Findings findings;

    // "a 1.0.0 ok", as they are met.
    [[nodiscard]] Texts packs() const {
        Texts all;
        for (const auto& one : json.at("packs"))
            all.push_back(string_or(one, "id") + " " + string_or(one, "version") + " " +
                          string_or(one, "state"));
        return all;
    }
    // "root>a ok"
    [[nodiscard]] Texts edges() const {
        Texts all;
        for (const auto& one : json.at("edges"))
            all.push_back(string_or(one, "from") + ">" + string_or(one, "to") + " " +
                          string_or(one, "state"));
        return all;
    }
    [[nodiscard]] Texts codes() const {
        Texts all;
        for (const auto& one : findings) all.push_back(one.code);
        return all;
    }
};

Tree tree_of(const Needs& needs, const Shelf& shelf) {
    Tree tree;
    tree.json =
        tools::dependency_tree({"root", "Root", "1.0.0", needs}, shelf.others(), {}, tree.findings);
    return tree;
}

}  // namespace

TEST_CASE("a pack without dependencies needs nothing") {
    const auto tree = tree_of({}, {});
    CHECK(tree.packs().empty());
    CHECK(tree.edges().empty());
    CHECK(tree.findings.empty());
}

TEST_CASE("of each pack the newest version is chosen that everybody admits") {
    const Shelf shelf{{{"a", {{"1.0.0", {{"c", "^1.0.0"}}}, {"1.3.0", {{"c", "^1.0.0"}}}}},
                       {"b", {{"2.0.0", {{"c", "~1.2.0"}}}}},
                       {"c", {{"1.2.0", {}}, {"1.2.7", {}}, {"1.9.0", {}}, {"2.0.0", {}}}}}};
    const auto tree = tree_of({{"a", "^1.0.0"}, {"b", "*"}}, shelf);
    CHECK(tree.packs() == Texts{"a 1.3.0 ok", "b 2.0.0 ok", "c 1.2.7 ok"});
    CHECK(tree.edges() == Texts{"root>a ok", "root>b ok", "a>c ok", "b>c ok"});
    CHECK(tree.findings.empty());
    CHECK(tree.json.at("packs")[2].at("installed") == Json({"2.0.0", "1.9.0", "1.2.7", "1.2.0"}));
}

TEST_CASE("a lower version of one pack is chosen when the choice of another asks for it") {
    const Shelf shelf{{{"a", {{"1.0.0", {{"b", "^1.0.0"}}}, {"2.0.0", {{"b", "^1.0.0"}}}}},
                       {"b", {{"1.0.0", {}}, {"2.0.0", {}}}}}};
    CHECK(tree_of({{"b", "*"}, {"a", "*"}}, shelf).packs() == Texts{"b 1.0.0 ok", "a 2.0.0 ok"});
}

TEST_CASE("choices that chase each other come to rest") {
    // b 2 wants a 1, a 1 wants b 1: falling versions end it, with a choice that fits.
    const Shelf shelf{{{"a", {{"1.0.0", {{"b", "^1.0.0"}}}, {"2.0.0", {}}}},
                       {"b", {{"1.0.0", {}}, {"2.0.0", {{"a", "^1.0.0"}}}}}}};
    const auto tree = tree_of({{"a", "*"}, {"b", "*"}}, shelf);
    CHECK(tree.findings.empty());
    for (const auto& one : tree.json.at("packs")) CHECK(one.at("state") == "ok");
}

TEST_CASE("what is missing, and what is there in other versions only") {
    const Shelf shelf{{{"a", {{"1.0.0", {{"gone", "^1.0.0"}, {"c", "^2.0.0"}}}}},
                       {"c", {{"1.0.0", {}}, {"1.5.0", {}}}}}};
    const auto tree = tree_of({{"a", "1.0.0"}}, shelf);
    CHECK(tree.codes() == Texts{"SZ-DEPS-001", "SZ-DEPS-002"});
    CHECK(tree.findings[0].message == "“a” 1.0.0 needs “gone” ^1.0.0, which is not installed.");
    CHECK(tree.findings[1].message == "“a” 1.0.0 needs “c” ^2.0.0; installed is 1.5.0 and 1.0.0.");
    CHECK(tree.packs() == Texts{"a 1.0.0 ok", "gone  missing", "c  outside"});
    CHECK(tree.edges() == Texts{"root>a ok", "a>gone missing", "a>c outside"});
}

TEST_CASE("a conflict names who asks for what, and the way out") {
    Shelf shelf{{{"a", {{"1.0.0", {{"c", "^1.0.0"}}}}},
                 {"b", {{"1.0.0", {{"c", "^2.0.0"}}}}},
                 {"c", {{"1.0.0", {}}, {"2.0.0", {}}}}}};
    const Needs needs{{"a", "^1.0.0"}, {"b", "*"}};
    const auto hopeless = tree_of(needs, shelf);
    REQUIRE(hopeless.codes() == Texts{"SZ-DEPS-003"});
    CHECK(hopeless.findings[0].message ==
          "No installed version of “c” fits everybody who needs it: “a” 1.0.0 asks for ^1.0.0 and "
          "“b” 1.0.0 asks for ^2.0.0.");
    CHECK(hopeless.findings[0].hint.starts_with("No version can fit all of them."));
    CHECK(hopeless.packs().back() == "c 2.0.0 conflict");
    CHECK(hopeless.edges() == Texts{"root>a ok", "root>b ok", "a>c conflict", "b>c ok"});

    // Another version of b is installed that does not mind.
    shelf.packs["b"]["0.9.0"] = {{"c", ">=1.0.0"}};
    const auto with_older = tree_of(needs, shelf);
    REQUIRE(with_older.codes() == Texts{"SZ-DEPS-003"});
    CHECK(with_older.findings[0].hint ==
          "Use “b” 0.9.0, which is installed too and asks for >=1.0.0: with it “c” 1.0.0 fits "
          "all.");

    // A version that would fit exists, but is not installed.
    shelf.packs["b"] = {{"1.0.0", {{"c", ">=1.4.0"}}}};
    const auto importable = tree_of(needs, shelf);
    REQUIRE(importable.codes() == Texts{"SZ-DEPS-003"});
    CHECK(importable.findings[0].hint ==
          "Import a version that fits all of them, such as 1.4.0; installed is 2.0.0 and 1.0.0.");

    shelf.packs["c"]["1.4.2"] = {};
    CHECK(tree_of(needs, shelf).findings.empty());
}

TEST_CASE("the pack itself may be one of those who disagree") {
    const Shelf shelf{
        {{"a", {{"1.0.0", {{"c", "^1.0.0"}}}}}, {"c", {{"1.0.0", {}}, {"2.0.0", {}}}}}};
    const auto tree = tree_of({{"a", "*"}, {"c", "2.0.0"}}, shelf);
    REQUIRE(tree.codes() == Texts{"SZ-DEPS-003"});
    CHECK(tree.findings[0].message ==
          "No installed version of “c” fits everybody who needs it: “Root” 1.0.0 asks for 2.0.0 "
          "and “a” 1.0.0 asks for ^1.0.0.");
}

TEST_CASE("circles are found, through the pack itself and past it") {
    const Shelf shelf{
        {{"a", {{"1.0.0", {{"b", "*"}}}}}, {"b", {{"1.0.0", {{"a", "*"}, {"root", "*"}}}}}}};
    const auto tree = tree_of({{"a", "*"}}, shelf);
    CHECK(tree.codes() == Texts{"SZ-DEPS-004", "SZ-DEPS-004"});
    CHECK(tree.findings[0].message == "“a” needs itself: “a” → “b” → “a”.");
    CHECK(tree.findings[1].message == "“Root” needs itself: “Root” → “a” → “b” → “Root”.");
    CHECK(tree.edges() == Texts{"root>a ok", "a>b ok", "b>a circle", "b>root circle"});
}

TEST_CASE("a shared pack is told once, however many ways lead to it") {
    // Twenty layers of two: a million ways.
    Shelf shelf;
    for (int i = 0; i < 20; ++i) {
        const auto next = std::to_string(i + 1);
        const Needs both = i == 19 ? Needs{} : Needs{{"l" + next, "*"}, {"r" + next, "*"}};
        shelf.packs["l" + std::to_string(i)]["1.0.0"] = both;
        shelf.packs["r" + std::to_string(i)]["1.0.0"] = both;
    }
    const auto tree = tree_of({{"l0", "*"}, {"r0", "*"}}, shelf);
    CHECK(tree.packs().size() == 40);
    CHECK(tree.edges().size() == 2 + 38 * 2);
    CHECK(tree.findings.empty());
}

TEST_CASE("a tree has a thousand packs at most") {
    const auto chain = [](std::size_t packs) {
        Shelf shelf;
        for (std::size_t i = 0; i < packs; ++i) {
            shelf.packs["p" + std::to_string(i)]["1.0.0"] =
                i + 1 == packs ? Needs{} : Needs{{"p" + std::to_string(i + 1), "*"}};
        }
        return tree_of({{"p0", "*"}}, shelf);
    };
    CHECK(chain(1000).findings.empty());
    CHECK(chain(1000).packs().size() == 1000);
    CHECK(chain(1001).codes() == Texts{"SZ-DEPS-005"});
    CHECK(chain(1001).packs().size() == 1000);
}

TEST_CASE("what a manifest needs is read with its faults left out") {
    const auto root = tools::dependency_root(Json::parse(R"({"id": "x", "version": "2.0.0",
        "dependencies": [{"id": "a", "version": "^1.0.0", "name": "A"}, {"id": "b"},
                         {"version": "1.0.0"}, 7, {"id": "c", "version": "newest"}]})"));
    CHECK(root.name == "x");
    REQUIRE(root.needs.size() == 1);
    CHECK(root.needs[0].name == "A");
}

}  // namespace deps_test
