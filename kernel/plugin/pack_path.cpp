// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/pack_path.hpp"

#include <Poco/UTF8String.h>

#include <algorithm>

#include "kernel/base/limits.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

bool is_control(unsigned char c) { return c < 0x20 || c == 0x7f; }

const char* fault_of(std::string_view path) {
    if (path.empty()) return "it is empty";
    if (path.size() > limits::path_bytes_max) return "it is too long";
    if (!is_utf8(path)) return "it is not UTF-8";
    if (std::any_of(path.begin(), path.end(),
                    [](char c) { return is_control(static_cast<unsigned char>(c)); }))
        return "it has a control character";
    if (path.find('\\') != std::string_view::npos) return "it has a backslash";
    if (path.find(':') != std::string_view::npos)
        return "it has a colon";  // a drive or a stream on other systems
    if (path.front() == '/') return "it is absolute";
    std::size_t parts = 0;
    for (std::size_t begin = 0; begin <= path.size(); ++parts) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view part = path.substr(begin, end - begin);
        if (part.empty()) return "a part of it is empty";
        if (part == "." || part == "..") return "it leads out of its folder";
        begin = end + 1;
    }
    return parts > limits::path_parts_max ? "it has too many parts" : nullptr;
}

}  // namespace

Status check_pack_path(std::string_view path) {
    const char* fault = fault_of(path);
    if (fault == nullptr) return {};
    const std::string shown = clean_text(path, limits::path_bytes_max);
    return fail(
        ErrorKind::input, "SZ-PACK-003", "The path “" + shown + "” is refused: " + fault + ".",
        "Do not use this pack unless you know who made it; paths such as this one do harm.", shown);
}

std::string fold_case(std::string_view path) { return Poco::UTF8::toLower(std::string(path)); }

}  // namespace sz
