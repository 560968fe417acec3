// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sz/wx/image_size.hpp>

#include "tests/support/catch.hpp"
#include "tests/unit/content/check.hpp"

using namespace sz;
using namespace sz::test;
using namespace std::string_literals;
using ui::image_size;
using Strings = std::vector<std::string>;

namespace {

std::string big(std::uint32_t number, int bytes) {
    std::string text;
    while (bytes-- > 0) text += static_cast<char>(number >> (8 * bytes) & 0xFF);
    return text;
}

std::string little(std::uint32_t number, int bytes) {
    const auto text = big(number, bytes);
    return {text.rbegin(), text.rend()};
}

// The beginnings of pictures: all that says how large they are.
std::string png(std::uint32_t width, std::uint32_t height) {
    return "\x89PNG\r\n\x1a\n"s + big(13, 4) + "IHDR" + big(width, 4) + big(height, 4) +
           "\x08\x02\0\0\0"s;
}

std::string gif_frame(std::uint32_t width, std::uint32_t height) {
    return ","s + little(0, 4) + little(width, 2) + little(height, 2) + "\0\x08\x02\x4C\x01\0"s;
}

std::string gif(std::uint32_t width, std::uint32_t height, const std::string& frames) {
    const auto two_colours = std::string(6, '\0');
    const auto extension = "!\xF9\x04\0\0\0\0\0"s;
    return "GIF89a" + little(width, 2) + little(height, 2) + "\x80\0\0"s + two_colours + extension +
           frames + ";";
}

std::string jpeg(std::uint32_t width, std::uint32_t height) {
    return "\xFF\xD8\xFF\xE0\0\x06HI!!\xFF\xC4\0\x03x\xFF\xC0\0\x11\x08"s + big(height, 2) +
           big(width, 2) + "\x03";
}

std::string webp(const std::string& chunk) { return "RIFF" + little(99, 4) + "WEBP" + chunk; }

// "30000x20000", or "" for none.
std::string sides(const std::string& content) {
    const auto size = image_size(content);
    return size ? std::to_string(size->width) + "x" + std::to_string(size->height) : "";
}

}  // namespace

TEST_CASE("a picture's size is read from its beginning") {
    CHECK(sides(png(30000, 20000)) == "30000x20000");
    CHECK(sides(gif(300, 200, "")) == "300x200");
    CHECK(sides(jpeg(65500, 20)) == "65500x20");
    CHECK(sides(webp("VP8X" + little(10, 4) + little(0, 4) + little(29999, 3) + little(4, 3))) ==
          "30000x5");
    CHECK(sides(webp("VP8L" + little(10, 4) + "\x2F" + little(16383U | 1U << 14U, 4))) ==
          "16384x2");
    CHECK(sides(webp("VP8 "s + little(10, 4) + "\0\0\0\x9D\x01\x2A"s + little(640, 2) +
                     little(480, 2))) == "640x480");
}

TEST_CASE("what does not say its size has none, wherever it ends") {
    CHECK(sides("") == "");
    CHECK(sides("BM and so on") == "");
    CHECK(sides(png(0, 5)) == "");
    CHECK(sides("\xFF\xD8\xFF\xDA\0\x02"s) == "");  // the data come before the frame
    for (const auto& whole : {png(300, 200), jpeg(300, 200)}) {
        const auto needed = whole.size() - (whole[1] == 'P' ? 5 : 1);
        for (std::size_t length = 0; length < needed; ++length)
            CHECK(sides(whole.substr(0, length)) == "");
    }
}

TEST_CASE("a picture fits up to a side and, with all its frames, up to the square of it") {
    CHECK(image_size(png(8192, 8192))->fits(8192));
    CHECK_FALSE(image_size(png(8193, 1))->fits(8192));
    CHECK_FALSE(image_size(png(1, 8193))->fits(8192));
    const auto frame = gif_frame(8192, 4096);
    CHECK(image_size(gif(8192, 4096, frame + frame))->fits(8192));
    CHECK_FALSE(image_size(gif(8192, 4096, frame + frame + frame))->fits(8192));
    CHECK_FALSE(image_size(gif(8192, 4096, frame + "?" + frame + frame))->fits(8192));
    CHECK_FALSE(image_size(gif(10, 10, gif_frame(9000, 1)))->fits(8192));
}

TEST_CASE("an image of a pack that is too large to be shown is named") {
    const PackFiles files{{"media/images/bomb.png", png(30000, 30000)},
                          {"media/images/good.png", png(8192, 8192)},
                          {"objects/datasets/things.json", small_dataset("things")},
                          {"szpack.json", small_manifest}};
    const auto result = check(files);
    CHECK(result.places() == Strings{"SZ-PACK-053 media/images/bomb.png"});
    CHECK(result.pack);
}
