// SPDX-License-Identifier: AGPL-3.0-or-later
// How long things may take. Tests are less patient.
#pragma once

#include <chrono>

namespace direct::web {

struct Times {
    using Span = std::chrono::milliseconds;
    Span ping_every{2'000};
    Span silent_after{5'000};
    Span lost_after{15'000};
    Span goodbye_max{2'000};     // from close() to `closed`
    Span handshake_max{10'000};  // of somebody who came: TLS, request and upgrade
};

}  // namespace direct::web
