// SPDX-License-Identifier: AGPL-3.0-or-later
// A broker of the test's own, and other programs. Both end with the test.
#pragma once

#include <arpa/inet.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

extern char** environ;

namespace mpst_test {

// Whether it comes true in time.
template <class Condition>
bool eventually(const Condition& condition,
                std::chrono::milliseconds time = std::chrono::seconds(20)) {
    const auto until = std::chrono::steady_clock::now() + time;
    while (!condition()) {
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return true;
}

class Program {
  public:
    explicit Program(std::vector<std::string> words,
                     const std::vector<std::string>& settings = {}) {
        std::vector<char*> arguments, environment;
        for (std::string& word : words) arguments.push_back(word.data());
        arguments.push_back(nullptr);
        std::vector<std::string> more = settings;
        for (std::string& setting : more) environment.push_back(setting.data());
        for (char** at = environ; *at != nullptr; ++at) environment.push_back(*at);
        environment.push_back(nullptr);
        if (posix_spawn(&id_, arguments[0], nullptr, nullptr, arguments.data(),
                        environment.data()) != 0)
            id_ = 0;
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program() { kill(); }

    // What it returned, or -1 when a signal ended it.
    int wait() {
        int status = 0;
        if (id_ == 0 || waitpid(id_, &status, 0) != id_) return -1;
        id_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    [[nodiscard]] bool has_ended() {
        int status = 0;
        if (id_ != 0 && waitpid(id_, &status, WNOHANG) == id_) id_ = 0;
        return id_ == 0;
    }
    void signal(int number) {
        if (id_ != 0) ::kill(id_, number);
    }
    void kill() {
        signal(SIGKILL);
        wait();
    }

  private:
    pid_t id_ = 0;
};

// This very program, for one hidden test.
inline std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe"); }

class Mosquitto {
  public:
    static std::string program() {
        for (const char* folder : {"/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"}) {
            const auto path = std::filesystem::path(folder) / "mosquitto";
            if (access(path.c_str(), X_OK) == 0) return path;
        }
        return {};
    }

    // `users`: a password file; nobody else is let in.
    explicit Mosquitto(const std::string& users = {}) {
        std::string pattern =
            (std::filesystem::temp_directory_path() / "mpst_mqtt_XXXXXX").string();
        if (mkdtemp(pattern.data()) != nullptr) folder_ = pattern;
        std::string rules = "allow_anonymous true\n";
        if (!users.empty()) {
            std::ofstream(folder_ / "users") << users << '\n';
            rules = "allow_anonymous false\npassword_file " + (folder_ / "users").string() + '\n';
            // Else it becomes a user who may not read the folder.
            if (geteuid() == 0) rules += "user root\n";
        }
        // Somebody else may take the port before the broker does: then another one.
        for (int attempt = 0; attempt < 5 && !is_up_; ++attempt) {
            port_ = free_port();
            std::ofstream(folder_ / "broker.conf") << "listener " << port_ << " 127.0.0.1\n"
                                                   << rules << "persistence false\n"
                                                   << "log_dest none\n";
            start();
        }
    }
    ~Mosquitto() {
        program_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] bool is_up() const { return is_up_; }
    [[nodiscard]] std::string uri() const { return "tcp://127.0.0.1:" + std::to_string(port_); }
    void start() {
        program_.emplace(std::vector<std::string>{program(), "-c", folder_ / "broker.conf"});
        is_up_ = eventually([this] { return accepts() || program_->has_ended(); }) &&
                 !program_->has_ended();
    }
    // Without a word to anybody.
    void kill() {
        program_.reset();
        is_up_ = false;
    }

  private:
    static sockaddr_in loopback(int port) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }
    static int free_port() {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        auto address = loopback(0);
        socklen_t size = sizeof(address);
        auto* generic = reinterpret_cast<sockaddr*>(&address);
        if (bind(socket, generic, size) != 0) address.sin_port = 0;
        getsockname(socket, generic, &size);
        close(socket);
        return ntohs(address.sin_port);
    }
    [[nodiscard]] bool accepts() const {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const auto address = loopback(port_);
        const int answer =
            connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
        close(socket);
        return answer == 0;
    }

    std::filesystem::path folder_;
    int port_ = 0;
    bool is_up_ = false;
    std::optional<Program> program_;
};

}  // namespace mpst_test
