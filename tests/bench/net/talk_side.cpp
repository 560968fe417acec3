// SPDX-License-Identifier: AGPL-3.0-or-later
// As the programs themselves talk: a caller, a conversation, and roles that play protocols over it.
#include <sz/mpst/asio.hpp>

#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/meeting/caller.hpp"
#include "kernel/net/protocols/echo.hpp"
#include "kernel/net/protocols/transfer.hpp"
#include "tests/bench/net/side.hpp"
#include "tests/bench/net/wait.hpp"

namespace sz::netbench {

using namespace sz::net;

namespace {

class Nowhere final : public TransferSink {
    Status begin(std::uint64_t) override { return {}; }
    Status write(std::string_view) override { return {}; }
};

class TalkSide final : public Side {
  public:
    TalkSide(Program& program, const std::string& url) : program_(program) {
        conversation_ = wait_for<std::shared_ptr<Conversation>>(program_, [&](const auto& done) {
            Caller::Events events;
            events.up = done;
            events.failed = events.ended = [](const Error& why) { stop_with(why.message); };
            caller_ =
                must(Caller::call(program_.place, url, Json::object(), {}, std::move(events)));
        });
    }
    ~TalkSide() override {
        program_.run([this] {
            caller_.reset();
            conversation_.reset();
        });
    }
    std::vector<double> echo(std::size_t bytes, std::size_t count) override {
        wanted_.bytes = bytes;
        wanted_.count = count;
        times_.clear();
        wait_for<bool>(program_, [&](const auto& done) {
            mpst::spawn(
                program_.thread.io().get_executor(),
                conversation_->protocols().open<Doctor::Guest, Doctor::Host>(
                    std::string(doctor_protocol), SZ_CHANNEL_PLAY),
                [this](Doctor::Guest::Start start) {
                    return play_doctor_guest(std::move(start), wanted_, times_);
                },
                ended(done));
        });
        std::vector<double> all;
        for (const auto& time : times_)
            all.push_back(std::chrono::duration<double, std::micro>(time).count());
        return all;
    }
    // Whatever the channel and the size of a message: transfers have their own.
    double stream(const Stream& what) override {
        const std::string name = std::to_string(what.bytes * what.count);
        const auto begun = Clock::now();
        outcome_.reset();
        wait_for<bool>(program_, [&](const auto& done) {
            mpst::spawn(
                program_.thread.io().get_executor(),
                conversation_->protocols().open<Transfer::Taker, Transfer::Giver>(
                    std::string(transfer_protocol), SZ_CHANNEL_BULK),
                [this, name](Transfer::Taker::Start start) {
                    return play_taker(std::move(start), name, nowhere_, outcome_);
                },
                ended(done));
        });
        if (!outcome_ || must(*outcome_) != what.bytes * what.count)
            stop_with("A transfer brought less than was wanted.");
        return std::chrono::duration<double>(Clock::now() - begun).count();
    }

  private:
    template <class Done>
    static auto ended(Done done) {
        return [done](std::exception_ptr, const mpst::Outcome& outcome) {
            if (outcome) stop_with(outcome->sentence());
            done(true);
        };
    }
    Program& program_;
    std::shared_ptr<Caller> caller_;
    std::shared_ptr<Conversation> conversation_;
    Echoes wanted_;
    std::vector<std::chrono::nanoseconds> times_;
    Nowhere nowhere_;
    std::optional<Result<std::uint64_t>> outcome_;
};

}  // namespace

std::unique_ptr<Side> talk_side(Program& program, const std::string& url) {
    return std::make_unique<TalkSide>(program, url);
}

}  // namespace sz::netbench
