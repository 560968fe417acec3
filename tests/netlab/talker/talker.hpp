// SPDX-License-Identifier: AGPL-3.0-or-later
// One who talks: a door or a caller of the kernel, over the plugin transport-direct, told what to
// do from outside. All of it runs on the kernel thread; what happens is said as JSON.
#pragma once

#include <sz/cpp/testing.hpp>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "kernel/net/meeting/caller.hpp"
#include "kernel/net/meeting/door.hpp"
#include "tests/netlab/talker/roles.hpp"
#include "tests/support/test_key.hpp"

namespace talker {

using sz::Json;

class Talker {
  public:
    using Say = std::function<void(const Json&)>;

    // `library`: the plugin. `seed`: of the identity.
    Talker(const std::string& library, std::uint8_t seed, Say say);
    ~Talker();
    Talker(const Talker&) = delete;
    Talker& operator=(const Talker&) = delete;

    void listen(const std::string& url);
    void call(const std::string& url);

    // Each to everybody who is there.
    void echo(std::size_t count, std::chrono::milliseconds every);
    void numbers(std::chrono::milliseconds every);  // wants them; the other side says them
    void fetch(std::uint64_t bytes);
    void stop();  // what is numbered here ends
    void report();

  private:
    using Conversation = sz::net::Conversation;
    void meet(const std::shared_ptr<Conversation>& other);
    void offer(Conversation& other);
    void serve_numbers(Conversation& other);
    Conversation::Events changes_of(const std::string& peer);
    void note(const char* event, Json more);
    void note_end(const char* what, const std::exception_ptr& thrown, const mpst::Outcome& outcome,
                  Json more);
    void each(const std::function<void(Conversation&)>& work);
    template <class Role, class Peer, class Body, class Then>
    void open(Conversation& other, const char* protocol, std::uint32_t channel, Body body,
              Then then);
    void run(const std::function<void()>& work) { kernel_.run_and_wait(work); }

    Say say_;
    std::unique_ptr<sz::plugin::testing::LoadedPlugin> plugin_;
    sz::KernelThread kernel_;
    sz::PluginTransports transports_{kernel_};
    sz::test::FakeIdentity identity_;
    sz::net::Place place_;
    std::shared_ptr<sz::net::Door> door_;
    std::shared_ptr<sz::net::Caller> caller_;
    std::vector<std::shared_ptr<Conversation>> others_;
    std::shared_ptr<bool> is_over_ = std::make_shared<bool>(false);
};

}  // namespace talker
