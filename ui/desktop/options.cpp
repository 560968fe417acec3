// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/options.hpp"

#include <Poco/Exception.h>
#include <Poco/Util/HelpFormatter.h>
#include <Poco/Util/Option.h>
#include <Poco/Util/OptionProcessor.h>
#include <Poco/Util/OptionSet.h>

#include <ostream>

namespace sz::desktop {

namespace {

using Poco::Util::Option;

Poco::Util::OptionSet options() {
    Poco::Util::OptionSet set;
    set.addOption(Option("profile", "p", "the folder with your packs and campaigns")
                      .required(false)
                      .repeatable(false)
                      .argument("DIR"));
    set.addOption(Option("safe-mode", "s", "load SessionZero's own plugins only")
                      .required(false)
                      .repeatable(false));
    set.addOption(Option("help", "h", "print this text").required(false).repeatable(false));
    set.addOption(Option("version", "v", "print the version").required(false).repeatable(false));
    return set;
}

tl::unexpected<Error> usage(const std::string& message) {
    return fail(ErrorKind::usage, "SZ-USAGE-001", message,
                "sessionzero --help lists what can be said.");
}

}  // namespace

Result<CommandLine> parse_command_line(int argc, char** argv) {
    const Poco::Util::OptionSet set = options();
    Poco::Util::OptionProcessor processor(set);
    processor.setUnixStyle(true);
    CommandLine line;
    std::string awaited;  // an option whose value is the next word
    try {
        for (int i = 1; i < argc; ++i) {
            std::string name, value;
            if (!processor.process(argv[i], name, value))
                return usage("\"" + std::string(argv[i]) + "\" is not an option of sessionzero.");
            if (name.empty()) name = awaited;
            awaited = name == "profile" && value.empty() ? name : std::string();
            if (name == "profile" && !value.empty()) line.profile = value;
            line.safe_mode |= name == "safe-mode";
            line.help |= name == "help";
            line.version |= name == "version";
        }
        processor.checkRequired();
    } catch (const Poco::Exception& error) {
        return usage("The command line is not understood: " + error.message() + ".");
    }
    if (!awaited.empty()) return usage("--" + awaited + " wants a folder after it.");
    return line;
}

void print_help(std::ostream& out) {
    const Poco::Util::OptionSet set = options();
    Poco::Util::HelpFormatter help(set);
    help.setUnixStyle(true);
    help.setCommand("sessionzero");
    help.setUsage("[--profile DIR] [--safe-mode]");
    help.setHeader(
        "Opens the window of SessionZero, a companion for any tabletop role-playing game.");
    help.setFooter(
        "Everything that the window does, szctl does without one; it also works beside an open "
        "window.");
    help.format(out);
}

}  // namespace sz::desktop
