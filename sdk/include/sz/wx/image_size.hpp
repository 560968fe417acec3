// SPDX-License-Identifier: AGPL-3.0-or-later
// How large a picture says that it is, read from its first bytes without decoding it. Needs no wx.
//
// A hundred kilobytes can decode to gigabytes: whoever decodes a picture of a stranger asks here
// first. PNG (W3C PNG 11.2.2), GIF89a (sections 18 and 20), JPEG (ITU-T T.81 B.2.2), WebP (RFC
// 9649).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sz::ui {

enum class ImageKind : std::uint8_t { png, gif, jpeg, webp };

struct ImageSize {
    ImageKind kind;
    std::uint32_t width, height;
    std::uint64_t pixels;  // of all frames: a GIF's are decoded together

    [[nodiscard]] bool fits(std::uint32_t side_max) const noexcept {
        return width <= side_max && height <= side_max &&
               pixels <= std::uint64_t{side_max} * side_max;
    }
};

namespace detail {

// Bytes that may end too early: what is not there is 0, and is_whole is then false.
class ImageBytes {
  public:
    explicit ImageBytes(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool has(std::size_t at, std::string_view text) const noexcept {
        return at <= bytes_.size() && bytes_.substr(at, text.size()) == text;
    }
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    [[nodiscard]] std::uint32_t byte(std::size_t at) noexcept {
        if (at < bytes_.size()) return static_cast<unsigned char>(bytes_[at]);
        is_whole = false;
        return 0;
    }
    [[nodiscard]] std::uint32_t big16(std::size_t at) noexcept {
        return byte(at) << 8U | byte(at + 1);
    }
    [[nodiscard]] std::uint32_t little16(std::size_t at) noexcept {
        return byte(at) | byte(at + 1) << 8U;
    }
    [[nodiscard]] std::uint32_t little24(std::size_t at) noexcept {
        return little16(at) | byte(at + 2) << 16U;
    }
    [[nodiscard]] std::uint32_t big32(std::size_t at) noexcept {
        return big16(at) << 16U | big16(at + 2);
    }

    bool is_whole = true;

  private:
    std::string_view bytes_;
};

inline std::optional<ImageSize> still(ImageKind kind, const ImageBytes& bytes, std::uint32_t width,
                                      std::uint32_t height) noexcept {
    if (!bytes.is_whole || width == 0 || height == 0) return std::nullopt;
    return ImageSize{kind, width, height, std::uint64_t{width} * height};
}

inline std::optional<ImageSize> png_size(ImageBytes bytes) noexcept {
    if (!bytes.has(12, "IHDR")) return std::nullopt;
    const auto width = bytes.big32(16);
    return still(ImageKind::png, bytes, width, bytes.big32(20));
}

// Past the colours that follow a byte of flags.
inline std::size_t past_colours(std::size_t at, std::uint32_t flags) noexcept {
    return (flags & 0x80U) == 0 ? at : at + (std::size_t{3} << ((flags & 7U) + 1));
}

// What is no block is passed over byte by byte, as a patient decoder does: frames behind it count.
inline std::optional<ImageSize> gif_size(ImageBytes bytes) noexcept {
    const auto width = bytes.little16(6);
    auto size = still(ImageKind::gif, bytes, width, bytes.little16(8));
    if (!size) return size;
    std::uint64_t pixels = 0;
    std::size_t at = past_colours(13, bytes.byte(10));
    while (at < bytes.size() && bytes.byte(at) != 0x3B) {
        const auto block = bytes.byte(at);
        if (block == 0x2C) {
            const auto frame_width = bytes.little16(at + 5);
            const auto frame_height = bytes.little16(at + 7);
            size->width = std::max(size->width, frame_width);
            size->height = std::max(size->height, frame_height);
            pixels += std::uint64_t{frame_width} * frame_height;
            at = past_colours(at + 10, bytes.byte(at + 9)) + 1;
        } else if (block == 0x21) {
            at += 2;
        } else {
            ++at;
            continue;
        }
        while (at < bytes.size() && bytes.byte(at) != 0) at += 1 + bytes.byte(at);
        ++at;
    }
    size->pixels = std::max(size->pixels, pixels);
    return size;
}

inline std::optional<ImageSize> jpeg_size(ImageBytes bytes) noexcept {
    std::size_t at = 2;
    while (bytes.is_whole && bytes.byte(at) == 0xFF) {
        while (bytes.is_whole && bytes.byte(at) == 0xFF) ++at;
        const auto marker = bytes.byte(at++);
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) continue;  // stands alone
        if (marker == 0xD9 || marker == 0xDA) return std::nullopt;           // no frame before it
        const bool is_frame =
            marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        if (is_frame) {
            const auto height = bytes.big16(at + 3);
            return still(ImageKind::jpeg, bytes, bytes.big16(at + 5), height);
        }
        at += std::max<std::size_t>(bytes.big16(at), 2);
    }
    return std::nullopt;
}

inline std::optional<ImageSize> webp_size(ImageBytes bytes) noexcept {
    constexpr std::uint32_t side_bits = 0x3FFF;
    std::uint32_t width = 0;
    std::uint32_t height = 0;
    if (bytes.has(12, "VP8X")) {
        width = bytes.little24(24) + 1;
        height = bytes.little24(27) + 1;
    } else if (bytes.has(12, "VP8L")) {
        const auto bits = bytes.little16(21) | bytes.little16(23) << 16U;
        width = (bits & side_bits) + 1;
        height = (bits >> 14U & side_bits) + 1;
    } else if (bytes.has(12, "VP8 ")) {
        width = bytes.little16(26) & side_bits;
        height = bytes.little16(28) & side_bits;
    }
    return still(ImageKind::webp, bytes, width, height);
}

}  // namespace detail

// Nothing when the bytes are no picture of these kinds, or end before they have said their size.
// [any-thread]
[[nodiscard]] inline std::optional<ImageSize> image_size(std::string_view content) noexcept {
    const detail::ImageBytes bytes(content);
    if (bytes.has(0, "\x89PNG\r\n\x1a\n")) return detail::png_size(bytes);
    if (bytes.has(0, "GIF8")) return detail::gif_size(bytes);
    if (bytes.has(0, "\xFF\xD8\xFF")) return detail::jpeg_size(bytes);
    if (bytes.has(0, "RIFF") && bytes.has(8, "WEBP")) return detail::webp_size(bytes);
    return std::nullopt;
}

}  // namespace sz::ui
