// SPDX-License-Identifier: AGPL-3.0-or-later
// A project of somebody else's that uses a protocol, and nothing of ours but the installed SDK.
#pragma once

namespace sz::test {

constexpr const char* greet_cmake = R"(cmake_minimum_required(VERSION 3.25)
project(greet LANGUAGES CXX)
find_package(SessionZeroSdk REQUIRED)
add_executable(greet greet.cpp)
target_link_libraries(greet)
sz_add_protocol(greet FILE greet.scr PROTOCOL Greet)
add_library(asker INTERFACE)
sz_add_protocol(asker FILE greet.scr PROTOCOL Greet ROLES Asker NAMESPACE other::place)
add_library(size STATIC size.cpp)
target_link_libraries(size PRIVATE asker)
target_link_libraries(greet size)
)";

constexpr const char* greet_protocol = R"(// protocol Greet(role Nobody): a comment
global protocol Greet(role Asker, /* ) */ role Teller) {
  Question(string) from Asker to Teller;
  Answer(int) from Teller to Asker;
}
)";

constexpr const char* size_source = R"(#include <sz/mpst/session.hpp>
#include <Greet/Asker.hpp>
int size_of_state();
int size_of_state() { return int(sizeof(other::place::Asker::SendQuestion)); }
)";

constexpr const char* greet_source = R"(#include <sz/mpst/session.hpp>
#include <Greet/Asker.hpp>
#include <Greet/Teller.hpp>
#include <cstdio>
#include <thread>
int size_of_state();
int main() {
    auto [asker, teller] = mpst::connect<Greet::Asker, Greet::Teller>();
    std::thread thread([t = std::move(teller)]() mutable {
        (void)mpst::perform(std::move(t), [](Greet::Teller::AwaitQuestion waiting) {
            auto [question, telling] = std::move(waiting).receive();
            return std::move(telling).send(Greet::Answer{std::int64_t(question.value.size())});
        });
    });
    std::int64_t told = 0;
    const auto stopped = mpst::perform(std::move(asker), [&](Greet::Asker::SendQuestion asking) {
        auto [answer, end] = std::move(asking).send(Greet::Question{"how long"}).receive();
        told = answer.value;
        return std::move(end);
    });
    thread.join();
    std::printf("told %d, stopped %d, size %d\n", int(told), int(stopped.has_value()),
                size_of_state());
}
)";

}  // namespace sz::test
