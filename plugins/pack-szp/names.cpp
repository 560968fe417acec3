// SPDX-License-Identifier: AGPL-3.0-or-later
#include "names.hpp"

#include <Poco/UTF8String.h>

#include <algorithm>
#include <array>

namespace szp {

namespace {

// Takes the part before the next '/' off the front.
std::string_view take_part(std::string_view& path) {
    const auto slash = path.find('/');
    const auto part = path.substr(0, slash);
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return part;
}

std::string lower_ascii(std::string_view text) {
    std::string result(text);
    for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

// Names that mean a device on Windows, whatever follows their first dot.
bool is_device_name(std::string_view part) {
    const auto stem = lower_ascii(part.substr(0, part.find('.')));
    constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    if (std::find(devices.begin(), devices.end(), stem) != devices.end()) return true;
    const bool is_port =
        stem.size() == 4 && (stem.compare(0, 3, "com") == 0 || stem.compare(0, 3, "lpt") == 0);
    return is_port && stem[3] >= '0' && stem[3] <= '9';
}

bool is_portable(std::string_view part) {
    if (part.find_first_of("<>:\"|?*") != std::string_view::npos) return false;
    return part.back() != '.' && part.back() != ' ' && part.front() != ' ' && !is_device_name(part);
}

bool is_left_out_part(std::string_view part) {
    if (part.empty() || part == "." || part == "..")
        return false;  // check_path has words for these
    const auto lower = lower_ascii(part);
    constexpr std::array<std::string_view, 3> known{"__macosx", "thumbs.db", "desktop.ini"};
    if (std::find(known.begin(), known.end(), lower) != known.end()) return true;
    constexpr std::array<std::string_view, 6> endings{"~", ".bak", ".swp", ".swo", ".tmp", ".orig"};
    return part.front() == '.' || part.front() == '#' || part.front() == '~' ||
           std::any_of(endings.begin(), endings.end(),
                       [&](auto ending) { return ends_with(lower, ending); });
}

}  // namespace

bool is_utf8(std::string_view text) noexcept {
    // Well-formed byte sequences: Unicode 15, table 3-7. It has no overlong forms and no
    // surrogates.
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const unsigned lead = byte(i);
        const std::size_t length = lead < 0x80   ? 1
                                   : lead < 0xC2 ? 0
                                   : lead < 0xE0 ? 2
                                   : lead < 0xF0 ? 3
                                   : lead < 0xF5 ? 4
                                                 : 0;
        if (length == 0 || i + length > text.size()) return false;
        if (length > 1) {
            const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
            const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
            if (byte(i + 1) < low || byte(i + 1) > high) return false;
            for (std::size_t k = 2; k < length; ++k) {
                if ((byte(i + k) & 0xC0) != 0x80) return false;
            }
        }
        i += length;
    }
    return true;
}

bool is_left_out(std::string_view path) {
    while (!path.empty()) {
        if (is_left_out_part(take_part(path))) return true;
    }
    return false;
}

bool is_for_editors(std::string_view path) {
    return path.substr(path.rfind('/') + 1) == ".schemas";
}

bool check_path(std::string_view path, const Limits& limits, Faults& faults) {
    const auto refuse = [&](const char* code, std::string message, std::string hint) {
        faults.error(code, path, std::move(message), std::move(hint));
        return false;
    };
    if (!is_utf8(path))
        return refuse("SZ-SZP-011", "The name " + quote(path) + " is not UTF-8.",
                      "Rename the file.");
    const bool has_control = std::any_of(path.begin(), path.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) == 0x7F;
    });
    if (has_control)
        return refuse("SZ-SZP-012", "The name " + quote(path) + " has a control character in it.",
                      "Rename the file.");
    if (path.find('\\') != std::string_view::npos)
        return refuse("SZ-SZP-015", "The name " + quote(path) + " has a backslash in it.",
                      "Write '/' between folders.");
    const bool has_drive = path.size() >= 2 && path[1] == ':';
    if (path.empty() || path.front() == '/' || has_drive)
        return refuse("SZ-SZP-013", "The name " + quote(path) + " is not relative.",
                      "Pack the files by names relative to the pack's folder.");
    if (path.size() > limits.path_bytes) {
        faults.limit(
            "SZ-SZP-009", path,
            "The name " + quote(path) + " is longer than " + size_words(limits.path_bytes) + ".",
            "Shorten it.");
        return false;
    }
    std::size_t parts = 0;
    for (auto rest = path; !rest.empty();) {
        const auto part = take_part(rest);
        if (part.empty() || part == "." || part == "..")
            return refuse("SZ-SZP-014",
                          "The name " + quote(path) + " has an empty part, “.” or “..” in it.",
                          "Rename the file.");
        if (!is_portable(part)) {
            return refuse("SZ-SZP-024",
                          "The name " + quote(part) + " cannot be used on every system.",
                          "Leave out < > : \" | ? *, dots and spaces at the end, and names such as "
                          "“con” or “nul”.");
        }
        ++parts;
    }
    if (path.back() == '/')
        return refuse("SZ-SZP-014",
                      "The name " + quote(path) + " has an empty part, “.” or “..” in it.",
                      "Rename the file.");
    if (parts > limits.path_parts) {
        faults.limit(
            "SZ-SZP-010", path,
            "The file stands more than " + std::to_string(limits.path_parts) + " folders deep.",
            "Use fewer folders.");
        return false;
    }
    return true;
}

bool NameSet::add(const std::string& path, bool is_folder, Faults& faults) {
    std::vector<std::string> prefixes;  // the folders above it, then itself
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
        prefixes.push_back(path.substr(0, slash));
    prefixes.push_back(path);
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
        const bool is_own = i + 1 == prefixes.size();
        const bool is_folder_here = is_folder || !is_own;
        const auto [place, is_new] = seen_.try_emplace(Poco::UTF8::toLower(prefixes[i]),
                                                       Seen{prefixes[i], is_folder_here, is_own});
        if (is_new) continue;
        auto& seen = place->second;
        if (seen.path != prefixes[i]) {
            faults.error("SZ-SZP-018", path,
                         "The names " + quote(seen.path) + " and " + quote(prefixes[i]) +
                             " differ in case only.",
                         "Rename one of them: many systems take them for the same.");
            return false;
        }
        if (seen.is_folder != is_folder_here) {
            faults.error("SZ-SZP-017", path, quote(prefixes[i]) + " is both a file and a folder.",
                         "Rename one of them.");
            return false;
        }
        if (is_own && seen.is_own) {
            faults.error("SZ-SZP-017", path,
                         "The name " + quote(path) + " stands in the archive twice.",
                         "Make the archive again from the pack's folder.");
            return false;
        }
        seen.is_own = seen.is_own || is_own;
    }
    return true;
}

std::string wrapping_folder(const std::vector<std::string>& paths) {
    if (paths.empty()) return {};
    const auto slash = paths.front().find('/');
    if (slash == std::string::npos) return {};
    const auto folder = paths.front().substr(0, slash + 1);
    const bool is_shared = std::all_of(paths.begin(), paths.end(), [&](const auto& path) {
        return path.compare(0, folder.size(), folder) == 0;
    });
    const bool has_manifest =
        std::find(paths.begin(), paths.end(), folder + "szpack.json") != paths.end();
    return is_shared && has_manifest ? folder : std::string{};
}

void note_left_out(const std::vector<std::string>& paths, Faults& faults) {
    constexpr std::size_t named_max = 10;
    if (paths.empty()) return;
    std::string list;
    for (std::size_t i = 0; i < std::min(paths.size(), named_max); ++i)
        list += (i == 0 ? "" : ", ") + quote(paths[i]);
    if (paths.size() > named_max)
        list += " and " + std::to_string(paths.size() - named_max) + " more";
    faults.note("SZ-SZP-026", "",
                "Hidden files and the copies of editors were left out: " + list + ".",
                "Rename what belongs to the pack.");
}

}  // namespace szp
