// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/doctor/net_methods.hpp"

#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/doctor/examination.hpp"
#include "kernel/net/doctor/reception.hpp"

namespace sz::net {

namespace {

// What is listened to when nobody says where.
constexpr const char* usual_url = "udp://*";

std::string transport_options(const Json& params) {
    return params.value("options", Json::object()).dump();
}

}  // namespace

struct NetMethods::Impl : std::enable_shared_from_this<NetMethods::Impl> {
    explicit Impl(Services the_services) : services(std::move(the_services)) {}

    // One examination or reception, with all that it uses.
    struct Run {
        Place place;
        std::unique_ptr<OwnTask> task;
        std::shared_ptr<Examination> examination;
        std::shared_ptr<Reception> reception;
    };
    Services services;
    std::uint64_t last = 0;
    std::map<std::uint64_t, std::unique_ptr<Run>> runs;

    [[nodiscard]] Result<Run*> prepare(const char* title, std::uint64_t& number);
    void cancel(std::uint64_t number);
    void done(std::uint64_t number, Json report);
    [[nodiscard]] Steps::Told told(std::uint64_t number);
    [[nodiscard]] Result<Json> examine(const Json& params);
    [[nodiscard]] Result<Json> receive(const char* title, ReceptionOptions options);
};

Result<NetMethods::Impl::Run*> NetMethods::Impl::prepare(const char* title, std::uint64_t& number) {
    SZ_ASSIGN(const std::string self, services.identity.active());
    // Asked for now, so that a locked identity is told before anything is sent.
    SZ_TRY(services.identity.sign(self, "SessionZero doctor"));
    number = ++last;
    auto run = std::make_unique<Run>(
        Run{{services.thread, services.transports, services.identity, self}, nullptr, {}, {}});
    run->task = services.tasks.begin(title, [weak = weak_from_this(), number] {
        if (const auto impl = weak.lock()) impl->cancel(number);
    });
    Run* const made = run.get();
    runs.emplace(number, std::move(run));
    return made;
}

void NetMethods::Impl::cancel(std::uint64_t number) {
    const auto found = runs.find(number);
    if (found == runs.end()) return;
    // A reception that is stopped has done its work; an examination has not.
    if (const auto reception = found->second->reception)
        return reception->end("The host has stopped listening.");
    if (const auto examination = found->second->examination) examination->stop();
    found->second->task->end(
        fail(ErrorKind::cancelled, "SZ-TASK-002", "The examination was cancelled."));
    services.thread.post([weak = weak_from_this(), number] {
        if (const auto impl = weak.lock()) impl->runs.erase(number);
    });
}

// It may be telling this from inside itself.
void NetMethods::Impl::done(std::uint64_t number, Json report) {
    const auto found = runs.find(number);
    if (found == runs.end()) return;
    found->second->task->end(std::move(report));
    services.thread.post([weak = weak_from_this(), number] {
        if (const auto impl = weak.lock()) impl->runs.erase(number);
    });
}

Steps::Told NetMethods::Impl::told(std::uint64_t number) {
    return [this, weak = weak_from_this(), number](const Json& step) {
        if (weak.expired()) return;
        const auto found = runs.find(number);
        if (found == runs.end()) return;
        Json message = step;
        message["task"] = found->second->task->id();
        services.bus.publish("net.step", std::move(message));
    };
}

Result<Json> NetMethods::Impl::examine(const Json& params) {
    ExaminationOptions wanted;
    wanted.url = params.at("url").get<std::string>();
    wanted.transport_options = transport_options(params);
    wanted.bytes = params.value("bytes", wanted.bytes);
    wanted.echoes = params.value("echoes", wanted.echoes);
    std::uint64_t number = 0;
    SZ_ASSIGN(Run* const run, prepare("Looking at the way to the host", number));
    run->examination =
        std::make_shared<Examination>(run->place, wanted, services.version, told(number),
                                      [weak = weak_from_this(), number](Json report) {
                                          if (const auto impl = weak.lock())
                                              impl->done(number, std::move(report));
                                      });
    const Json answer{{"task", run->task->id()}};
    if (auto begun = run->examination->begin(); !begun) {
        run->task->end(fail(begun.error()));
        runs.erase(number);
        return fail(std::move(begun).error());
    }
    return answer;
}

Result<Json> NetMethods::Impl::receive(const char* title, ReceptionOptions options) {
    std::uint64_t number = 0;
    SZ_ASSIGN(Run* const run, prepare(title, number));
    run->reception = std::make_shared<Reception>(run->place, services.ports, std::move(options),
                                                 services.version, told(number),
                                                 [weak = weak_from_this(), number](Json report) {
                                                     if (const auto impl = weak.lock())
                                                         impl->done(number, std::move(report));
                                                 });
    const Json answer{{"task", run->task->id()}};
    if (auto begun = run->reception->begin(); !begun) {
        run->task->end(fail(begun.error()));
        runs.erase(number);
        return fail(std::move(begun).error());
    }
    return answer;
}

NetMethods::NetMethods(Services services) : impl_(std::make_shared<Impl>(std::move(services))) {}

NetMethods::~NetMethods() {
    for (auto& [number, run] : impl_->runs) {
        if (run->examination) run->examination->stop();
        if (run->reception) run->reception->end("The program ends.");
    }
}

Status NetMethods::add_methods() {
    auto& bus = impl_->services.bus;
    Impl* const impl = impl_.get();
    SZ_TRY(bus.add_method({"net.doctor", {}, {}, "kernel"},
                          [impl](const Call& call) { call.answer(impl->examine(call.params())); }));
    SZ_TRY(bus.add_method({"net.doctor-listen", {}, {}, "kernel"}, [impl](const Call& call) {
        const Json& params = call.params();
        call.answer(impl->receive("Waiting for visitors",
                                  {string_or(params, "url", usual_url), transport_options(params),
                                   params.value("router", false), true}));
    }));
    return bus.add_method({"net.host-info", {}, {}, "kernel"}, [impl](const Call& call) {
        const Json& params = call.params();
        call.answer(impl->receive("Looking for the addresses of this computer",
                                  {string_or(params, "url", usual_url), transport_options(params),
                                   params.value("router", false), false}));
    });
}

}  // namespace sz::net
