// SPDX-License-Identifier: AGPL-3.0-or-later
// sz-plugin-check [--json] [--only CHECK] [--transport URL [--options JSON]
//                 [--connect-options JSON]]… FOLDER
// loads a plugin and tries the rules of the headers on it, each in a process of its own. A
// transport is tried at each URL: it listens there, and connects to what it then says that it
// listens at. Exit codes: 0 every rule is kept · 1 one is broken · 2 usage · 3 the folder cannot be
// read.
#include <sys/wait.h>
#include <sz/ext/transport.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "subject.hpp"

namespace fs = std::filesystem;
using check::Check;
using check::Subject;
using sz::plugin::Json;

namespace {

constexpr unsigned seconds_max = 20;

struct Verdict {
    bool is_good = false;
    std::string complaint;
};

// In the child: tells the parent what was found and ends without running anything else of this
// program.
[[noreturn]] void run_in_child(const Check& one, const Subject& subject, int pipe) {
    ::alarm(seconds_max);
    std::string said;
    try {
        said = one.run(subject).value_or("");
    } catch (const std::exception& wrong) {
        said = wrong.what();
    } catch (...) {
        said = "An exception came over the border.";
    }
    [[maybe_unused]] const auto written = ::write(pipe, said.data(), said.size());
    ::_exit(said.empty() ? 0 : 1);
}

Verdict judge(const Check& one, const Subject& subject) {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) return {false, "No process could be made for this check."};
    std::fflush(stdout);  // or the child prints it again
    const pid_t child = ::fork();
    if (child == 0) run_in_child(one, subject, ends[1]);
    ::close(ends[1]);
    Verdict verdict;
    std::array<char, 4096> part{};
    for (ssize_t got = 0; (got = ::read(ends[0], part.data(), part.size())) > 0;)
        verdict.complaint.append(part.data(), static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        verdict.complaint =
            WTERMSIG(status) == SIGALRM
                ? "It hangs."
                : "It crashes with signal " + std::to_string(WTERMSIG(status)) + ".";
    else if (WEXITSTATUS(status) != 0 && verdict.complaint.empty())
        verdict.complaint = "It ended the program.";
    verdict.is_good = verdict.complaint.empty();
    return verdict;
}

// A folder that goes with the program.
struct Scratch {
    std::string path = (fs::temp_directory_path() / "sz-plugin-check-XXXXXX").string();
    Scratch() {
        if (::mkdtemp(path.data()) == nullptr) path.clear();
    }
    ~Scratch() {
        std::error_code ignored;
        if (!path.empty()) fs::remove_all(path, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
};

int check_folder(Subject subject, bool as_json, const std::string& only) {
    std::vector<Check> checks = check::plugin_checks();
    for (auto more : {check::field_checks(subject), check::format_checks(subject),
                      check::transport_checks(subject)})
        checks.insert(checks.end(), more.begin(), more.end());
    if (!only.empty())
        checks.erase(std::remove_if(checks.begin(), checks.end(),
                                    [&](const Check& one) { return one.name != only; }),
                     checks.end());
    if (checks.empty()) {
        std::fprintf(stderr, "There is no check %s for this plugin.\n", only.c_str());
        return 2;
    }
    Json report = Json::array(), notes = Json::array();
    if (subject.offers(SZ_TRANSPORTS_ID) && subject.transports.empty())
        notes.push_back(
            "Nothing was sent. To try a transport, say where it is to listen: "
            "--transport ws://127.0.0.1:0");
    bool is_good = true;
    for (const Check& one : checks) {
        const Verdict verdict = judge(one, subject);
        is_good = is_good && verdict.is_good;
        report.push_back({{"check", one.name},
                          {"ok", verdict.is_good},
                          {"rule", one.rule},
                          {"message", verdict.complaint}});
        if (!one.about.empty()) report.back()["about"] = one.about;
        if (!as_json)
            std::printf("%-23s %s%s%s\n", one.name.c_str(), one.about.c_str(),
                        one.about.empty() ? "" : " ",
                        verdict.is_good ? "ok" : verdict.complaint.c_str());
        // Without a library that starts, there is nothing to ask the rest of.
        const bool is_first_half = one.name.rfind("field.", 0) != 0 &&
                                   one.name.rfind("format.", 0) != 0 && one.about.empty();
        if (!verdict.is_good && is_first_half) break;
    }
    if (as_json)
        std::printf("%s\n",
                    Json{{"ok", is_good}, {"checks", report}, {"notes", notes}}.dump().c_str());
    for (const Json& note : as_json ? Json::array() : notes)
        std::printf("%s\n", note.get_ref<const std::string&>().c_str());
    return is_good ? 0 : 1;
}

struct Words {
    bool as_json = false;
    std::string folder, only;
    std::vector<check::TransportPlace> transports;
};

// Nothing when they are not as the usage says.
std::optional<Words> read_words(const std::vector<std::string>& words) {
    Words read;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool is_last = i + 1 == words.size();
        if (word == "--json" && !is_last) {
            read.as_json = true;
        } else if (is_last) {
            read.folder = word;
        } else if (word == "--only") {
            read.only = words[++i];
        } else if (word == "--transport") {
            read.transports.push_back({words[++i], "{}", {}});
        } else if (word == "--options" && !read.transports.empty()) {
            read.transports.back().options = words[++i];
        } else if (word == "--connect-options" && !read.transports.empty()) {
            read.transports.back().connect_options = words[++i];
        } else {
            return std::nullopt;
        }
    }
    if (read.folder.empty() || read.folder[0] == '-') return std::nullopt;
    // Who connects has the same options, where nothing else was said.
    for (check::TransportPlace& place : read.transports)
        if (place.connect_options.empty()) place.connect_options = place.options;
    return read;
}

}  // namespace

int main(int argc, char** argv) {
    auto asked = read_words({argv + 1, argv + argc});
    if (!asked) {
        std::fputs(
            "usage: sz-plugin-check [--json] [--only CHECK] [--transport URL [--options JSON] "
            "[--connect-options JSON]]... FOLDER\n",
            stderr);
        return 2;
    }
    const Scratch scratch;
    Subject subject{fs::absolute(asked->folder).lexically_normal(),
                    {},
                    scratch.path,
                    std::move(asked->transports)};
    if (subject.folder.filename().empty()) subject.folder = subject.folder.parent_path();
    std::ifstream in(subject.folder / "plugin.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto manifest = sz::plugin::parse_json(text);
    if (!in || !manifest || !manifest->is_object() || scratch.path.empty()) {
        std::fprintf(stderr, "%s has no plugin.json that can be read.\n", subject.folder.c_str());
        return 3;
    }
    subject.manifest = std::move(*manifest);
    return check_folder(std::move(subject), asked->as_json, asked->only);
}
