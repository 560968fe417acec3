// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sources.hpp"

#include <algorithm>
#include <fstream>

#include "encoding.hpp"
#include "limits.hpp"
#include "words.hpp"

namespace csv {

namespace fs = std::filesystem;

namespace {

bool is_file(const fs::path& path) {  // and no link to one
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(path, failed));
}

bool read_up_to(const fs::path& path, std::size_t bytes, std::string& out) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return false;
    out.resize(bytes);
    in.read(out.data(), static_cast<std::streamsize>(bytes));
    out.resize(static_cast<std::size_t>(in.gcount()));
    return !in.bad();
}

fs::path beside(fs::path path) {
    if (!path.has_filename()) path = path.parent_path();  // "folder/"
    path += ".json";
    return path;
}

bool is_table(const fs::path& path) {
    if (!is_file(path)) return false;
    const Ending ending = ending_of(path);
    if (ending != Ending::txt) return ending != Ending::none;
    const std::string head = head_of(path, 4096);
    return is_file(beside(path)) ||
           std::string_view(head).substr(0, head.find_first_of("\r\n")).find('\t') !=
               std::string_view::npos;
}

void unreadable(const fs::path& path, Faults& faults) {
    faults.add(
        {Severity::error,
         "SZ-CSV-001",
         name_of(path),
         {},
         {},
         "It cannot be read.",
         "Check that it is there, that it is a file or a folder, and that you may open it."});
}

void note_others(std::vector<fs::path>& others, const Sources& sources, Faults& faults) {
    std::sort(others.begin(), others.end());
    for (const fs::path& other : others) {
        const bool is_options =
            std::any_of(sources.files.begin(), sources.files.end(),
                        [&](const fs::path& file) { return beside(file) == other; });
        if (is_options && is_file(other)) continue;
        faults.add({Severity::note,
                    "SZ-CSV-018",
                    name_of(other),
                    {},
                    {},
                    "This was not read: it is no table.",
                    "In a folder, tables end in .csv or .tsv, or in .txt with a tab in the first "
                    "line; links and folders are not followed."});
    }
}

}  // namespace

Ending ending_of(const fs::path& file) {
    const std::string ending = lower(file.extension().string());
    return ending == ".csv"   ? Ending::csv
           : ending == ".tsv" ? Ending::tsv
           : ending == ".txt" ? Ending::txt
                              : Ending::none;
}

Sources::Outcome list(const fs::path& path, Sources& out, Faults& faults) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    out.is_folder = fs::is_directory(status);
    if (!out.is_folder) {
        out.files = {path};
        if (fs::is_regular_file(status)) return Sources::Outcome::done;
        unreadable(path, faults);
        return Sources::Outcome::unreadable;
    }
    std::vector<fs::path> others;
    fs::directory_iterator at(path, failed);
    while (!failed && at != fs::directory_iterator()) {
        if (at->path().filename().string().front() != '.')
            (is_table(at->path()) ? out.files : others).push_back(at->path());
        at.increment(failed);
    }
    if (failed) {
        unreadable(path, faults);
        return Sources::Outcome::unreadable;
    }
    std::sort(out.files.begin(), out.files.end());
    note_others(others, out, faults);
    if (out.files.empty()) {
        faults.add({Severity::error,
                    "SZ-CSV-001",
                    name_of(path),
                    {},
                    {},
                    "The folder holds no table.",
                    "Tables end in .csv or .tsv, or in .txt with a tab in the first line."});
        return Sources::Outcome::unreadable;
    }
    if (out.files.size() <= limits::files_max) return Sources::Outcome::done;
    faults.add({Severity::error,
                "SZ-CSV-002",
                name_of(path),
                {},
                {},
                "The folder holds more than 64 tables.",
                "Divide them over several folders: each becomes a pack."});
    return Sources::Outcome::too_large;
}

Sources::Outcome load(const fs::path& file, std::size_t& total, std::string& out, Faults& faults) {
    if (!read_up_to(file, limits::file_bytes_max + 1, out)) {
        unreadable(file, faults);
        return Sources::Outcome::unreadable;
    }
    total += out.size();
    if (out.size() <= limits::file_bytes_max && total <= limits::total_bytes_max)
        return Sources::Outcome::done;
    faults.add({Severity::error,
                "SZ-CSV-002",
                name_of(file),
                {},
                {},
                "The file is too large: more than 16 MiB, or more than 64 MiB with the others.",
                "Divide the table into several files and import them one by one."});
    return Sources::Outcome::too_large;
}

std::optional<std::string> options_beside(const fs::path& path, Faults& faults) {
    const fs::path file = beside(path);
    if (!is_file(file)) return std::nullopt;
    std::string text;
    if (!read_up_to(file, limits::options_bytes_max + 1, text)) {
        unreadable(file, faults);
        return std::nullopt;
    }
    if (text.size() <= limits::options_bytes_max) return text;
    faults.add({Severity::error,
                "SZ-CSV-002",
                name_of(file),
                {},
                {},
                "The file of options has more than 64 KiB.",
                "Write less into it, or give it another name if it holds no options."});
    return std::nullopt;
}

std::string name_of_options(const fs::path& path) { return name_of(beside(path)); }

std::string head_of(const fs::path& file, std::size_t bytes) {
    std::string head;
    std::error_code failed;
    if (!fs::is_regular_file(fs::status(file, failed)) || !read_up_to(file, bytes, head)) return {};
    return head;
}

std::string name_of(const fs::path& path) {
    const std::string name =
        path.has_filename() ? path.filename().string() : path.parent_path().filename().string();
    Decoded decoded = decode(name, Encoding::utf8);
    if (decoded.wrong == Decoded::Wrong::nothing && name.find_first_of("\r\n\t") == name.npos)
        return name;
    std::string out = name;
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, '?');
    return out;
}

std::string stem_of(const fs::path& path) {
    std::string name = name_of(path);
    if (ending_of(name) != Ending::none) name.resize(name.size() - 4);
    return name;
}

}  // namespace csv
