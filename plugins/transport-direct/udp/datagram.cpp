// SPDX-License-Identifier: AGPL-3.0-or-later
#include "datagram.hpp"

#include <algorithm>

namespace direct::udp {

namespace {

constexpr std::array<std::uint8_t, 3> ours{'S', 'Z', 'W'};
constexpr std::uint8_t hello_type = 1, cookie_type = 2, open_type = 3, opened_type = 4,
                       refused_type = 5;
constexpr std::uint8_t plain_type = 0x10, sealed_type = 0x11;

class Writer {
  public:
    explicit Writer(std::uint8_t type) {
        bytes_.assign(ours.begin(), ours.end());
        bytes_.push_back(type);
    }
    template <class T>
    Writer& number(T value) {
        for (std::size_t i = sizeof(T); i-- > 0;)
            bytes_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
        return *this;
    }
    Writer& bytes(Bytes some) {
        bytes_.insert(bytes_.end(), some.begin(), some.end());
        return *this;
    }
    [[nodiscard]] std::vector<std::uint8_t> finish(std::size_t length = 0) {
        bytes_.resize(std::max(length, bytes_.size()));
        return std::move(bytes_);
    }

  private:
    std::vector<std::uint8_t> bytes_;
};

class Reader {
  public:
    explicit Reader(Bytes bytes) : left_(bytes) {}
    template <class T>
    Reader& number(T& value) {
        value = 0;
        for (const std::uint8_t byte : take(sizeof(T)))
            value = static_cast<T>((std::uint64_t{value} << 8) | byte);
        return *this;
    }
    template <std::size_t N>
    Reader& bytes(std::array<std::uint8_t, N>& out) {
        const Bytes taken = take(N);
        std::copy(taken.begin(), taken.end(), out.begin());
        return *this;
    }
    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] bool is_at_end() const { return is_good_ && left_.empty(); }
    [[nodiscard]] Bytes rest() const { return left_; }

  private:
    Bytes take(std::size_t count) {
        if (count > left_.size()) is_good_ = false;
        if (!is_good_) return {};
        const Bytes taken = left_.first(count);
        left_ = left_.subspan(count);
        return taken;
    }
    Bytes left_;
    bool is_good_ = true;
};

std::optional<Datagram> read_greeting(Bytes bytes) {
    std::uint8_t type = 0;
    Reader reader(bytes.subspan(ours.size()));
    reader.number(type);
    switch (type) {
        case hello_type: {
            Hello hello;
            reader.number(hello.version).bytes(hello.nonce);
            if (reader.is_good() && bytes.size() == greeting_bytes) return hello;
            return std::nullopt;
        }
        case cookie_type: {
            Cookie cookie;
            reader.bytes(cookie.nonce).number(cookie.time).bytes(cookie.mac);
            if (reader.is_at_end()) return cookie;
            return std::nullopt;
        }
        case open_type: {
            Open open;
            reader.number(open.version).bytes(open.nonce).number(open.time).bytes(open.mac);
            if (reader.is_good() && bytes.size() == greeting_bytes) return open;
            return std::nullopt;
        }
        case opened_type: {
            Opened opened;
            reader.bytes(opened.nonce).number(opened.connection);
            if (reader.is_at_end()) return opened;
            return std::nullopt;
        }
        case refused_type: {
            Refused refused;
            std::uint8_t why = 0;
            reader.bytes(refused.nonce).number(why);
            refused.why = static_cast<Refusal>(why);
            if (reader.is_at_end()) return refused;
            return std::nullopt;
        }
        default: return std::nullopt;
    }
}

std::optional<Datagram> read_content(Bytes bytes) {
    std::uint8_t type = 0;
    Reader reader(bytes);
    reader.number(type);
    if (type == plain_type) {
        Plain plain;
        reader.number(plain.connection).number(plain.kind);
        plain.content = reader.rest();
        if (reader.is_good()) return plain;
    } else if (type == sealed_type) {
        Sealed sealed;
        reader.number(sealed.connection).number(sealed.counter);
        sealed.header = bytes.first(std::min(bytes.size(), sealed_header_bytes));
        sealed.content = reader.rest();
        if (reader.is_good() && sealed.content.size() > tag_bytes) return sealed;
    }
    return std::nullopt;
}

void write_header(std::uint8_t* out, std::uint8_t type, std::uint64_t connection) {
    *out++ = type;
    for (int shift = 56; shift >= 0; shift -= 8)
        *out++ = static_cast<std::uint8_t>(connection >> shift);
}

}  // namespace

std::optional<Datagram> read_datagram(Bytes bytes) {
    if (bytes.empty() || bytes.size() > datagram_bytes_max) return std::nullopt;
    if (bytes.size() > ours.size() && std::equal(ours.begin(), ours.end(), bytes.begin()))
        return read_greeting(bytes);
    return read_content(bytes);
}

std::vector<std::uint8_t> write(const Hello& hello) {
    return Writer(hello_type).number(hello.version).bytes(hello.nonce).finish(greeting_bytes);
}
std::vector<std::uint8_t> write(const Cookie& cookie) {
    return Writer(cookie_type).bytes(cookie.nonce).number(cookie.time).bytes(cookie.mac).finish();
}
std::vector<std::uint8_t> write(const Open& open) {
    return Writer(open_type)
        .number(open.version)
        .bytes(open.nonce)
        .number(open.time)
        .bytes(open.mac)
        .finish(greeting_bytes);
}
std::vector<std::uint8_t> write(const Opened& opened) {
    return Writer(opened_type).bytes(opened.nonce).number(opened.connection).finish();
}
std::vector<std::uint8_t> write(const Refused& refused) {
    return Writer(refused_type)
        .bytes(refused.nonce)
        .number(static_cast<std::uint8_t>(refused.why))
        .finish();
}

void write_plain_header(std::span<std::uint8_t, plain_header_bytes> out, std::uint64_t connection) {
    write_header(out.data(), plain_type, connection);
}
void write_sealed_header(std::span<std::uint8_t, sealed_header_bytes> out, std::uint64_t connection,
                         std::uint64_t counter) {
    write_header(out.data(), sealed_type, connection);
    for (std::size_t i = 0; i < 8; ++i)
        out[9 + i] = static_cast<std::uint8_t>(counter >> (56 - 8 * i));
}

}  // namespace direct::udp
