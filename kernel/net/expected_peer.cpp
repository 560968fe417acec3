// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/expected_peer.hpp"

namespace sz::net {

Status check_expected(const std::vector<ExpectedPeer>& expected, std::string_view client_id) {
    const std::string who(client_id);
    for (const ExpectedPeer& one : expected) {
        if (one.mark.fits(client_id)) continue;
        if (one.from == ExpectedPeer::From::address) {
            return fail(ErrorKind::denied, "SZ-NET-010",
                        "The address belongs to " + one.mark.text() + ", but " + who +
                            " answers there. Nothing was told to them.",
                        "Ask the host for the whole address again, by a way that you trust. The "
                        "address may be mistyped or old; if it is not, somebody stands between you "
                        "and the host.",
                        who);
        }
        return fail(ErrorKind::denied, "SZ-NET-011",
                    "The host of this campaign was " + one.mark.text() + " so far, and now " + who +
                        " answers. Nothing was told to them.",
                    "Ask the game master, by a way that you trust, whether they have a new "
                    "identity. If they have, forget the remembered host of this campaign and join "
                    "again; if not, somebody pretends to be them.",
                    who);
    }
    return {};
}

}  // namespace sz::net
