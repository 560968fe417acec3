// SPDX-License-Identifier: AGPL-3.0-or-later
// Messages as bytes, for channels between programs: the members in order; whole numbers and
// floating-point numbers in their own width, little-endian; text, lists and optionals behind a
// 32-bit count. A type of your own says how with a specialisation of Codec.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mpst {

using Bytes = std::vector<std::byte>;

// What has been read of some bytes. After a fault everything that is read is empty.
class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : left_(bytes) {}
    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] bool is_at_end() const { return is_good_ && left_.empty(); }
    [[nodiscard]] std::size_t left() const { return left_.size(); }
    void fail() { is_good_ = false; }
    // Empty when there are fewer.
    [[nodiscard]] std::span<const std::byte> take(std::size_t bytes) {
        if (!is_good_ || bytes > left_.size()) {
            is_good_ = false;
            return {};
        }
        const auto taken = left_.first(bytes);
        left_ = left_.subspan(bytes);
        return taken;
    }

  private:
    std::span<const std::byte> left_;
    bool is_good_ = true;
};

// static void write(Bytes&, const T&); static void read(Reader&, T&);
template <class T>
struct Codec;

template <class T>
concept encodable = std::is_default_constructible_v<T> &&
    requires(Bytes& out, Reader& in, const T& from, T& to) {
    Codec<T>::write(out, from);
    Codec<T>::read(in, to);
};

template <class T>
requires(std::is_arithmetic_v<T> && !std::is_same_v<T, long double>) ||
    (std::is_enum_v<T> && requires { T{0}; }) struct Codec<T> {
    static void write(Bytes& out, const T& value) {
        std::array<std::byte, sizeof(T)> bytes;
        std::memcpy(bytes.data(), &value, sizeof(T));
        turn(bytes);
        out.insert(out.end(), bytes.begin(), bytes.end());
    }
    static void read(Reader& in, T& value) {
        const auto from = in.take(sizeof(T));
        if (from.empty()) return;
        std::array<std::byte, sizeof(T)> bytes;
        std::memcpy(bytes.data(), from.data(), sizeof(T));
        turn(bytes);
        if constexpr (std::is_same_v<T, bool>) {
            if (bytes[0] > std::byte{1}) return in.fail();
            value = bytes[0] == std::byte{1};
        } else {
            std::memcpy(&value, bytes.data(), sizeof(T));
        }
    }

  private:
    static void turn(std::array<std::byte, sizeof(T)>& bytes) {
        if constexpr (std::endian::native == std::endian::big) {
            for (std::size_t i = 0; i < sizeof(T) / 2; ++i)
                std::swap(bytes[i], bytes[sizeof(T) - 1 - i]);
        }
    }
};

// A count that cannot be true is refused before anything is made of it.
inline std::size_t read_count(Reader& in, std::size_t least_bytes_each) {
    std::uint32_t count = 0;
    Codec<std::uint32_t>::read(in, count);
    if (in.is_good() && least_bytes_each * std::uint64_t{count} > in.left()) in.fail();
    return in.is_good() ? count : 0;
}

template <>
struct Codec<std::string> {
    static void write(Bytes& out, const std::string& text) {
        Codec<std::uint32_t>::write(out, static_cast<std::uint32_t>(text.size()));
        const auto* begin = reinterpret_cast<const std::byte*>(text.data());
        out.insert(out.end(), begin, begin + text.size());
    }
    static void read(Reader& in, std::string& text) {
        const auto bytes = in.take(read_count(in, 1));
        text.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
};

template <encodable T>
requires(!std::is_empty_v<T>) struct Codec<std::vector<T>> {
    static void write(Bytes& out, const std::vector<T>& list) {
        Codec<std::uint32_t>::write(out, static_cast<std::uint32_t>(list.size()));
        for (const T& item : list) Codec<T>::write(out, item);
    }
    static void read(Reader& in, std::vector<T>& list) {
        list.clear();
        for (std::size_t left = read_count(in, 1); left > 0 && in.is_good(); --left) {
            T item{};
            Codec<T>::read(in, item);
            list.push_back(std::move(item));
        }
    }
};

template <encodable T>
struct Codec<std::optional<T>> {
    static void write(Bytes& out, const std::optional<T>& maybe) {
        Codec<bool>::write(out, maybe.has_value());
        if (maybe) Codec<T>::write(out, *maybe);
    }
    static void read(Reader& in, std::optional<T>& maybe) {
        bool is_there = false;
        Codec<bool>::read(in, is_there);
        maybe.reset();
        if (is_there) Codec<T>::read(in, maybe.emplace());
    }
};

template <encodable T, std::size_t N>
struct Codec<std::array<T, N>> {
    static void write(Bytes& out, const std::array<T, N>& list) {
        for (const T& item : list) Codec<T>::write(out, item);
    }
    static void read(Reader& in, std::array<T, N>& list) {
        for (T& item : list) Codec<T>::read(in, item);
    }
};

namespace detail {

template <class T>
inline constexpr bool is_tuple_like = requires {
    std::tuple_size<T>::value;
};

struct Anything {
    template <class T>
    operator T() const;  // never called
};

template <class T, class... Members>
constexpr std::size_t count_members() {
    if constexpr (requires { T{Members{}..., Anything{}}; }) {
        return count_members<T, Members..., Anything>();
    } else {
        return sizeof...(Members);
    }
}

// A struct's members, at most six if it does not say them itself.
template <class T>
auto tie_members(T& whole) {
    using Plain = std::remove_const_t<T>;
    if constexpr (std::is_empty_v<Plain>) {
        return std::tuple<>();
    } else if constexpr (requires { Plain::members(whole); }) {
        return Plain::members(whole);
    } else {
        constexpr std::size_t count = count_members<Plain>();
        // A larger one says its members itself: static auto members(auto&).
        if constexpr (count > 6) {
            return 0;
        } else if constexpr (count == 1) {
            auto& [a] = whole;
            return std::tie(a);
        } else if constexpr (count == 2) {
            auto& [a, b] = whole;
            return std::tie(a, b);
        } else if constexpr (count == 3) {
            auto& [a, b, c] = whole;
            return std::tie(a, b, c);
        } else if constexpr (count == 4) {
            auto& [a, b, c, d] = whole;
            return std::tie(a, b, c, d);
        } else if constexpr (count == 5) {
            auto& [a, b, c, d, e] = whole;
            return std::tie(a, b, c, d, e);
        } else {
            auto& [a, b, c, d, e, f] = whole;
            return std::tie(a, b, c, d, e, f);
        }
    }
}

template <class Tied>
inline constexpr bool all_encodable = false;
template <class... Member>
inline constexpr bool all_encodable<std::tuple<Member&...>> = (encodable<Member> && ...);

}  // namespace detail

template <class T>
requires std::is_class_v<T> && std::is_aggregate_v<T> &&
    (!detail::is_tuple_like<T>)&&detail::all_encodable<
        decltype(detail::tie_members(std::declval<T&>()))> struct Codec<T> {
    static void write(Bytes& out, const T& whole) {
        std::apply(
            [&out](const auto&... member) {
                (Codec<std::remove_cvref_t<decltype(member)>>::write(out, member), ...);
            },
            detail::tie_members(whole));
    }
    static void read(Reader& in, T& whole) {
        std::apply(
            [&in](auto&... member) {
                (Codec<std::remove_cvref_t<decltype(member)>>::read(in, member), ...);
            },
            detail::tie_members(whole));
    }
};

}  // namespace mpst
