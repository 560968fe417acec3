// SPDX-License-Identifier: AGPL-3.0-or-later
#include "source.hpp"

#include <algorithm>
#include <fstream>
#include <regex>

#include "parse.hpp"

namespace datasworn {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view version_mark = "\"datasworn_version\"";

// Links are not followed: they could lead out of the folder, or into a pipe.
bool is_plain_file(const fs::path& path) {
    std::error_code failed;
    return fs::is_regular_file(fs::symlink_status(path, failed));
}

std::vector<fs::path> json_files(const fs::path& folder, std::error_code& failed) {
    std::vector<fs::path> paths;
    fs::directory_iterator at(folder, failed);
    while (!failed && at != fs::directory_iterator()) {
        if (at->path().extension() == ".json" && is_plain_file(at->path()))
            paths.push_back(at->path());
        at.increment(failed);
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

}  // namespace

void Package::report(Faults& faults, Severity severity, std::string_view code,
                     std::string_view pointer, std::string message, std::string hint) const {
    Place place;
    if (placed_bytes <= limits::placed_bytes_max && !faults.is_full()) {
        placed_bytes += text.size();
        place = place_of_pointer(text, pointer);
    }
    faults.add(
        {severity, code, file, std::string(pointer), place, std::move(message), std::move(hint)});
}

Sources::Outcome Sources::load(const fs::path& path, std::string& text, Faults& faults) {
    std::error_code failed;
    const std::uintmax_t bytes = fs::file_size(path, failed);
    std::ifstream in(path, std::ios::binary);
    const bool is_there = !failed && in;
    if (is_there && bytes <= limits::file_bytes_max &&
        total_bytes_ + bytes <= limits::total_bytes_max) {
        text.resize(static_cast<std::size_t>(bytes));
        in.read(text.data(), static_cast<std::streamsize>(bytes));
        text.resize(static_cast<std::size_t>(in.gcount()));
        total_bytes_ += text.size();
        return Outcome::done;
    }
    faults.add(
        {Severity::error,
         is_there ? std::string_view("SZ-DATASWORN-004") : std::string_view("SZ-DATASWORN-001"),
         path.filename().string(),
         "",
         {},
         is_there ? "The file is too large: more than 16 MiB, or more than 64 MiB with the others."
                  : "The file cannot be read.",
         is_there ? "Import fewer packages at once." : "Check that you may open it."});
    return is_there ? Outcome::too_large : Outcome::unreadable;
}

bool Sources::parse(std::string file, std::string text, bool is_asked_for, const Tick& tick,
                    Faults& faults) {
    const auto go_on = [&] { return tick(0, 1, file); };
    if (!go_on()) return false;
    const auto is_none = [&] {
        faults.add({is_asked_for ? Severity::error : Severity::note,
                    is_asked_for ? "SZ-DATASWORN-005" : "SZ-DATASWORN-014", file, "",
                    is_asked_for ? Place{1, 1} : Place{},
                    is_asked_for ? "The file is no rules package of Datasworn."
                                 : "This file was not read: it is no rules package of Datasworn.",
                    "A rules package is an object with \"_id\", \"type\" and "
                    "\"datasworn_version\"."});
    };
    if (text.find(version_mark) == std::string::npos) return is_none(), true;
    Parsed parsed = parse_json(text, go_on);
    if (parsed.is_cancelled) return false;
    if (!parsed.value) {
        faults.add({Severity::error, parsed.code, file, parsed.pointer,
                    parsed.offset ? place_of_byte(text, *parsed.offset)
                                  : place_of_pointer(text, parsed.pointer),
                    "The file " + parsed.problem + ".",
                    "Mend the file at this place and import again."});
        return true;
    }
    // A JSON Schema of Datasworn has the word too, further inside.
    if (!parsed.value->is_object() || text_in(*parsed.value, "datasworn_version").empty())
        return is_none(), true;
    take({std::move(file), std::move(text), *std::move(parsed.value), {}, {}}, faults);
    return true;
}

void Sources::take(Package package, Faults& faults) {
    static const std::regex id_form("[a-z0-9_]{3,100}");
    const std::string version = text_in(package.root, "datasworn_version");
    const std::string type = text_in(package.root, "type");
    package.id = text_in(package.root, "_id");
    package.ruleset = text_in(package.root, "ruleset");
    const auto refuse = [&](std::string_view code, std::string_view pointer, std::string message,
                            std::string hint) {
        package.report(faults, Severity::error, code, pointer, std::move(message), std::move(hint));
    };
    if (!version.starts_with("0.0."))
        return refuse("SZ-DATASWORN-006", "/datasworn_version",
                      "The file follows version " + std::string(shortened(one_line(version), 40)) +
                          " of Datasworn; the importer knows 0.0.10 and its kin of 0.0.",
                      "Take the same package from Datasworn's release 0.0.10 "
                      "(github.com/rsek/datasworn) and import that.");
    if (type != "ruleset" && type != "expansion")
        return refuse("SZ-DATASWORN-005", "/type",
                      "The package is neither a ruleset nor an expansion.",
                      "Its \"type\" is \"ruleset\" or \"expansion\".");
    if (!std::regex_match(package.id, id_form))
        return refuse("SZ-DATASWORN-005", "/_id", "The package has no id that can be used.",
                      "An \"_id\" is 3 to 100 small letters, digits and '_'.");
    const bool is_expansion = type == "expansion";
    if (is_expansion != !package.ruleset.empty() || package.ruleset == package.id ||
        (is_expansion && !std::regex_match(package.ruleset, id_form)))
        return refuse("SZ-DATASWORN-005", "/ruleset",
                      is_expansion ? "The expansion does not say which ruleset it is for."
                                   : "The package is a ruleset and asks for another.",
                      "An expansion names the id of its ruleset in \"ruleset\"; a ruleset has "
                      "none.");
    const auto same = std::find_if(packages_.begin(), packages_.end(),
                                   [&](const Package& one) { return one.id == package.id; });
    if (same != packages_.end())
        return refuse(
            "SZ-DATASWORN-008", "/_id",
            "The file \"" + same->file + "\" is the package \"" + package.id + "\" already.",
            "Keep one of the two.");
    packages_.push_back(std::move(package));
}

void Sources::look_beside(const fs::path& file, const Tick& tick) {
    const Package& package = packages_.front();
    const std::string name = package.ruleset + ".json";
    for (const fs::path& path :
         {file.parent_path() / name, file.parent_path().parent_path() / package.ruleset / name}) {
        if (!is_plain_file(path)) continue;
        Sources others;
        Faults unheard(
            [](const Fault&) {});  // the file was not asked for: it helps, or it does not
        std::string text;
        if (others.load(path, text, unheard) != Outcome::done) continue;
        if (!others.parse(name, std::move(text), true, tick, unheard)) return;
        if (others.packages_.empty() || others.packages_.front().id != package.ruleset) continue;
        beside_ = std::move(others.packages_);
        return;
    }
}

Sources::Outcome Sources::read(const fs::path& path, const Tick& tick, Faults& faults) {
    std::error_code failed;
    const bool is_folder = fs::is_directory(path, failed);
    std::vector<fs::path> paths{path};
    if (is_folder) paths = json_files(path, failed);
    if (failed || paths.empty() || paths.size() > limits::files_max) {
        faults.add({Severity::error,
                    "SZ-DATASWORN-001",
                    path.filename().string(),
                    "",
                    {},
                    failed          ? "The folder or file cannot be read."
                    : paths.empty() ? "The folder holds no .json file."
                                    : "The folder holds more than 200 .json files.",
                    "Choose a rules package of Datasworn, such as starforged.json, or the folder "
                    "of one."});
        return Outcome::unreadable;
    }
    for (const fs::path& one : paths) {
        std::string text;
        if (const Outcome loaded = load(one, text, faults); loaded != Outcome::done) return loaded;
        if (!parse(one.filename().string(), std::move(text), !is_folder, tick, faults))
            return Outcome::cancelled;
    }
    std::stable_sort(packages_.begin(), packages_.end(), [](const Package& a, const Package& b) {
        return a.ruleset.empty() && !b.ruleset.empty();
    });
    if (packages_.empty() && !faults.failed()) {
        faults.add({Severity::error,
                    "SZ-DATASWORN-005",
                    path.filename().string(),
                    "",
                    {},
                    "The folder holds no rules package of Datasworn.",
                    "A rules package is a .json file with \"_id\", \"type\" and "
                    "\"datasworn_version\"."});
    }
    if (!is_folder && packages_.size() == 1 && !packages_.front().ruleset.empty())
        look_beside(path, tick);
    return Outcome::done;
}

const Package* Sources::ruleset_of(const Package& package) const {
    for (const auto* all : {&packages_, &beside_}) {
        for (const Package& one : *all) {
            if (!package.ruleset.empty() && one.id == package.ruleset) return &one;
        }
    }
    return nullptr;
}

std::string text_in(const Json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get<std::string>() : std::string{};
}

std::uint64_t count_values(const Json& value) {
    if (value.is_structured()) {
        std::uint64_t count = 0;
        for (const Json& inner : value) count += count_values(inner);
        return count;
    }
    if (value.is_string()) return value.get_ref<const std::string&>().empty() ? 0 : 1;
    return value.is_null() ? 0 : 1;
}

std::string step(std::string_view key) {
    std::string out = "/";
    for (const char c : key) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

}  // namespace datasworn
