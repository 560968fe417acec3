// SPDX-License-Identifier: AGPL-3.0-or-later
#include "words.hpp"

#include <openssl/x509_vfy.h>

#include <boost/asio/error.hpp>

namespace direct::web {

namespace {

namespace wrong = boost::asio::error;
using boost::system::error_code;

constexpr const char* ask_host = "Ask the host for the address again.";

Said status_said(const std::string& at, unsigned status) {
    const std::string number = std::to_string(status);
    if (status >= 300 && status < 400)
        return {"SZ-TRANSPORT-035", at + " sends visitors elsewhere (HTTP " + number + ").",
                "Try the address with wss:// instead of ws://."};
    if (status == 404 || status == 410)
        return {"SZ-TRANSPORT-035", at + " knows no such place (HTTP " + number + ").",
                "The tunnel may have ended. Ask the host for the address again."};
    if (status >= 502 && status <= 504)
        return {"SZ-TRANSPORT-035", at + " finds nobody behind it (HTTP " + number + ").",
                "The tunnel stands, but the host's program does not answer. Tell the host."};
    if (status == 401 || status == 403 || status == 407)
        return {"SZ-TRANSPORT-035", at + " lets nobody in without more (HTTP " + number + ").",
                "The host has to open the tunnel for everybody."};
    return {"SZ-TRANSPORT-035", at + " is no table: it answered with HTTP " + number + ".",
            ask_host};
}

}  // namespace

std::string place(const Address& where) { return url_of("", where.host, where.port).substr(3); }

Said why_not_resolved(const Address& where, const error_code& error) {
    if (error == wrong::host_not_found_try_again)
        return {"SZ-TRANSPORT-020", "The name " + where.host + " could not be looked up just now.",
                "Is this machine connected to the network?"};
    return {"SZ-TRANSPORT-020", "There is no machine called " + where.host + ".",
            "Look for a mistyped letter in the address."};
}

Said why_not_connected(const Address& where, const error_code& error) {
    const std::string at = place(where);
    if (error == wrong::connection_refused)
        return {"SZ-TRANSPORT-021", "Nobody listens at " + at + ".",
                "Has the host opened the table? Is the port the right one?"};
    if (error == wrong::timed_out)
        return {"SZ-TRANSPORT-021", at + " does not answer.",
                "A router or a firewall may be in between: is the port forwarded?"};
    if (error == wrong::network_unreachable || error == wrong::host_unreachable ||
        error == wrong::network_down)
        return {"SZ-TRANSPORT-027", "There is no way to " + at + " from here.",
                "Is this machine connected to the network? IPv6 may be missing on one side."};
    if (error == wrong::access_denied ||
        error.value() == boost::system::errc::operation_not_permitted)
        return {"SZ-TRANSPORT-027", "This system does not allow connecting to " + at + ".",
                "A firewall on this machine may forbid it."};
    return {"SZ-TRANSPORT-027", "Connecting to " + at + " failed.",
            "Try again; another network may help."};
}

Said why_not_trusted(const Address& where, const error_code& error, long verdict) {
    const std::string of = "The certificate of " + place(where);
    switch (verdict) {
        case X509_V_OK: break;
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return {"SZ-TRANSPORT-031", of + " has expired.",
                    "The host has to renew it. Is the clock of this machine right?"};
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return {"SZ-TRANSPORT-031", of + " is not valid yet.",
                    "Is the clock of this machine right?"};
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return {"SZ-TRANSPORT-032", of + " is for another name.",
                    "Use the very name that the certificate was made for."};
        default:
            return {"SZ-TRANSPORT-030", of + " is not from an authority that is trusted here.",
                    "If the host made it, give its file as the option \"authorities\"."};
    }
    if (error == wrong::timed_out) return why_not_connected(where, error);
    return {"SZ-TRANSPORT-033", "No encrypted connection to " + place(where) + " could be made.",
            "It may not use TLS: try the address with ws:// instead of wss://."};
}

Said why_not_upgraded(const Address& where, const error_code& error, unsigned status) {
    if (status != 0 && status != 101) return status_said(place(where), status);
    if (error == wrong::timed_out) return why_not_connected(where, error);
    return {"SZ-TRANSPORT-035", "What answers at " + place(where) + " is no table.",
            "It is another program, or wants wss:// instead of ws://."};
}

Said why_not_listening(const Address& where, const error_code& error) {
    const std::string at = place(where);
    if (error == wrong::address_in_use)
        return {"SZ-TRANSPORT-010", "The port of " + at + " is taken by another program.",
                "Take another port, or end the other program."};
    if (error == wrong::access_denied)
        return {"SZ-TRANSPORT-010", "This system does not allow listening at " + at + ".",
                "Take a port from 1024 on."};
    if (error.value() == boost::system::errc::address_not_available)
        return {"SZ-TRANSPORT-010", where.host + " is not an address of this machine.",
                "Leave the address away to listen at all of them."};
    return {"SZ-TRANSPORT-010", "It is not possible to listen at " + at + ".",
            "Does this system have IPv6 and IPv4, whichever the address is of?"};
}

}  // namespace direct::web
