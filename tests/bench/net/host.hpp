// SPDX-License-Identifier: AGPL-3.0-or-later
// What the other program does.
#pragma once

#include <string>

namespace sz::netbench {

// Answers everything that a Side asks: {"plain","session","ws","talk"} are URLs, {"enet","beast"}
// ports.
[[noreturn]] void be_host();
// A table as a program opens it: {"url"}. Asked “counters”, or “guests”: how many are up.
[[noreturn]] void be_table();
// A player there. Asked “counters”.
[[noreturn]] void be_player(const std::string& url);

}  // namespace sz::netbench
