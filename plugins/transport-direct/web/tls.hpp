// SPDX-License-Identifier: AGPL-3.0-or-later
// What TLS needs: our certificate, or whom we trust. OpenSSL starts here, with the first wss://.
#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

#include "../options.hpp"
#include "words.hpp"

namespace direct::web {

struct TlsContext {
    std::shared_ptr<boost::asio::ssl::context> context;  // nothing: `wrong` says why
    Said wrong;                                          // SZ-TRANSPORT-034
};

[[nodiscard]] TlsContext tls_of_listener(const Options& options);
[[nodiscard]] TlsContext tls_of_connection(const Options& options);

}  // namespace direct::web
