// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web_carrier.hpp"

#include <utility>

#include "client.hpp"
#include "listener.hpp"

namespace direct::web {

sz::plugin::Status WebCarrier::check(const Address&, const Options& options, Use use) const {
    const bool has_both = !options.certificate.empty() && !options.key.empty();
    if (!is_secure_ || use == Use::connecting || has_both) return {};
    return sz::plugin::invalid(
        "SZ-TRANSPORT-002", "Listening at wss:// needs a certificate and its key.",
        "Give the options \"certificate\" and \"key\", two files in PEM form; or listen at ws:// "
        "behind a tunnel, which has a certificate of its own.",
        options.certificate.empty() ? "/certificate" : "/key");
}

std::shared_ptr<End> WebCarrier::listener(Ends& all, std::shared_ptr<Line> line,
                                          const Address& where, const Options& options) {
    return std::make_shared<Listener>(all, std::move(line), times_, where, options);
}

std::shared_ptr<End> WebCarrier::connection(Ends& all, std::shared_ptr<Line> line,
                                            const Address& where, const Options& options) {
    return std::make_shared<Client>(all, std::move(line), times_, where, options);
}

}  // namespace direct::web
