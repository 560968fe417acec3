// SPDX-License-Identifier: AGPL-3.0-or-later
// Looks at the way to a host, from the name to the rate, and says what it finds.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernel/net/doctor/steps.hpp"
#include "kernel/net/meeting/caller.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/join.hpp"
#include "kernel/net/protocols/transfer.hpp"

namespace sz::net {

struct ExaminationOptions {
    std::string url;
    std::string transport_options = "{}";  // a JSON object
    std::size_t echoes = 20;
    std::uint64_t bytes = 2 * 1024 * 1024;  // of the transfer; 0: none
};

// [kernel-thread]
class Examination : public std::enable_shared_from_this<Examination> {
  public:
    using Done = std::function<void(Json report)>;  // once, not from inside begin()

    // `version`: our program's.
    Examination(Place place, ExaminationOptions options, std::string version, Steps::Told told,
                Done done);
    // SZ-NET-070, 101 or the transport's: the address makes no sense.
    [[nodiscard]] Status begin();
    void stop();  // nothing is said any more

  private:
    class Taken;
    void up(const std::shared_ptr<Conversation>& conversation);
    void join();
    void joined(const mpst::Outcome& outcome);
    void echo(const char* step, std::size_t count, std::function<void()> next);
    void echoed(const char* step, const mpst::Outcome& outcome, const std::function<void()>& next);
    void transfer();
    void transferred(const mpst::Outcome& outcome);
    void statistics();
    void fail_with(const std::string& step, const Error& why);
    void finish();
    template <class Start, class Body, class Then>
    void play(Start start, Body body, Then then);

    Place place_;  // its own: what is under way holds on to it
    ExaminationOptions options_;
    std::string version_;
    Steps steps_;
    Done done_;
    std::shared_ptr<Caller> caller_;
    std::shared_ptr<Conversation> conversation_;
    Speaker own_;
    std::optional<Result<Speaker>> host_;
    Echoes echoes_;
    std::vector<std::chrono::nanoseconds> times_;
    std::unique_ptr<TransferSink> sink_;
    std::optional<Result<std::uint64_t>> taken_;
    SteadyMs transfer_begun_ = 0;
    std::string peer_, words_;
    bool is_loaded_ = false;  // echoes under load have come
    bool is_transferred_ = false;
};

}  // namespace sz::net
