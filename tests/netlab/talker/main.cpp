// SPDX-License-Identifier: AGPL-3.0-or-later
// A program that talks over the network as SessionZero does, for a laboratory to look at:
//
//     netlab_talker LIBRARY SEED listen|call URL
//
// LIBRARY is the plugin transport-direct, SEED a number that makes the identity. Lines on standard
// input say what to do, to everybody who is there:
//     echo COUNT EVERY_MS    echoes of 64 bytes, one in every so many milliseconds
//     numbers EVERY_MS       the other side is to say numbers, until it is told to `stop`
//     fetch BYTES            of bulk
//     stop · report
// What happens comes as JSON on standard output, a line each: {"event", "at", …}; `at` and all
// other times are milliseconds of the system's monotonic clock. It ends with its standard input.
#include <chrono>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "tests/netlab/talker/talker.hpp"

namespace {

void obey(talker::Talker& talker, const std::string& line) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    std::uint64_t first = 0, second = 0;
    words >> first >> second;
    const auto ms = [](std::uint64_t number) { return std::chrono::milliseconds(number); };
    if (what == "echo") return talker.echo(first, ms(second));
    if (what == "numbers") return talker.numbers(ms(first));
    if (what == "fetch") return talker.fetch(first);
    if (what == "stop") return talker.stop();
    if (what == "report") return talker.report();
    throw std::runtime_error("nothing to do: " + line);
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc != 5) {
        std::cerr << "usage: netlab_talker LIBRARY SEED listen|call URL\n";
        return 2;
    }
    std::mutex mutex;
    talker::Talker talker(argv[1], static_cast<std::uint8_t>(std::stoi(argv[2])),
                          [&mutex](const talker::Json& event) {
                              const std::lock_guard lock(mutex);
                              std::cout << event.dump() << std::endl;
                          });
    std::string(argv[3]) == "listen" ? talker.listen(argv[4]) : talker.call(argv[4]);
    for (std::string line; std::getline(std::cin, line);) obey(talker, line);
    return 0;
} catch (const std::exception& wrong) {
    std::cerr << "netlab_talker: " << wrong.what() << "\n";
    return 3;
}
