/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Keys as text: Bech32m (BIP-350) over 32 bytes, with a checksum that finds a typing error.
 *   Client ID     "szid1…",     63 characters: a public key, may be shown to everybody
 *   Secret Token  "szsecret1…", 67 characters: a private key (the Ed25519 seed), shown to nobody
 *
 * Static inline, no library behind it: a transport, a server or a tool in C may include it alone.
 * All functions are [any-thread], allocate nothing and need no terminating zero on what they read.
 *
 * Rationale: any single mistyped character is found for certain, and up to four wrong ones among 89
 * (BIP-173, "Checksum design"). One wrong character is pointed at but never mended: a person must
 * compare it with the source.
 */
#ifndef SZ_CLIENT_ID_H
#define SZ_CLIENT_ID_H

#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_CLIENT_ID_PREFIX "szid"
#define SZ_SECRET_TOKEN_PREFIX "szsecret"
#define SZ_KEY_BYTES 32u
#define SZ_KEY_TEXT_MAX 72u     /* room for either text and a terminating zero */
#define SZ_KEY_MESSAGE_MAX 200u /* room for any sentence of sz_key_message */
#define SZ_BECH32M_MAX 90u      /* characters, BIP-173 */

/* What is wrong with a text. Zero is nothing. */
#define SZ_KEY_OK 0
#define SZ_KEY_EMPTY 1
#define SZ_KEY_BAD_CHARACTER 2  /* at `position` */
#define SZ_KEY_MIXED_CASE 3     /* at `position` */
#define SZ_KEY_BAD_CHECKSUM 4   /* mistyped; `position` names the one wrong character, or is 0 */
#define SZ_KEY_BAD_LENGTH 5     /* `position` characters are there */
#define SZ_KEY_IS_SECRET 6      /* a Secret Token where a Client ID belongs */
#define SZ_KEY_IS_ID 7          /* a Client ID where a Secret Token belongs */
#define SZ_KEY_UNKNOWN_PREFIX 8 /* neither of the two */

typedef struct sz_key_fault {
    int32_t what;      /* SZ_KEY_… */
    uint32_t position; /* from 1, counted from the first character that is not white space; 0: not
                          known */
} sz_key_fault;

static const char sz_bech32_letters_[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
#define SZ_BECH32M_CONSTANT_ 0x2bc830a3u
#define SZ_BECH32M_CHECKSUM_ 6u

static inline sz_key_fault sz_key_fault_(int32_t what, uint32_t position) {
    sz_key_fault fault;
    fault.what = what;
    fault.position = position;
    return fault;
}

static inline uint32_t sz_bech32_step_(uint32_t sum, uint32_t value) {
    uint32_t top = sum >> 25;
    sum = ((sum & 0x1ffffffu) << 5) ^ value;
    if (top & 1u) sum ^= 0x3b6a57b2u;
    if (top & 2u) sum ^= 0x26508e6du;
    if (top & 4u) sum ^= 0x1ea119fau;
    if (top & 8u) sum ^= 0x3d4233ddu;
    if (top & 16u) sum ^= 0x2a1462b3u;
    return sum;
}

/* The checksum's state after the prefix. */
static inline uint32_t sz_bech32_prefix_(const char* prefix, uint32_t size) {
    uint32_t sum = 1, i;
    for (i = 0; i < size; ++i) sum = sz_bech32_step_(sum, (uint32_t)(unsigned char)prefix[i] >> 5);
    sum = sz_bech32_step_(sum, 0);
    for (i = 0; i < size; ++i) sum = sz_bech32_step_(sum, (uint32_t)(unsigned char)prefix[i] & 31u);
    return sum;
}

static inline uint32_t sz_bech32_sum_(uint32_t sum, const uint8_t* values, uint32_t count) {
    uint32_t i;
    for (i = 0; i < count; ++i) sum = sz_bech32_step_(sum, values[i]);
    return sum;
}

/* 0…31, or -1. */
static inline int32_t sz_bech32_value_(char letter) {
    int32_t i;
    for (i = 0; i < 32; ++i) {
        if (sz_bech32_letters_[i] == letter) return i;
    }
    return -1;
}

/* A plain memset of a dying buffer may be left out by the compiler, and a Secret Token passes
 * through here. */
static inline void sz_key_wipe_(void* data, uint32_t size) {
    volatile uint8_t* byte = (volatile uint8_t*)data;
    while (size-- > 0) *byte++ = 0;
}

/* Which single letter is wrong, if it is a single one: its index in `values`, or -1. */
static inline int32_t sz_bech32m_suspect_(uint32_t prefix_sum, uint8_t* values, uint32_t count) {
    uint32_t i, change;
    for (i = 0; i < count; ++i) {
        for (change = 1; change < 32; ++change) {
            uint32_t sum;
            values[i] = (uint8_t)(values[i] ^ change);
            sum = sz_bech32_sum_(prefix_sum, values, count);
            values[i] = (uint8_t)(values[i] ^ change);
            if (sum == SZ_BECH32M_CONSTANT_) return (int32_t)i;
        }
    }
    return -1;
}

/* Reads any Bech32m text: BIP-350 with any prefix. `out_prefix` takes the prefix in lower case (at
 * least SZ_BECH32M_MAX bytes, not terminated), `out_values` the 5-bit values with the checksum (at
 * least SZ_BECH32M_MAX bytes). */
static inline sz_key_fault sz_bech32m_read(const char* text, uint64_t size, char* out_prefix,
                                           uint32_t* out_prefix_size, uint8_t* out_values,
                                           uint32_t* out_count) {
    uint32_t i, prefix_size = 0, count, lower = 0, upper = 0, prefix_sum;
    *out_prefix_size = 0;
    *out_count = 0;
    if (size == 0) return sz_key_fault_(SZ_KEY_EMPTY, 0);
    if (size > SZ_BECH32M_MAX)
        return sz_key_fault_(SZ_KEY_BAD_LENGTH, size > 0xffffffffu ? 0xffffffffu : (uint32_t)size);
    for (i = 0; i < size; ++i) {
        char c = text[i];
        if (c < 33 || c > 126) return sz_key_fault_(SZ_KEY_BAD_CHARACTER, i + 1);
        if (c == '1') prefix_size = i; /* the last "1" divides; a prefix may hold others */
        if (c >= 'a' && c <= 'z') lower = i + 1;
        if (c >= 'A' && c <= 'Z') upper = i + 1;
        if (lower != 0 && upper != 0) return sz_key_fault_(SZ_KEY_MIXED_CASE, i + 1);
    }
    if (prefix_size == 0) return sz_key_fault_(SZ_KEY_UNKNOWN_PREFIX, 0);
    for (i = 0; i < prefix_size; ++i) {
        out_prefix[i] =
            (char)(upper != 0 && text[i] >= 'A' && text[i] <= 'Z' ? text[i] + ('a' - 'A')
                                                                  : text[i]);
    }
    *out_prefix_size = prefix_size;
    count = (uint32_t)size - prefix_size - 1;
    for (i = 0; i < count; ++i) {
        char c = text[prefix_size + 1 + i];
        int32_t value = sz_bech32_value_((char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c));
        if (value < 0) return sz_key_fault_(SZ_KEY_BAD_CHARACTER, prefix_size + 2 + i);
        out_values[i] = (uint8_t)value;
    }
    if (count < SZ_BECH32M_CHECKSUM_) return sz_key_fault_(SZ_KEY_BAD_LENGTH, (uint32_t)size);
    prefix_sum = sz_bech32_prefix_(out_prefix, prefix_size);
    if (sz_bech32_sum_(prefix_sum, out_values, count) != SZ_BECH32M_CONSTANT_) {
        int32_t suspect = sz_bech32m_suspect_(prefix_sum, out_values, count);
        return sz_key_fault_(SZ_KEY_BAD_CHECKSUM,
                             suspect < 0 ? 0 : prefix_size + 2 + (uint32_t)suspect);
    }
    *out_count = count;
    return sz_key_fault_(SZ_KEY_OK, 0);
}

/* Writes `prefix`1… with a terminating zero: SZ_CLIENT_ID_PREFIX or SZ_SECRET_TOKEN_PREFIX. */
static inline void sz_key_text(const char* prefix, const uint8_t key[SZ_KEY_BYTES],
                               char out[SZ_KEY_TEXT_MAX]) {
    uint8_t values[52 + SZ_BECH32M_CHECKSUM_];
    uint32_t prefix_size = 0, count = 0, bits = 0, held = 0, i, sum;
    while (prefix[prefix_size] != 0) ++prefix_size;
    for (i = 0; i < SZ_KEY_BYTES; ++i) {
        held = ((held << 8) | key[i]) & 0xfffu;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            values[count++] = (uint8_t)((held >> bits) & 31u);
        }
    }
    values[count++] = (uint8_t)((held << (5 - bits)) & 31u); /* 256 bits leave one bit over */
    for (i = 0; i < SZ_BECH32M_CHECKSUM_; ++i) values[count + i] = 0;
    sum = sz_bech32_sum_(sz_bech32_prefix_(prefix, prefix_size), values,
                         count + SZ_BECH32M_CHECKSUM_) ^
          SZ_BECH32M_CONSTANT_;
    for (i = 0; i < SZ_BECH32M_CHECKSUM_; ++i)
        values[count++] = (uint8_t)((sum >> (5 * (5 - i))) & 31u);
    for (i = 0; i < prefix_size; ++i) out[i] = prefix[i];
    out[prefix_size] = '1';
    for (i = 0; i < count; ++i) out[prefix_size + 1 + i] = sz_bech32_letters_[values[i]];
    out[prefix_size + 1 + count] = 0;
    sz_key_wipe_(values, sizeof values);
}

/* Is `text` (of `size`) the zero-terminated `word` and then "1", in either case? */
static inline int32_t sz_key_begins_(const char* text, uint64_t size, const char* word) {
    uint64_t i;
    for (i = 0; word[i] != 0; ++i) {
        char c;
        if (i >= size) return 0;
        c = text[i];
        if ((char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word[i]) return 0;
    }
    return i < size && text[i] == '1';
}

/* Reads a text of the wanted kind; white space around it is passed over, capitals are taken as they
 * are read aloud. `out_key` is written only on SZ_KEY_OK. A text of the other kind is told apart
 * even when it is mistyped. */
static inline sz_key_fault sz_key_read(const char* prefix, const char* text, uint64_t size,
                                       uint8_t out_key[SZ_KEY_BYTES]) {
    char found[SZ_BECH32M_MAX];
    uint8_t values[SZ_BECH32M_MAX];
    uint32_t found_size, count, bits = 0, held = 0, i, at = 0;
    const int32_t wants_secret = prefix[2] == 's';
    sz_key_fault fault;
    while (size > 0 && (text[0] == ' ' || (text[0] >= 9 && text[0] <= 13))) ++text, --size;
    while (size > 0 && (text[size - 1] == ' ' || (text[size - 1] >= 9 && text[size - 1] <= 13)))
        --size;
    if (!wants_secret && sz_key_begins_(text, size, SZ_SECRET_TOKEN_PREFIX))
        return sz_key_fault_(SZ_KEY_IS_SECRET, 0);
    if (wants_secret && sz_key_begins_(text, size, SZ_CLIENT_ID_PREFIX))
        return sz_key_fault_(SZ_KEY_IS_ID, 0);
    fault = sz_bech32m_read(text, size, found, &found_size, values, &count);
    if (fault.what == SZ_KEY_OK || fault.what == SZ_KEY_BAD_CHECKSUM ||
        fault.what == SZ_KEY_BAD_LENGTH) {
        if (size > 0 && found_size > 0 && !sz_key_begins_(text, size, prefix))
            fault = sz_key_fault_(SZ_KEY_UNKNOWN_PREFIX, 0);
        else if (fault.what == SZ_KEY_OK && count != 52 + SZ_BECH32M_CHECKSUM_)
            fault = sz_key_fault_(SZ_KEY_BAD_LENGTH, (uint32_t)size);
        else if (fault.what == SZ_KEY_OK && (values[51] & 15u) != 0)
            fault = sz_key_fault_(SZ_KEY_BAD_CHECKSUM, 0);
    }
    if (fault.what == SZ_KEY_OK) {
        for (i = 0; i < 52; ++i) {
            held = ((held << 5) | values[i]) & 0xfffu;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                out_key[at++] = (uint8_t)((held >> bits) & 255u);
            }
        }
    }
    sz_key_wipe_(values, sizeof values);
    return fault;
}

/* A sentence for a person, terminated; it never repeats the text. Returns the number of bytes
 * without the zero. */
static inline uint32_t sz_key_message(const char* prefix, sz_key_fault fault,
                                      char out[SZ_KEY_MESSAGE_MAX]) {
    const char* kind = prefix[2] == 's' ? "Secret Token" : "Client ID";
    const unsigned at = (unsigned)fault.position;
    int n = 0;
    switch (fault.what) {
        case SZ_KEY_OK: n = snprintf(out, SZ_KEY_MESSAGE_MAX, "This is a %s.", kind); break;
        case SZ_KEY_EMPTY: n = snprintf(out, SZ_KEY_MESSAGE_MAX, "The %s is empty.", kind); break;
        case SZ_KEY_BAD_CHARACTER:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX, "The %s was mistyped: bad character at %u.", kind,
                         at);
            break;
        case SZ_KEY_MIXED_CASE:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX,
                         "The %s was mistyped: capital and small letters are mixed at %u.", kind,
                         at);
            break;
        case SZ_KEY_BAD_CHECKSUM:
            if (at != 0) {
                n = snprintf(out, SZ_KEY_MESSAGE_MAX,
                             "The %s was mistyped: the checksum does not fit; character %u is "
                             "probably wrong.",
                             kind, at);
            } else {
                n = snprintf(
                    out, SZ_KEY_MESSAGE_MAX,
                    "The %s was mistyped: the checksum does not fit; several characters are wrong.",
                    kind);
            }
            break;
        case SZ_KEY_BAD_LENGTH:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX,
                         "The %s is incomplete or too long: it has %u characters instead of %u.",
                         kind, at, prefix[2] == 's' ? 67u : 63u);
            break;
        case SZ_KEY_IS_SECRET:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX,
                         "This is the wrong kind (you pasted a Secret Token): give a Client ID, "
                         "and show the Secret Token to nobody.");
            break;
        case SZ_KEY_IS_ID:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX,
                         "This is the wrong kind (you pasted a Client ID): give a Secret Token.");
            break;
        default:
            n = snprintf(out, SZ_KEY_MESSAGE_MAX, "This is not a %s: it must begin with \"%s1\".",
                         kind, prefix);
            break;
    }
    return n < 0 ? 0u : (uint32_t)n;
}

#ifdef __cplusplus
} /* extern "C" */
#endif
#endif
