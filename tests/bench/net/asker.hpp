// SPDX-License-Identifier: AGPL-3.0-or-later
// Asks over a way, and answers over one. [kernel-thread]
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "tests/bench/net/side.hpp"
#include "tests/bench/net/ways.hpp"

namespace sz::netbench {

class Asker {
  public:
    explicit Asker(std::shared_ptr<Way> way);
    // `done` is called once, from a later event.
    void echo(std::size_t bytes, std::size_t count, std::function<void(std::vector<double>)> done);
    void stream(const Stream& what, std::function<void(double)> done);

  private:
    void ask();
    void fill();
    void heard(const std::string& message);

    std::shared_ptr<Way> way_;
    std::string message_;
    Clock::time_point begun_;
    std::size_t left_ = 0;  // echoes
    std::vector<double> times_;
    std::function<void(std::vector<double>)> echoed_;
    Stream stream_;
    std::size_t sent_ = 0, spans_taken_ = 0;
    bool is_filling_ = false;
    std::function<void(double)> streamed_;
};

void answer(Way& way);

}  // namespace sz::netbench
