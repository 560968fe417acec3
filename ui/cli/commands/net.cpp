// SPDX-License-Identifier: AGPL-3.0-or-later
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "ui/cli/commands/all.hpp"
#include "ui/cli/print.hpp"
#include "ui/cli/session.hpp"

namespace sz::cli {

namespace {

const OptionSpec router_option{"router", "", "",
                               "also ask this network's router to forward the port (UPnP)"};
const OptionSpec certificate_option{"certificate", "", "FILE",
                                    "of a host at wss://, with --key (PEM)"};
const OptionSpec key_option{"key", "", "FILE", "that belongs to the certificate (PEM)"};

// What the transport is told beside the address.
Json transport_options(const Arguments& a) {
    Json options = Json::object();
    for (const char* name : {"certificate", "key", "authorities"})
        if (a.has(name)) options[name] = absolute_path(a.get(name));
    return options;
}

// "ok      round trip     12 ms  0.4 ms there and back …", as it comes.
void print_step(const Json& step) {
    const std::string state = cell(step, "state");
    std::ostringstream time;
    if (step.contains("ms")) time << cell(step, "ms") << " ms";
    const char* mark = state == "done" ? "ok" : state == "failed" ? "FAILED" : "";
    std::cout << std::left << std::setw(8) << mark << std::setw(13) << cell(step, "step")
              << std::right << std::setw(9) << time.str() << "  "
              << printable(cell(step, "message")) << '\n';
    if (step.contains("hint"))
        std::cout << std::string(32, ' ') << printable(cell(step, "hint")) << '\n';
    std::cout << std::flush;
}

using Wanted = std::function<bool(const Json& step)>;

// Steps are printed as they come; the answer may overtake the last of them.
Result<Json> run(Session& session, const std::string& method, const Json& params,
                 const Wanted& is_wanted) {
    std::size_t heard = 0;
    const auto print = [&](const Json& step) {
        if (cell(step, "state") == "begun") return;
        ++heard;
        if (is_wanted(step)) print_step(step);
    };
    if (!session.json()) session.on_step(print);
    auto report = session.run_task(method, params);
    session.on_step({});
    if (!report || session.json()) return report;
    const auto& steps = items(*report, "steps");
    for (std::size_t i = heard; i < steps.size(); ++i) print(steps[i]);
    return report;
}

bool every(const Json&) { return true; }

tl::unexpected<Error> not_here(const std::string& option, const std::string& why) {
    return fail(ErrorKind::usage, "SZ-CLI-002", "--" + option + ' ' + why + '.', "Leave it out.");
}

void print_examined(std::ostream& out, const Json& report) {
    if (report.contains("words"))
        out << "\nThe host can be sure that it is you, and you that it is the host, when both read "
               "aloud: "
            << cell(report, "words") << '\n';
    out << (report.at("ok") == true ? "\nThe way is good.\n"
                                    : "\nThe way is not good: see the step that failed.\n");
}

void print_received(std::ostream& out, const Json& report) {
    const std::size_t came = items(report, "visitors").size();
    if (came > 0 || report.at("ok") == true)
        out << count(came, "visitor", "visitors") << " came.\n";
}

void print_addresses(std::ostream& out, const Json& report) {
    if (report.at("ok") != true && items(report, "addresses").empty()) return;
    out << "\nYou are " << cell(report, "client_id") << ".\nPlayers join with:\n";
    Table table({"ADDRESS", "FOR"});
    for (const Json& one : items(report, "addresses")) {
        const std::string scope = cell(one, "scope");
        table.add({cell(one, "url"), scope == "loopback" ? "this computer"
                                     : scope == "home" || scope == "link"
                                         ? "this home"
                                         : "everybody, if nothing keeps them out"});
    }
    table.print(out, "No address is known.");
}

}  // namespace

std::vector<Command> net_commands() {
    return {
        {"doctor",
         "URL",
         0,
         1,
         "Looks at the way to a host, step by step; with --listen, is that host",
         {{"listen", "", "URL", "listen there until Ctrl+C, for a doctor on another computer"},
          {"bytes", "", "N", "how much is transferred to measure the rate (2097152)"},
          {"authorities", "", "FILE", "whom to trust at wss://, instead of the system's (PEM)"},
          certificate_option,
          key_option,
          router_option},
         [](Session& session, const Arguments& a) -> Result<Json> {
             if (a.has("listen") != a.words.empty())
                 return fail(ErrorKind::usage, "SZ-CLI-002",
                             "The doctor wants one address: to look at, or behind --listen.",
                             "szctl doctor udp://example.org, or szctl doctor --listen 'udp://*'");
             for (const char* name : {"router", "certificate", "key"})
                 if (a.has(name) && !a.has("listen")) return not_here(name, "belongs to --listen");
             for (const char* name : {"authorities", "bytes"})
                 if (a.has(name) && a.has("listen")) return not_here(name, "is for who looks");
             SZ_ASSIGN(const auto bytes, a.number("bytes", 67'108'864));
             if (a.has("listen")) {
                 session.serve_others();
                 return run(session, "net.doctor-listen",
                            Json{{"url", a.get("listen")},
                                 {"router", a.has("router")},
                                 {"options", transport_options(a)}},
                            every);
             }
             Json params{{"url", a.words[0]}, {"options", transport_options(a)}};
             if (bytes) params["bytes"] = *bytes;
             return run(session, "net.doctor", params, every);
         },
         [](std::ostream& out, const Json& report) {
             report.contains("visitors") ? print_received(out, report)
                                         : print_examined(out, report);
         },
         "Addresses are udp://HOST:PORT, ws://HOST:PORT or wss://HOST/PATH; 41977 is the usual "
         "port. A host on another computer waits with --listen 'udp://*'. Nothing is asked of a "
         "router without --router."},
        {"host-info",
         "",
         0,
         0,
         "Shows the addresses of this computer to give to players",
         {{"url", "", "URL", "where you would listen (udp://*)"},
          certificate_option,
          key_option,
          router_option},
         [](Session& session, const Arguments& a) {
             Json params{{"router", a.has("router")}, {"options", transport_options(a)}};
             if (a.has("url")) params["url"] = a.get("url");
             // What came on the way is in the table, but for what the router says.
             return run(session, "net.host-info", params, [](const Json& step) {
                 return cell(step, "step") == "router" || cell(step, "state") == "failed";
             });
         },
         print_addresses,
         "The part behind # says who you are: a program that finds somebody else there stops."},
    };
}

}  // namespace sz::cli
