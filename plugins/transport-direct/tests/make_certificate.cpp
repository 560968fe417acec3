// SPDX-License-Identifier: AGPL-3.0-or-later
// make_certificate FOLDER NAME: what a story in another language needs to listen at wss://.
#include <cstdio>
#include <exception>

#include "certificates.hpp"

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    try {
        (void)direct::test::make_certificate(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& wrong) {
        std::fprintf(stderr, "%s\n", wrong.what());
        return 1;
    }
}
