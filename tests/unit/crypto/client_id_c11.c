/* SPDX-License-Identifier: AGPL-3.0-or-later
 * The header must stand alone in C11. */
#include <sz/client_id.h>

uint32_t client_id_from_c(const uint8_t key[SZ_KEY_BYTES], char out[SZ_KEY_TEXT_MAX]);

uint32_t client_id_from_c(const uint8_t key[SZ_KEY_BYTES], char out[SZ_KEY_TEXT_MAX]) {
    uint8_t again[SZ_KEY_BYTES];
    char message[SZ_KEY_MESSAGE_MAX];
    sz_key_text(SZ_CLIENT_ID_PREFIX, key, out);
    return sz_key_message(SZ_CLIENT_ID_PREFIX, sz_key_read(SZ_CLIENT_ID_PREFIX, out, 63, again),
                          message);
}
