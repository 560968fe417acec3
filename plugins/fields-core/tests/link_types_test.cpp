// SPDX-License-Identifier: AGPL-3.0-or-later
// DatasetLink and Image.
#include "tests/support/catch.hpp"
#include "tests/support/field_types.hpp"

using namespace fields::test;

namespace {

const Json free_link{{"type", "DatasetLink"}};
const Json weapon{
    {"type", "DatasetLink"},
    {"datasetLink", {{"datapackId", "core"}, {"datasetId", "items"}, {"version", "^1.0.0"}}}};
const Json sword{
    {"datapackId", "core"}, {"datasetId", "items"}, {"entryId", "sword"}, {"version", "^1.0.0"}};
const Json image{{"type", "Image"}};

}  // namespace

TEST_CASE("a link is completed by its field's definition") {
    CHECK(normalize(weapon, "sword").json() == sword);
    CHECK(normalize(weapon, {{"entryId", "sword"}}).json() == sword);
    CHECK(normalize(weapon, {{"entryId", "sword"}, {"version", "1.2.0"}}).json()["version"] ==
          "1.2.0");
    CHECK(normalize(free_link, sword).json() == sword);
    CHECK(normalize(free_link, nullptr).text == "null");
}

TEST_CASE("a link is canonical text or becomes it, however it was written") {
    const std::string canonical =
        R"({"datapackId":"core","datasetId":"items","entryId":"sword","version":"^1.0.0"})";
    const std::string definition = free_link.dump();
    CHECK(normalize_text(definition, canonical).text == canonical);
    CHECK(normalize_text(
              definition,
              R"({"version":"^1.0.0","entryId":"sword", "datasetId":"items","datapackId":"core"})")
              .text == canonical);
    for (std::size_t cut = 1; cut < canonical.size(); ++cut) {
        CHECK_FALSE(normalize_text(definition, canonical.substr(0, cut)).is_good());
    }
    CHECK_FALSE(normalize_text(definition, canonical + "}").is_good());
}

TEST_CASE("a link that is incomplete, malformed or leads elsewhere is refused") {
    CHECK(normalize(free_link, "sword").code() == "SZ-FIELD-151");
    CHECK(normalize(free_link, 7).code() == "SZ-FIELD-150");
    CHECK(normalize(weapon, Json::object()).code() == "SZ-FIELD-151");
    CHECK(normalize(weapon, "../sword").code() == "SZ-FIELD-153");
    CHECK(normalize(weapon, "").code() == "SZ-FIELD-153");
    CHECK(normalize(weapon, {{"entryId", "sword"}, {"version", "1.0\n"}}).pointer() == "/version");
    const Answer elsewhere = normalize(weapon, {{"datasetId", "spells"}, {"entryId", "sword"}});
    CHECK(elsewhere.code() == "SZ-FIELD-152");
    CHECK(elsewhere.pointer() == "/datasetId");
    CHECK(normalize({{"type", "DatasetLink"}, {"datasetLink", "items"}}, "x").code() ==
          "SZ-FIELD-104");
}

TEST_CASE("the version of a link may be a range as long as the schemas allow") {
    const auto with_range = [](const std::string& range) {
        return normalize(weapon, {{"entryId", "sword"}, {"version", range}});
    };
    const std::string range = "^1.0.0 || 2.x || >=3.1 <4";
    CHECK(with_range(range).is_good());
    CHECK(with_range(range + std::string(128 - range.size(), ' ')).is_good());
    CHECK(with_range(range + std::string(129 - range.size(), ' ')).code() == "SZ-FIELD-153");
}

TEST_CASE("a member that a link does not have is reported and left out") {
    const Answer answer = normalize(weapon, {{"entryId", "sword"}, {"page", 7}});
    CHECK(answer.is_good());
    CHECK(answer.json() == sword);
    CHECK(answer.code() == "SZ-FIELD-106");
    CHECK(answer.pointer() == "/page");
}

TEST_CASE("a link is set, cleared, shown, found and followed") {
    const Answer change = apply(weapon, nullptr, "set", {"sword"});
    CHECK(change.json()["effect"]["set"] == sword);
    CHECK(change.json()["inverse"] == Json{{"op", "set"}, {"args", {nullptr}}});
    CHECK(apply(weapon, sword, "clear").json()["effect"] == Json{{"set", nullptr}});
    CHECK(apply(weapon, sword, "clear").json()["inverse"]["args"][0] == sword);
    CHECK(formatted(weapon, sword) == "sword");
    CHECK(formatted(weapon, nullptr).empty());
    CHECK(search_text(weapon, sword) == "sword");
    Json reference = sword;
    reference.update({{"kind", "entry"}, {"pointer", ""}});
    CHECK(references(weapon, sword) == Json::array({reference}));
    CHECK(references(weapon, nullptr) == Json::array());
}

TEST_CASE("an image is a path below the pack's images and leads nowhere else") {
    CHECK(normalize(image, "weapons/sword.png").json() == "weapons/sword.png");
    CHECK(normalize(image, "").text == "null");
    CHECK(normalize(image, 5).code() == "SZ-FIELD-170");
    for (const char* path :
         {"/etc/passwd", "../secret.png", "a/../../b.png", "a//b.png", "a/", "a\\b.png", "C:/a.png",
          "./a.png", "a\nb.png", "media/images/a.png", "1/2/3/4/5/6/7/8/9/10/11"}) {
        CAPTURE(path);
        CHECK(normalize(image, path).code() == "SZ-FIELD-171");
    }
    CHECK(normalize(image, "1/2/3/4/5/6/7/8/9/10").is_good());
    CHECK(normalize(image, std::string(240, 'a')).is_good());
    CHECK(normalize(image, std::string(241, 'a')).code() == "SZ-FIELD-171");
}

TEST_CASE("an image is a reference, and can be taken away") {
    CHECK(references(image, "a.png") ==
          Json::array({{{"kind", "image"}, {"path", "a.png"}, {"pointer", ""}}}));
    CHECK(apply(image, "a.png", "clear").json()["effect"] == Json{{"set", nullptr}});
    CHECK(search_text(image, "a.png").empty());
}

TEST_CASE("an entry is typed by its id, where the field says its dataset") {
    CHECK(parse_text(weapon, "sword").json() == sword);
    CHECK(parse_text(weapon, "").json() == Json());
    CHECK(parse_text(weapon, "a sword").code() == "SZ-FIELD-153");
    CHECK(parse_text(free_link, "sword").code() == "SZ-FIELD-151");
    for (const char* json : {"null", "\"sword\"", "{}"})
        CHECK(parse_text(weapon, json).status == SZ_ERR_UNSUPPORTED);
}
