// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/doctor/examination.hpp"

#include <sz/mpst/asio.hpp>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "kernel/net/doctor/sample.hpp"
#include "kernel/net/doctor/shapes.hpp"
#include "kernel/net/words.hpp"

namespace sz::net {

namespace {

constexpr std::size_t echo_bytes = 64;
constexpr std::size_t loaded_echoes = 10;
constexpr double slow_ms = 250;  // a round trip that is felt at a table

double in_ms(std::chrono::nanoseconds time) {
    return std::round(std::chrono::duration<double, std::micro>(time).count()) / 1000;
}

// "0.4 ms", "83 ms"
std::string shown_ms(double ms) {
    const double rounded = ms < 10 ? std::round(ms * 10) / 10 : std::round(ms);
    std::string text = std::to_string(rounded);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text + " ms";
}

Error stopped_by(const mpst::Outcome& outcome) {
    return {ErrorKind::environment,
            "SZ-NET-151",
            outcome ? outcome->reason() : "It came to no end.",
            "Try again; the log may say more.",
            {}};
}

}  // namespace

class Examination::Taken final : public TransferSink {
  public:
    Taken(std::uint64_t wanted, std::function<void()> began)
        : wanted_(wanted), began_(std::move(began)) {}
    [[nodiscard]] Status begin(std::uint64_t size) override {
        if (size != wanted_)
            return fail(ErrorKind::input, "SZ-NET-132", "Another size came than was asked for.");
        began_();
        return {};
    }
    Status write(std::string_view) override { return {}; }

  private:
    std::uint64_t wanted_;
    std::function<void()> began_;
};

Examination::Examination(Place place, ExaminationOptions options, std::string version,
                         Steps::Told told, Done done)
    : place_(std::move(place)),
      options_(std::move(options)),
      version_(std::move(version)),
      steps_(place_.now, std::move(told)),
      done_(std::move(done)),
      own_{"SessionZero", version_, doctor_shapes()} {}

Status Examination::begin() {
    const std::weak_ptr<Examination> weak = weak_from_this();
    Caller::Events events;
    events.step = [weak](const TransportStep& step) {
        const auto self = weak.lock();
        if (self == nullptr || self->conversation_ != nullptr) return;
        self->steps_.tell(step.name, step.state, step.message, step.hint);
    };
    events.up = [weak](const std::shared_ptr<Conversation>& conversation) {
        if (const auto self = weak.lock()) self->up(conversation);
    };
    events.failed = [weak](const Error& why) {
        const auto self = weak.lock();
        if (self == nullptr) return;
        // Mostly a step has said so already.
        if (self->steps_.is_good()) self->steps_.failed_last(why);
        self->finish();
    };
    events.waiting = [weak] {
        if (const auto self = weak.lock())
            self->steps_.note("lost",
                              "Nothing is heard from the host any more; it is called again.");
    };
    events.back = [weak] {
        if (const auto self = weak.lock()) self->steps_.note("back", "The host is back.");
    };
    events.ended = [weak](const Error& why) {
        if (const auto self = weak.lock()) self->fail_with("conversation", why);
    };
    SZ_ASSIGN(caller_, Caller::call(place_, options_.url, Json::parse(options_.transport_options),
                                    {}, std::move(events)));
    return {};
}

void Examination::stop() {
    done_ = nullptr;
    caller_.reset();
    conversation_.reset();
}

template <class Start, class Body, class Then>
void Examination::play(Start start, Body body, Then then) {
    mpst::spawn(
        place_.thread.io().get_executor(), std::move(start),
        [self = shared_from_this(), body](Start first) { return body(*self, std::move(first)); },
        [self = shared_from_this(), then](std::exception_ptr thrown, mpst::Outcome outcome) {
            if (thrown != nullptr && !outcome) outcome.emplace();
            if (self->done_) then(*self, outcome);
        });
}

void Examination::up(const std::shared_ptr<Conversation>& conversation) {
    conversation_ = conversation;
    peer_ = conversation->peer();
    if (const auto* connection = conversation->session().connection())
        words_ = spoken_words(connection->hash());
    join();
}

void Examination::join() {
    steps_.begin("join", "Saying hello.");
    play(
        conversation_->protocols().open<Join::Player, Join::Host>(std::string(join_protocol),
                                                                  SZ_CHANNEL_PLAY),
        [](Examination& self, Join::Player::Start start) {
            return play_join_player(std::move(start), self.own_, self.host_);
        },
        [](Examination& self, const mpst::Outcome& outcome) { self.joined(outcome); });
}

void Examination::joined(const mpst::Outcome& outcome) {
    if (outcome || !host_) return fail_with("join", stopped_by(outcome));
    if (!*host_) return fail_with("join", host_->error());
    const Speaker& host = **host_;
    if (common(own_.protocols, host.protocols) != own_.protocols)
        return fail_with("join", {ErrorKind::unsupported,
                                  "SZ-NET-152",
                                  host.program + ' ' + host.version +
                                      " is there, and knows other protocols than this program.",
                                  "One of the two has to be updated.",
                                  {}});
    steps_.done("join", host.program + ' ' + host.version + " is there.",
                {{"program", host.program}, {"version", host.version}});
    echo("round trip", options_.echoes, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->transfer();
    });
}

void Examination::echo(const char* step, std::size_t count, std::function<void()> next) {
    steps_.begin(step, "Measuring.");
    echoes_ = {count, echo_bytes, std::chrono::steady_clock::now};
    times_.clear();
    play(
        conversation_->protocols().open<Doctor::Guest, Doctor::Host>(std::string(doctor_protocol),
                                                                     SZ_CHANNEL_PLAY),
        [](Examination& self, Doctor::Guest::Start start) {
            return play_doctor_guest(std::move(start), self.echoes_, self.times_);
        },
        [step, next = std::move(next)](Examination& self, const mpst::Outcome& outcome) {
            self.echoed(step, outcome, next);
        });
}

void Examination::echoed(const char* step, const mpst::Outcome& outcome,
                         const std::function<void()>& next) {
    if (outcome || times_.empty()) return fail_with(step, stopped_by(outcome));
    std::sort(times_.begin(), times_.end());
    const double median = in_ms(times_[times_.size() / 2]), longest = in_ms(times_.back());
    steps_.done(step,
                shown_ms(median) + " there and back, " + shown_ms(longest) + " at the longest of " +
                    std::to_string(times_.size()) + '.',
                {{"median_ms", median}, {"longest_ms", longest}, {"count", times_.size()}});
    if (median > slow_ms)
        steps_.note(step, "That is felt at a table.",
                    "A cable instead of Wi-Fi helps; so does another network on either side.");
    next();
}

// While it runs, echoes show what others would feel of it.
void Examination::transfer() {
    if (options_.bytes == 0) return statistics();
    steps_.begin("rate", "Transferring " + std::to_string(options_.bytes / 1024) + " KiB.");
    sink_ = std::make_unique<Taken>(options_.bytes, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        self->transfer_begun_ = self->place_.now();
        self->echo("under load", loaded_echoes, [weak] {
            const auto again = weak.lock();
            if (again == nullptr) return;
            again->is_loaded_ = true;
            if (again->is_transferred_) again->statistics();
        });
    });
    play(
        conversation_->protocols().open<Transfer::Taker, Transfer::Giver>(
            std::string(transfer_protocol), SZ_CHANNEL_BULK),
        [](Examination& self, Transfer::Taker::Start start) {
            return play_taker(std::move(start), Sample::name(self.options_.bytes), *self.sink_,
                              self.taken_);
        },
        [](Examination& self, const mpst::Outcome& outcome) { self.transferred(outcome); });
}

void Examination::transferred(const mpst::Outcome& outcome) {
    if (taken_ && !*taken_) return fail_with("rate", taken_->error());
    if (outcome || !taken_) return fail_with("rate", stopped_by(outcome));
    const auto ms = static_cast<double>(std::max<SteadyMs>(1, place_.now() - transfer_begun_));
    const double mbit = static_cast<double>(**taken_) * 8 / 1000 / ms;
    const double rounded = std::round(mbit * 10) / 10;
    std::string text = std::to_string(rounded);
    text.resize(text.find('.') + 2);
    steps_.done("rate", text + " Mbit/s.", {{"mbit_s", rounded}, {"bytes", **taken_}});
    is_transferred_ = true;
    if (is_loaded_) statistics();
}

void Examination::statistics() {
    const Json figures = conversation_->statistics();
    if (figures.contains("loss") && figures["loss"].is_number()) {
        const double percent = std::round(figures["loss"].get<double>() * 1000) / 10;
        std::string text = std::to_string(percent);
        text.resize(text.find('.') + 2);
        steps_.done("loss", text + " % of what was sent had to be sent again.",
                    {{"percent", percent}});
        if (percent > 5)
            steps_.note("loss", "That is much.", "Wi-Fi far from its router loses most.");
    }
    finish();
}

void Examination::fail_with(const std::string& step, const Error& why) {
    if (!done_) return;
    steps_.failed(step, why);
    finish();
}

void Examination::finish() {
    const Done done = std::exchange(done_, nullptr);
    if (!done) return;
    const auto kept = shared_from_this();
    if (caller_ != nullptr) caller_->hang_up("The doctor has seen enough.");
    Json report{{"ok", steps_.is_good()}, {"url", options_.url}, {"steps", steps_.all()}};
    if (!steps_.is_good()) report["kind"] = kind_name(ErrorKind::environment);
    if (!peer_.empty()) report["peer"] = peer_;
    if (!words_.empty()) report["words"] = words_;
    done(std::move(report));
}

}  // namespace sz::net
