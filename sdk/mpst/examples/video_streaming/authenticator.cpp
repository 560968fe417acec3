// SPDX-License-Identifier: AGPL-3.0-or-later
#include "over_mqtt.hpp"

int main(int argc, char** argv) {
    using namespace video_streaming;
    return play_over_mqtt<Authenticator>(argc, argv, authenticate);
}
