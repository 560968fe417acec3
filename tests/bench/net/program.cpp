// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/program.hpp"

#include <filesystem>
#include <sz/cpp/testing.hpp>

#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

namespace {

const char* const transport = "org.sessionzero.transport-direct";

}  // namespace

struct Program::Plugin {
    sz::plugin::testing::LoadedPlugin loaded{
        SZ_BUILD "/plugins/org.sessionzero.transport-direct/transport_direct.so",
        std::filesystem::temp_directory_path().string()};  // it keeps nothing there
};

Program::Program(std::uint8_t seed) : identity(seed), plugin_(std::make_unique<Plugin>()) {
    run([this] {
        must(
            transports.add(transport, &plugin_->loaded.extension<sz_transports>(SZ_TRANSPORTS_ID)));
    });
}

Program::~Program() {
    run([this] { transports.remove(transport); });
    plugin_.reset();  // as the kernel does: what it still says is dropped
    run([] {});
}

}  // namespace sz::netbench
