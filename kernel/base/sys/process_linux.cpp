// SPDX-License-Identifier: AGPL-3.0-or-later
#include <pthread.h>
#include <pwd.h>
#include <unistd.h>

#include <system_error>
#include <vector>

#include "kernel/base/sys/process.hpp"

namespace sz::sys {

std::filesystem::path executable_path() {
    std::error_code error;
    auto path = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? std::filesystem::path{} : path;
}

std::int64_t process_id() { return ::getpid(); }

std::string login_name() {
    std::vector<char> buffer(16 * 1024);
    passwd entry{};
    passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
        found == nullptr)
        return {};
    return found->pw_name != nullptr ? found->pw_name : "";
}

void name_this_thread(const std::string& name) {
    ::pthread_setname_np(::pthread_self(), name.substr(0, 15).c_str());
}

}  // namespace sz::sys
