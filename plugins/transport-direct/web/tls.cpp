// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tls.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <utility>

namespace direct::web {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace {

std::shared_ptr<ssl::context> new_context(ssl::context::method method) {
    auto made = std::make_shared<ssl::context>(method);
    SSL_CTX_set_min_proto_version(made->native_handle(), TLS1_2_VERSION);
    // Nothing is resumed, so nothing is kept of a connection that is gone.
    SSL_CTX_set_session_cache_mode(made->native_handle(), SSL_SESS_CACHE_OFF);
    return made;
}

TlsContext unusable(const std::string& what, const std::string& file) {
    ERR_clear_error();
    return {nullptr,
            {"SZ-TRANSPORT-034", what + " " + file + " cannot be used.",
             "It has to be a file in PEM form that can be read and has no passphrase; the key has "
             "to be that of the certificate."}};
}

}  // namespace

TlsContext tls_of_listener(const Options& options) {
    const auto made = new_context(ssl::context::tls_server);
    error_code error;
    made->use_certificate_chain_file(options.certificate, error);
    if (error) return unusable("The certificate", options.certificate);
    // Or OpenSSL would ask for a passphrase on the terminal.
    made->set_password_callback(
        [](std::size_t, ssl::context::password_purpose) { return std::string(); }, error);
    made->use_private_key_file(options.key, ssl::context::pem, error);
    if (error) return unusable("The key", options.key);
    return {made, {}};
}

TlsContext tls_of_connection(const Options& options) {
    const auto made = new_context(ssl::context::tls_client);
    error_code error;
    if (options.authorities.empty()) {
        made->set_default_verify_paths(error);
        if (error) return unusable("The list of authorities", "of this system");
    } else {
        made->load_verify_file(options.authorities, error);
        if (error) return unusable("The list of authorities", options.authorities);
    }
    made->set_verify_mode(ssl::verify_peer, error);
    if (error) return unusable("The list of authorities", options.authorities);
    return {made, {}};
}

}  // namespace direct::web
