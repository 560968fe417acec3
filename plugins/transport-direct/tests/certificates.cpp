// SPDX-License-Identifier: AGPL-3.0-or-later
#include "certificates.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <stdexcept>

namespace direct::test {

namespace {

void must(bool is_good) {
    if (!is_good) throw std::runtime_error("OpenSSL made no certificate");
}

void extend(X509* certificate, int kind, const std::string& value) {
    X509V3_CTX context{};
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> made(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
    must(made != nullptr && X509_add_ext(certificate, made.get(), -1) == 1);
}

}  // namespace

Certificate make_certificate(const std::filesystem::path& folder, const std::string& name,
                             const Wanted& wanted) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"),
                                                                  EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), X509_free);
    must(key != nullptr && made != nullptr);
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), wanted.from_s);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), wanted.to_s);
    X509_NAME* subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    X509_set_pubkey(made.get(), key.get());
    extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    extend(made.get(), NID_subject_alt_name, wanted.names);
    must(X509_sign(made.get(), key.get(), EVP_sha256()) != 0);

    const Certificate files{(folder / (name + ".pem")).string(),
                            (folder / (name + ".key")).string()};
    using File = std::unique_ptr<FILE, int (*)(FILE*)>;
    const File certificate_file(std::fopen(files.file.c_str(), "wb"), std::fclose);
    const File key_file(std::fopen(files.key.c_str(), "wb"), std::fclose);
    must(certificate_file != nullptr && key_file != nullptr);
    must(PEM_write_X509(certificate_file.get(), made.get()) == 1);
    must(PEM_write_PrivateKey(key_file.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
         1);
    return files;
}

}  // namespace direct::test
