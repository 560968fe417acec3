// SPDX-License-Identifier: AGPL-3.0-or-later
// szmpst on a large protocol and on the protocols of the tests, and what its headers cost a
// compiler.
#include <algorithm>
#include <string>

#include "tests/bench/measure.hpp"

namespace sz::bench {

namespace {

// 20 roles and 300 messages: round after round, until the first role says stop.
std::string large_protocol() {
    constexpr int roles = 20, messages = 262;
    const auto role = [](int i) { return "R" + std::to_string(i % roles); };
    const auto all_in_turn = [&](const std::string& label) {
        std::string text;
        for (int i = 0; i + 1 < roles; ++i)
            text += label + "() from " + role(i) + " to " + role(i + 1) + ";\n";
        return text;
    };
    std::string text = "global protocol Large(role R0";
    for (int i = 1; i < roles; ++i) text += ", role " + role(i);
    text += ") { rec Round { choice at R0 {\n" + all_in_turn("go");
    for (int i = 0; i < messages; ++i)
        text +=
            "m" + std::to_string(i) + "(int) from " + role(i) + " to " + role(7 * i + 3) + ";\n";
    return text + "continue Round; } or {\n" + all_in_turn("stop") + "} } }\n";
}

void must_write(const std::filesystem::path& path, const std::string& text) {
    if (const auto written = write_file(path, text); !written) stop_with(written.error());
}

// All protocols of a folder of the tests.
void add_files(const std::filesystem::path& folder, std::vector<std::string>& words) {
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        words.push_back(entry.path().string());
    std::sort(words.begin(), words.end());
}

}  // namespace

Rows measure_protocols(const Setup& setup) {
    const std::string szmpst = (setup.programs / "szmpst").string();
    const std::filesystem::path source = SZ_REPOSITORY;
    const std::filesystem::path folder = setup.folder / "protocols";
    std::filesystem::create_directories(folder);
    const std::string large = (folder / "large.scr").string();
    must_write(large, large_protocol());
    const int runs = setup.smoke ? 1 : 9;

    const auto check = [&](std::vector<std::string> files, int exit_code) {
        files.insert(files.begin(), {szmpst, "check"});
        return median_ms(runs, [&] { run_program(files, exit_code); });
    };
    std::vector<std::string> corpus;
    add_files(source / "tests/mpst/accept", corpus);
    add_files(source / "tests/mpst/reject", corpus);
    Rows rows{{"szmpst check, 20 roles and 300 messages", check({large}, 0), 0, "ms", "", 1000,
               false, ""},
              {"szmpst check, " + std::to_string(corpus.size()) + " files of the tests",
               check(corpus, 1), 0, "ms", "", 5000, false, ""}};

    run_program({szmpst, "generate", large, "--out", folder.string()});
    must_write(folder / "with.cpp", "#include <Large/R0.hpp>\n");
    must_write(folder / "without.cpp", "\n");
    const auto compile = [&](const char* name) {
        return median_ms(runs, [&] {
            run_program({SZ_COMPILER, "-std=c++20", "-fsyntax-only", "-I", folder.string(), "-I",
                         (source / "sdk/mpst/include").string(), (folder / name).string()});
        });
    };
    rows.push_back({"a header of that protocol, in a translation unit",
                    compile("with.cpp") - compile("without.cpp"), 0, "ms", "", 1500, false, ""});
    return rows;
}

}  // namespace sz::bench
