// SPDX-License-Identifier: AGPL-3.0-or-later
// What went wrong, for a person: errors of the libraries become sentences here and nowhere else.
#pragma once

#include <boost/system/error_code.hpp>
#include <string>

#include "../address.hpp"

namespace direct::web {

struct Said {
    std::string code, message, hint;
};

// "example.org" or "[::1]" with its port.
[[nodiscard]] std::string place(const Address& where);

[[nodiscard]] Said why_not_resolved(const Address& where, const boost::system::error_code& error);
[[nodiscard]] Said why_not_connected(const Address& where, const boost::system::error_code& error);
// `verdict` is OpenSSL's on the certificate, X509_V_….
[[nodiscard]] Said why_not_trusted(const Address& where, const boost::system::error_code& error,
                                   long verdict);
// `status` is that of HTTP; 0: nothing like it came.
[[nodiscard]] Said why_not_upgraded(const Address& where, const boost::system::error_code& error,
                                    unsigned status);
[[nodiscard]] Said why_not_listening(const Address& where, const boost::system::error_code& error);

}  // namespace direct::web
