// SPDX-License-Identifier: AGPL-3.0-or-later
// The awaiting form: all three roles on one thread, none of them blocks.
#include <sz/mpst/asio.hpp>

#include <TravelAgency/Agency.hpp>
#include <TravelAgency/Customer.hpp>
#include <TravelAgency/Service.hpp>
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <string>

using namespace TravelAgency;

namespace {

mpst::task<Customer::End> customer(Customer::Start search) {
    constexpr std::int64_t enough = 400;
    for (const char* place : {"Mordor", "Rohan", "the Shire", "Lórien"}) {
        auto waiting = co_await std::move(search).async_send<ask>(place);
        auto [offer, again] = co_await std::move(waiting).async_receive();
        std::cout << "Customer: " << place << " for " << offer.value << "?\n";
        if (offer.value <= enough) {
            auto tell = co_await std::move(again).async_send(book{});
            auto ticket_wait = co_await std::move(tell).async_send<address>("Bag End");
            auto [paper, end] = co_await std::move(ticket_wait).async_receive();
            std::cout << "Customer: " << paper.value << '\n';
            co_return std::move(end);
        }
        search = std::move(again);
    }
    co_return co_await std::move(search).async_send(leave{});
}

mpst::task<Agency::End> agency(Agency::Start search) {
    std::string last;
    for (;;) {
        auto arrived = co_await std::move(search).async_receive();
        if (arrived.is<ask>()) {
            auto [asked, answer] = std::move(arrived).take<ask>();
            last = asked.value;
            const auto cost = static_cast<std::int64_t>(1000 - 90 * last.size());
            search = co_await std::move(answer).async_send(price{cost});
        } else if (arrived.is<book>()) {
            auto [booked, pass_on] = std::move(arrived).take<book>();
            co_return co_await std::move(pass_on).async_send<order>(last);
        } else {
            auto [left, pass_on] = std::move(arrived).take<leave>();
            co_return co_await std::move(pass_on).async_send(left);
        }
    }
}

mpst::task<Service::End> service(Service::Start wait) {
    auto arrived = co_await std::move(wait).async_receive();
    if (arrived.is<leave>()) co_return std::move(arrived).take<leave>().next;
    auto [booked, where] = std::move(arrived).take<order>();
    auto [home, answer] = co_await std::move(where).async_receive();
    co_return co_await std::move(answer).async_send<ticket>("To " + booked.value + ", sent to " +
                                                            home.value + ".");
}

}  // namespace

int main() {
    boost::asio::io_context io;
    auto [c, a, s] = mpst::connect<Customer, Agency, Service>();
    int code = 0;
    const auto ended = [&code](std::exception_ptr thrown, const mpst::Outcome& outcome) {
        if (outcome) std::cerr << outcome->sentence() << '\n';
        if (thrown || outcome) code = 1;
    };
    mpst::spawn(io.get_executor(), std::move(c), customer, ended);
    mpst::spawn(io.get_executor(), std::move(a), agency, ended);
    mpst::spawn(io.get_executor(), std::move(s), service, ended);
    io.run();
    return code;
}
