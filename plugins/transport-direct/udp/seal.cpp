// SPDX-License-Identifier: AGPL-3.0-or-later
#include "seal.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <new>

namespace direct::udp {

namespace {

// RFC 8439, section 2.8: 96 bits; ours are the counter behind four zeros.
std::array<std::uint8_t, 12> nonce_of(std::uint64_t counter) {
    std::array<std::uint8_t, 12> nonce{};
    for (std::size_t i = 0; i < 8; ++i)
        nonce[4 + i] = static_cast<std::uint8_t>(counter >> (8 * i));
    return nonce;
}

int length(Bytes bytes) { return static_cast<int>(bytes.size()); }  // a datagram's: small

}  // namespace

// The library's own object under a name that the header may mention.
struct Cipher::Context {
    EVP_CIPHER_CTX* inside = EVP_CIPHER_CTX_new();
};

void Cipher::Free::operator()(Context* context) const noexcept {
    EVP_CIPHER_CTX_free(context->inside);
    delete context;
}

Cipher::Cipher(const Key& key, bool seals) : context_(new Context) {
    if (context_->inside == nullptr ||
        EVP_CipherInit_ex(context_->inside, EVP_chacha20_poly1305(), nullptr, key.data(), nullptr,
                          seals ? 1 : 0) != 1)
        throw std::bad_alloc();
}

bool Cipher::seal(std::uint64_t counter, Bytes header, Bytes in, std::span<std::uint8_t> out) {
    EVP_CIPHER_CTX* c = context_->inside;
    const auto nonce = nonce_of(counter);
    int written = 0;
    return EVP_EncryptInit_ex(c, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
           EVP_EncryptUpdate(c, nullptr, &written, header.data(), length(header)) == 1 &&
           EVP_EncryptUpdate(c, out.data(), &written, in.data(), length(in)) == 1 &&
           EVP_EncryptFinal_ex(c, out.data() + written, &written) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, tag_bytes, out.data() + in.size()) == 1;
}

bool Cipher::open(std::uint64_t counter, Bytes header, Bytes in, std::span<std::uint8_t> out) {
    EVP_CIPHER_CTX* c = context_->inside;
    const auto nonce = nonce_of(counter);
    const Bytes content = in.first(in.size() - tag_bytes);
    std::array<std::uint8_t, tag_bytes> tag{};
    std::copy_n(in.end() - tag_bytes, tag_bytes, tag.begin());
    int written = 0;
    return EVP_DecryptInit_ex(c, nullptr, nullptr, nullptr, nonce.data()) == 1 &&
           EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1 &&
           EVP_DecryptUpdate(c, nullptr, &written, header.data(), length(header)) == 1 &&
           EVP_DecryptUpdate(c, out.data(), &written, content.data(), length(content)) == 1 &&
           EVP_DecryptFinal_ex(c, out.data() + written, &written) == 1;
}

std::size_t Sealer::seal(std::uint64_t connection, Bytes content,
                         std::span<std::uint8_t, datagram_bytes_max> out) {
    if (content.size() > content_bytes_max + 1) return 0;
    const auto header = out.first<sealed_header_bytes>();
    const std::uint64_t counter = next_++;
    write_sealed_header(header, connection, counter);
    const bool is_sealed = cipher_.seal(counter, header, content, out.subspan(sealed_header_bytes));
    return is_sealed ? sealed_header_bytes + content.size() + tag_bytes : 0;
}

bool Opener::is_new(std::uint64_t counter) const {
    if (counter > newest_) return true;
    return counter + window > newest_ && !seen_[counter % window];
}

void Opener::remember(std::uint64_t counter) {
    for (; newest_ + window < counter; newest_ = counter - window) seen_.reset();
    while (newest_ < counter) seen_[++newest_ % window] = false;
    seen_[counter % window] = true;
}

std::optional<Opener::Content> Opener::open(const Sealed& sealed,
                                            std::span<std::uint8_t, datagram_bytes_max> out) {
    if (sealed.counter == 0 || !is_new(sealed.counter)) return std::nullopt;
    if (!cipher_.open(sealed.counter, sealed.header, sealed.content, out)) return std::nullopt;
    const bool is_newest = sealed.counter > newest_;
    remember(sealed.counter);
    return Content{out.first(sealed.content.size() - tag_bytes), is_newest};
}

}  // namespace direct::udp
