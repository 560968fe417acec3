/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * Keeps key pairs and signs with them. The secret leaves only by `export_secret`, which a person
 * asked for. Signatures are Ed25519 (RFC 8032, pure). A Client ID is the public key as text
 * (client_id.h).
 *
 * `list` and `sign` are [any-thread], at the same time as each other and as any other function, and
 * wait for nothing that takes long: the kernel thread asks for signatures while another thread
 * makes or unlocks an identity. All others are [worker-thread], one at a time; `create`, `unlock`,
 * `set_passphrase` and `import_secret` may take 2 s (Argon2id).
 */
#ifndef SZ_EXT_IDENTITY_H
#define SZ_EXT_IDENTITY_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_IDENTITY_ID "sz.identity/draft-1"

typedef struct sz_identity {
    uint32_t size;
    uint32_t reserved;
    const void* self;

    /* Writes [{"client_id","name","active":bool,"protected":bool,"unlocked":bool,"created_at"}], in
     * order of making. */
    sz_status (*list)(const void* self, sz_sink out, const sz_findings* findings);

    /* Makes a key pair, the active one if it is the first. `passphrase` empty: stored unencrypted,
     * 0600. Writes the Client ID. */
    sz_status (*create)(const void* self, sz_str name, sz_str passphrase, sz_sink out,
                        const sz_findings* findings);

    /* Makes it the active one. SZ_ERR_NOT_FOUND. */
    sz_status (*use)(const void* self, sz_str client_id, const sz_findings* findings);

    /* Decrypts the secret into locked memory until `lock` or the end. SZ_ERR_DENIED: wrong
     * passphrase. */
    sz_status (*unlock)(const void* self, sz_str client_id, sz_str passphrase,
                        const sz_findings* findings);
    sz_status (*lock)(const void* self, sz_str client_id, const sz_findings* findings);

    /* `new_passphrase` empty removes the protection. SZ_ERR_DENIED: wrong old passphrase. */
    sz_status (*set_passphrase)(const void* self, sz_str client_id, sz_str old_passphrase,
                                sz_str new_passphrase, const sz_findings* findings);

    /* Writes the 64 bytes of the signature over exactly `message`. SZ_ERR_DENIED: protected and not
     * unlocked. */
    sz_status (*sign)(const void* self, sz_str client_id, sz_bytes message, sz_sink out,
                      const sz_findings* findings);

    /* Writes the Secret Token. Only at a person's explicit wish. SZ_ERR_DENIED as for sign. */
    sz_status (*export_secret)(const void* self, sz_str client_id, sz_sink out,
                               const sz_findings* findings);

    /* Adds the identity of a Secret Token. Writes its Client ID. SZ_ERR_INVALID: the checksum does
     * not fit (the finding says that it was mistyped). SZ_ERR_CONFLICT: it is here already. */
    sz_status (*import_secret)(const void* self, sz_str token, sz_str name, sz_str passphrase,
                               sz_sink out, const sz_findings* findings);
} sz_identity;
#define SZ_IDENTITY_SIZE_1 SZ_SIZE_WITH(sz_identity, import_secret)

#ifdef __cplusplus
}
#endif
#endif
