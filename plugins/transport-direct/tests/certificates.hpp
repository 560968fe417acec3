// SPDX-License-Identifier: AGPL-3.0-or-later
// Certificates for one test, made when it runs.
#pragma once

#include <filesystem>
#include <string>

namespace direct::test {

struct Certificate {
    std::string file, key;  // PEM
};

struct Wanted {
    std::string names = "IP:127.0.0.1,IP:::1,DNS:localhost";  // as OpenSSL writes subjectAltName
    long from_s = -3600, to_s = 3600;                         // valid, counted from now
};

// In `folder`, as NAME.pem and NAME.key; signed by itself, so its file is the authority, too.
[[nodiscard]] Certificate make_certificate(const std::filesystem::path& folder,
                                           const std::string& name, const Wanted& wanted = {});

}  // namespace direct::test
