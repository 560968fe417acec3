// SPDX-License-Identifier: AGPL-3.0-or-later
// The other program: this one, started again with other words. It says a line of JSON when it is
// ready, and one for each line that it is asked; it ends when nobody can ask it any more.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace sz::netbench {

class Child {
  public:
    explicit Child(const std::vector<std::string>& words);
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // What it said when it was ready.
    [[nodiscard]] const nlohmann::json& ready() const { return ready_; }
    [[nodiscard]] nlohmann::json ask(const std::string& question);

  private:
    [[nodiscard]] nlohmann::json read();

    int process_ = 0;
    int asks_ = -1, says_ = -1;
    nlohmann::json ready_;
};

// Of the child: says that it is ready, and answers until nobody asks any more; then the process is
// over.
template <class Answer>
[[noreturn]] void be_asked(const nlohmann::json& ready, Answer answer);

}  // namespace sz::netbench

#include <cstdlib>
#include <iostream>

namespace sz::netbench {

template <class Answer>
void be_asked(const nlohmann::json& ready, Answer answer) {
    std::cout << ready.dump() << std::endl;
    for (std::string question; std::getline(std::cin, question);)
        std::cout << nlohmann::json(answer(question)).dump() << std::endl;
    std::_Exit(0);
}

}  // namespace sz::netbench
