// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/bench/net/asker.hpp"

#include <utility>

#include "tests/bench/net/stop.hpp"

namespace sz::netbench {

Asker::Asker(std::shared_ptr<Way> way) : way_(std::move(way)) {
    way_->message = [this](std::uint32_t, const std::string& message) { heard(message); };
    way_->room = [this] { fill(); };
    way_->ended = [](const Error& why) { stop_with(why.message); };
}

void Asker::echo(std::size_t bytes, std::size_t count,
                 std::function<void(std::vector<double>)> done) {
    message_.assign(bytes, echo_word);
    left_ = count;
    times_.clear();
    echoed_ = std::move(done);
    ask();
}

void Asker::ask() {
    begun_ = Clock::now();
    if (!way_->send(SZ_CHANNEL_PLAY, message_)) stop_with("There was no room for a question.");
}

void Asker::stream(const Stream& what, std::function<void(double)> done) {
    message_.assign(what.bytes, more_word);
    stream_ = what;
    sent_ = spans_taken_ = 0;
    streamed_ = std::move(done);
    begun_ = Clock::now();
    fill();
}

// What is sent may lead back here.
void Asker::fill() {
    if (!streamed_ || std::exchange(is_filling_, true)) return;
    const std::size_t in_span = stream_.messages_in_span();
    while (sent_ < stream_.count && sent_ / in_span < spans_taken_ + spans_on_way) {
        message_[0] = stream_.word(sent_);
        if (!way_->send(stream_.channel, message_)) break;
        ++sent_;
    }
    is_filling_ = false;
}

void Asker::heard(const std::string& message) {
    const auto passed = Clock::now() - begun_;
    if (message[0] == taken_word) {
        if (++spans_taken_ < stream_.spans()) return fill();
        std::exchange(streamed_, nullptr)(std::chrono::duration<double>(passed).count());
        return;
    }
    if (message != message_) stop_with("Something else came back.");
    times_.push_back(std::chrono::duration<double, std::micro>(passed).count());
    if (--left_ > 0) return ask();
    std::exchange(echoed_, nullptr)(std::move(times_));
}

void answer(Way& way) {
    way.message = [&way](std::uint32_t channel, const std::string& message) {
        bool has_room = true;
        if (message[0] == echo_word) has_room = way.send(channel, message);
        if (message[0] == span_word) has_room = way.send(SZ_CHANNEL_PLAY, {&taken_word, 1});
        if (!has_room) stop_with("There was no room for an answer.");
    };
}

}  // namespace sz::netbench
