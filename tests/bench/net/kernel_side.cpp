// SPDX-License-Identifier: AGPL-3.0-or-later
// A side whose questions go from the kernel's thread through the transport.
#include <optional>

#include "tests/bench/net/asker.hpp"
#include "tests/bench/net/wait.hpp"

namespace sz::netbench {

namespace {

using Call = void (*)(net::Place&, const std::string& url, const GotWay&);

class KernelSide final : public Side {
  public:
    KernelSide(Program& program, const std::string& url, Call call) : program_(program) {
        wait_for<bool>(program_, [&](auto done) {
            call(program_.place, url, [this, done](std::shared_ptr<Way> way) {
                asker_.emplace(std::move(way));
                done(true);
            });
        });
    }
    ~KernelSide() override {
        program_.run([this] { asker_.reset(); });
    }
    std::vector<double> echo(std::size_t bytes, std::size_t count) override {
        return wait_for<std::vector<double>>(
            program_, [&](auto done) { asker_->echo(bytes, count, std::move(done)); });
    }
    double stream(const Stream& what) override {
        return wait_for<double>(program_,
                                [&](auto done) { asker_->stream(what, std::move(done)); });
    }

  private:
    Program& program_;
    std::optional<Asker> asker_;
};

}  // namespace

std::unique_ptr<Side> plain_side(Program& program, const std::string& url) {
    return std::make_unique<KernelSide>(program, url, call_plainly);
}
std::unique_ptr<Side> session_side(Program& program, const std::string& url) {
    return std::make_unique<KernelSide>(program, url, call_session);
}

}  // namespace sz::netbench
