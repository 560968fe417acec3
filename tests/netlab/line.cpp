// SPDX-License-Identifier: AGPL-3.0-or-later
// A bad line: what a router forwards passes through here, one queue of netfilter a direction, and
// is delayed, lost and slowed. Kernels without netem have queues all the same.
//
//     line UP_QUEUE DOWN_QUEUE [SETTING…]
//
// A setting is [up.|down.]NAME=NUMBER; without a direction it is for both:
//     delay    milliseconds one way      jitter   milliseconds that are added or taken at random
//     loss     per cent                  rate     megabits a second; 0: as fast as it comes
//     buffer   milliseconds that wait for a slow line; what comes to a full one is lost
//     seed     of the random numbers: the same seed loses the same packets of the same traffic
// Lines on standard input have settings too, for the running line: "loss=100", later "loss=0", is
// an outage. Each is answered by a line "ok". "report" answers what passed, as JSON. It ends with
// its standard input.
#include <arpa/inet.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <queue>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::uint32_t packets_max = 65'536;  // that wait in one direction
constexpr int socket_bytes = 8 << 20;
constexpr unsigned header_bytes = 40;  // of a packet, to read its length
constexpr std::size_t message_bytes_max = 4'096;

struct Settings {
    double delay = 0, jitter = 0, loss = 0, rate = 0, buffer = 100;
};

double* field(Settings& settings, std::string_view name) {
    if (name == "delay") return &settings.delay;
    if (name == "jitter") return &settings.jitter;
    if (name == "loss") return &settings.loss;
    if (name == "rate") return &settings.rate;
    return name == "buffer" ? &settings.buffer : nullptr;
}

class Direction {
  public:
    Direction(std::uint16_t queue, std::uint64_t seed)
        : random_(seed), handle_(nfq_open(), nfq_close) {
        if (!handle_) throw std::runtime_error("netfilter's queues cannot be opened");
        queue_.reset(nfq_create_queue(handle_.get(), queue, take, this));
        if (!queue_ || nfq_set_mode(queue_.get(), NFQNL_COPY_PACKET, header_bytes) < 0)
            throw std::runtime_error("queue " + std::to_string(queue) + " cannot be had");
        nfq_set_queue_maxlen(queue_.get(), packets_max);
        ::setsockopt(descriptor(), SOL_SOCKET, SO_RCVBUFFORCE, &socket_bytes, sizeof socket_bytes);
    }

    Settings settings;

    [[nodiscard]] int descriptor() const { return nfq_fd(handle_.get()); }
    void seed(std::uint64_t seed) { random_.seed(seed); }

    void read() {
        static std::array<char, message_bytes_max> bytes;
        const ssize_t count = ::recv(descriptor(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (count > 0) nfq_handle_packet(handle_.get(), bytes.data(), static_cast<int>(count));
    }

    // Lets go what is due; when is the next?
    std::optional<Clock::time_point> release(Clock::time_point now) {
        while (!waiting_.empty() && waiting_.top().due <= now) {
            nfq_set_verdict(queue_.get(), waiting_.top().id, NF_ACCEPT, 0, nullptr);
            waiting_.pop();
            ++passed_;
        }
        if (waiting_.empty()) return std::nullopt;
        return waiting_.top().due;
    }

    [[nodiscard]] std::string report() const {
        std::ostringstream text;
        text << R"({"seen":)" << seen_ << R"(,"passed":)" << passed_ << R"(,"lost":)" << lost_
             << R"(,"overflowed":)" << overflowed_ << "}";
        return text.str();
    }

  private:
    struct Waiting {
        Clock::time_point due;
        std::uint64_t order;
        std::uint32_t id;
        bool operator<(const Waiting& other) const {
            return due != other.due ? due > other.due : order > other.order;
        }
    };

    static int take(nfq_q_handle*, nfgenmsg*, nfq_data* data, void* self) {
        return static_cast<Direction*>(self)->take(data);
    }

    int take(nfq_data* data) {
        const nfqnl_msg_packet_hdr* header = nfq_get_msg_packet_hdr(data);
        if (header == nullptr) return 0;
        const std::uint32_t id = ntohl(header->packet_id);
        ++seen_;
        // Both numbers are drawn for every packet, so that one setting does not shift the other.
        const double luck = between(0, 100), shift = between(-1, 1);
        if (luck < settings.loss) return drop(id, lost_);
        auto leaves = Clock::now();
        if (settings.rate > 0) {
            const auto begins = std::max(leaves, free_at_);
            if (Milliseconds(begins - leaves).count() > settings.buffer)
                return drop(id, overflowed_);
            leaves = begins + time_on_the_line(bytes_of(data));
            free_at_ = leaves;
        }
        if (waiting_.size() >= packets_max) return drop(id, overflowed_);
        const Milliseconds delay(std::max(0.0, settings.delay + shift * settings.jitter));
        waiting_.push({leaves + std::chrono::duration_cast<Clock::duration>(delay), ++order_, id});
        return 0;
    }

    int drop(std::uint32_t id, std::uint64_t& counted) {
        ++counted;
        return nfq_set_verdict(queue_.get(), id, NF_DROP, 0, nullptr);
    }

    // The packet stays in the kernel; its header says how long it is.
    static std::size_t bytes_of(nfq_data* data) {
        unsigned char* packet = nullptr;
        const int copied = nfq_get_payload(data, &packet);
        if (copied >= 4 && packet[0] >> 4 == 4)
            return static_cast<std::size_t>(packet[2] << 8 | packet[3]);
        if (copied >= 6 && packet[0] >> 4 == 6)
            return 40 + static_cast<std::size_t>(packet[4] << 8 | packet[5]);
        return 1500;
    }

    [[nodiscard]] Clock::duration time_on_the_line(std::size_t bytes) const {
        const double ms = static_cast<double>(bytes) * 8 / (settings.rate * 1000);
        return std::chrono::duration_cast<Clock::duration>(Milliseconds(ms));
    }

    // The same on every system, unlike std::uniform_real_distribution.
    double between(double least, double most) {
        return least + (most - least) * static_cast<double>(random_() >> 11) / 9007199254740992.0;
    }

    std::mt19937_64 random_;
    std::unique_ptr<nfq_handle, int (*)(nfq_handle*)> handle_;
    struct Destroy {
        void operator()(nfq_q_handle* queue) const { nfq_destroy_queue(queue); }
    };
    std::unique_ptr<nfq_q_handle, Destroy> queue_;
    std::priority_queue<Waiting> waiting_;
    Clock::time_point free_at_{};
    std::uint64_t order_ = 0, seen_ = 0, passed_ = 0, lost_ = 0, overflowed_ = 0;
};

class Line {
  public:
    Line(std::uint16_t up, std::uint16_t down)
        : directions_{Direction(up, 1), Direction(down, 2)} {}

    [[nodiscard]] bool set(std::string_view setting) {
        bool is_up = true, is_down = true;
        if (setting.starts_with("up.")) is_down = false;
        if (setting.starts_with("down.")) is_up = false;
        if (!is_up || !is_down) setting.remove_prefix(setting.find('.') + 1);
        const std::size_t equals = setting.find('=');
        if (equals == std::string_view::npos) return false;
        const std::string_view name = setting.substr(0, equals);
        const std::string_view text = setting.substr(equals + 1);
        double value = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || value < 0)
            return false;
        for (std::size_t i = 0; i < directions_.size(); ++i) {
            if (i == 0 ? !is_up : !is_down) continue;
            if (name == "seed") {
                directions_[i].seed(static_cast<std::uint64_t>(value) * 2 + i);
                continue;
            }
            double* place = field(directions_[i].settings, name);
            if (place == nullptr) return false;
            *place = value;
        }
        return true;
    }

    // Until standard input ends.
    void run() {
        while (true) {
            std::optional<Clock::time_point> next;
            for (Direction& direction : directions_) {
                const auto due = direction.release(Clock::now());
                if (due && (!next || *due < *next)) next = due;
            }
            timespec wait{};
            if (next) {
                const auto left = std::max(Clock::duration::zero(), *next - Clock::now());
                wait.tv_sec = std::chrono::duration_cast<std::chrono::seconds>(left).count();
                wait.tv_nsec = std::chrono::duration_cast<std::chrono::nanoseconds>(left).count() %
                               1'000'000'000;
            }
            std::array<pollfd, 3> ready{{{STDIN_FILENO, POLLIN, 0},
                                         {directions_[0].descriptor(), POLLIN, 0},
                                         {directions_[1].descriptor(), POLLIN, 0}}};
            ::ppoll(ready.data(), ready.size(), next ? &wait : nullptr, nullptr);
            if (ready[1].revents != 0) directions_[0].read();
            if (ready[2].revents != 0) directions_[1].read();
            if (ready[0].revents != 0 && !read_settings()) return;
        }
    }

  private:
    [[nodiscard]] bool read_settings() {
        std::array<char, 4096> bytes;
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count <= 0) return false;
        typed_.append(bytes.data(), static_cast<std::size_t>(count));
        for (std::size_t end = 0; (end = typed_.find('\n')) != std::string::npos;) {
            answer(typed_.substr(0, end));
            typed_.erase(0, end + 1);
        }
        return true;
    }

    void answer(const std::string& text) {
        if (text == "report") {
            std::printf("{\"up\":%s,\"down\":%s}\n", directions_[0].report().c_str(),
                        directions_[1].report().c_str());
        } else {
            std::istringstream words(text);
            bool is_good = true;
            for (std::string word; words >> word;) is_good = set(word) && is_good;
            std::puts(is_good ? "ok" : "not a setting");
        }
        std::fflush(stdout);
    }

    std::array<Direction, 2> directions_;
    std::string typed_;
};

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 3) {
        std::fputs("usage: line UP_QUEUE DOWN_QUEUE [SETTING…]\n", stderr);
        return 2;
    }
    Line line(static_cast<std::uint16_t>(std::atoi(argv[1])),
              static_cast<std::uint16_t>(std::atoi(argv[2])));
    for (int i = 3; i < argc; ++i)
        if (!line.set(argv[i])) throw std::runtime_error(std::string("no setting: ") + argv[i]);
    std::puts("ready");
    std::fflush(stdout);
    line.run();
    return 0;
} catch (const std::exception& wrong) {
    std::fprintf(stderr, "line: %s\n", wrong.what());
    return 3;
}
