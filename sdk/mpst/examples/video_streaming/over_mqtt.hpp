// SPDX-License-Identifier: AGPL-3.0-or-later
// What the three programs have in common: PROGRAM BROKER SESSION
#pragma once

#include <sz/mpst/mqtt.hpp>

#include <iostream>

#include "roles.hpp"

// Joins the session in that role and plays it.
template <class Role, class Body>
int play_over_mqtt(int argc, char** argv, const Body& body) {
    if (argc != 3) {
        std::cerr << "Usage: " << argv[0] << " tcp://HOST:PORT SESSION\n";
        return 2;
    }
    mpst::mqtt::Options options;
    options.broker = argv[1];
    options.session = argv[2];
    options.patience = std::chrono::seconds(5);
    try {
        const mpst::Outcome outcome = mpst::perform(mpst::mqtt::join<Role>(options), body);
        if (!outcome) return 0;
        std::cerr << outcome->sentence() << '\n';
        return 1;
    } catch (const mpst::SessionFailed& failed) {  // nobody to play with
        std::cerr << failed.what() << '\n';
        return 3;
    }
}
