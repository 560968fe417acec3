// SPDX-License-Identifier: AGPL-3.0-or-later
// The smallest one: the protocol stands in the program and is checked while that is compiled.
#include <sz/mpst/protocol.hpp>

#include <iostream>
#include <thread>

using Adder = mpst::protocol<R"(
    global protocol Adder(role Client, role Server) {
      rec Loop {
        choice at Client {
          add(int, int) from Client to Server;
          sum(int) from Server to Client;
          continue Loop;
        } or {
          bye() from Client to Server;
        }
      }
    })">;
using Client = Adder::role<"Client">;
using Server = Adder::role<"Server">;
using Add = Adder::message<"add">;
using Sum = Adder::message<"sum">;
using Bye = Adder::message<"bye">;

namespace {

Server::End serve(Server::Start start) {
    return mpst::loop(std::move(start), [](Server::Start state) {
        return std::move(state).receive(
            [](const Add& add, auto next) {
                const auto [a, b] = add.values;
                return std::move(next).template send<Sum>(a + b);
            },
            [](Bye, Server::End end) { return end; });
    });
}

// 1 + 2 + … + 10
Client::End count(Client::Start state) {
    std::int64_t total = 0;
    for (std::int64_t i = 1; i <= 10; ++i) {
        auto [sum, next] = std::move(state).send(Add{{total, i}}).receive();
        total = sum.value;
        state = std::move(next);
    }
    std::cout << "The sum is " << total << ".\n";
    return std::move(state).send<Bye>();
}

}  // namespace

int main() {
    auto [client, server] = mpst::connect<Client, Server>();
    mpst::Outcome served;
    std::jthread thread([&, start = std::move(server)]() mutable {
        served = mpst::perform(std::move(start), serve);
    });
    const mpst::Outcome counted = mpst::perform(std::move(client), count);
    thread.join();
    return served || counted ? 1 : 0;
}
