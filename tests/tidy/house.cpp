// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/tidy/house.hpp"

#include <algorithm>
#include <set>

#include "tests/tidy/tree.hpp"

namespace sz::tidy {

namespace {

const std::string c_sdk = "sdk/include/sz";
const std::string cpp_sdk = "sdk/include/sz/cpp";
const std::string wx_sdk = "sdk/include/sz/wx";
const std::string mpst_sdk = "sdk/mpst/include/sz/mpst";

// base ← crypto, bus, store ← plugin ← content ← campaign ← net ← app
const std::vector<Room>& rooms() {
    static const std::vector<Room> all = [] {
        const std::string base = "kernel/base", crypto = "kernel/crypto", bus = "kernel/bus",
                          store = "kernel/store", plugin = "kernel/plugin",
                          content = "kernel/content", campaign = "kernel/campaign";
        const std::string json = "nlohmann/json", result = "tl::expected";
        const std::vector<std::string> panel{c_sdk, cpp_sdk, wx_sdk};
        const std::vector<std::string> plug{c_sdk, cpp_sdk};
        return std::vector<Room>{
            {"CMakeLists.txt", {}, {json, result, "Catch2"}},
            {"schemas", {}, {}},
            {"packs", {}, {}},
            {"sdk", {c_sdk, "sdk/mpst"}, {}},
            {c_sdk, {}, {}},
            {cpp_sdk, {c_sdk}, {}},
            {wx_sdk, {c_sdk, cpp_sdk}, {json, "wxWidgets", "GTK", "MD4C"}},
            {"sdk/mpst", {mpst_sdk}, {"threads", "Eclipse Paho"}},
            {mpst_sdk, {mpst_sdk + "/core"}, {}},
            {mpst_sdk + "/core", {}, {}},
            {mpst_sdk + "/mqtt", {mpst_sdk}, {"Eclipse Paho"}},
            {"sdk/mpst/compiler", {"sdk/mpst", mpst_sdk + "/core"}, {json}},
            {"sdk/mpst/examples", {"sdk/mpst", mpst_sdk}, {"Boost.Asio", "generated roles"}},
            {"sdk/examples", plug, {json}},
            {"sdk/tools", plug, {json, "dl", "threads"}},
            {base, {}, {json, result, "Boost.Asio", "Poco"}},
            {crypto, {base, c_sdk}, {"libsodium"}},
            {bus, {base, "schemas"}, {json, "Boost.Asio"}},
            {store, {base}, {json, "SQLite"}},
            {plugin, {base, crypto, bus, store, c_sdk}, {json, "Boost.DLL", "Poco", "dl"}},
            {content, {base, crypto, bus, store, plugin}, {json, "valijson"}},
            {campaign, {base, crypto, bus, store, plugin, content}, {json, "Poco"}},
            {"kernel/net", {base, crypto, bus, store, plugin, campaign, c_sdk}, {json}},
            {"kernel/net/ports", {base, plugin}, {json}},
            {"kernel/net/protocols",
             {base, crypto, "schemas", "sdk/mpst", mpst_sdk},
             {"Boost.Asio", "generated roles"}},
            {"kernel/net/meeting",
             {base, plugin, "kernel/net", "kernel/net/ports", "kernel/net/protocols"},
             {json, "Boost.Asio"}},
            {"kernel/net/doctor",
             {base, bus, plugin, "kernel/net", "kernel/net/meeting", "kernel/net/ports",
              "kernel/net/protocols", mpst_sdk},
             {json, "Boost.Asio", "generated roles"}},
            {"kernel/app",
             {base, crypto, bus, store, plugin, content, campaign, "kernel/net/doctor",
              "kernel/net/ports"},
             {json}},
            {"ui/cli", {base, bus, "kernel/app"}, {json, "Poco", "Poco Util"}},
            {"ui/desktop",
             {base, bus, "kernel/app", c_sdk, cpp_sdk, wx_sdk},
             {json, "Poco", "Poco Util", "wxWidgets"}},
            {"plugins/fields-core", plug, {json, "MD4C"}},
            {"plugins/fields-play", plug, {json}},
            {"plugins/identity-local", plug, {json, "libsodium"}},
            {"plugins/pack-csv", plug, {json, "Boost.UUID", "Poco"}},
            {"plugins/pack-datasworn", plug, {json, "Boost.UUID"}},
            {"plugins/pack-open5e", plug, {json, "Boost.UUID"}},
            {"plugins/pack-szp", plug, {json, "libzip", "Poco"}},
            {"plugins/panel-library", panel, {json, "wxWidgets"}},
            {"plugins/panel-packs", panel, {json, "wxWidgets"}},
            {"plugins/panel-sheet", panel, {json, "wxWidgets"}},
            {"plugins/transport-direct",
             plug,
             {json, "Boost.Asio", "Boost.Beast", "ENet", "OpenSSL", "Poco", "Poco Net", "threads"}},
            {"plugins/port-upnp", plug, {json, "Boost.Asio", "Boost.Beast", "miniupnpc"}},
            {"tests", {"*"}, {json, "Boost.Asio", "Poco"}},
            {"tests/bench",
             {"*"},
             {json, "SQLite", "wxWidgets", "Boost.Asio", "Boost.Lockfree", "generated roles"}},
            {"tests/bench/net",
             {"*"},
             {json, "Boost.Asio", "Boost.Beast", "ENet", "libsodium", "dl", "generated roles"}},
            {"tests/fuzz", {"*"}, {json, "OpenSSL"}},
            {"tests/mpst", {"*"}, {json, "Boost.Asio", "generated roles"}},
            {"tests/netlab", {"*"}, {json, "libnetfilter_queue", "Boost.Asio", "generated roles"}},
            {"tests/support", {"*"}, {json, "SQLite", "Boost.Asio"}},
            {"tests/ui", {"*"}, {json, "wxWidgets"}},
            {"tests/unit",
             {"*"},
             {json, "SQLite", "libsodium", "Boost.Asio", "Poco", "generated roles"}},
        };
    }();
    return all;
}

// The most exact name first.
const std::vector<Library>& libraries() {
    static const std::vector<Library> all{
        {"Boost.DLL", {"boost/dll"}, {"Boost::headers"}},
        {"ENet", {"enet/"}, {"PkgConfig::ENET"}},
        {"OpenSSL", {"boost/asio/ssl", "openssl/"}, {"OpenSSL::SSL", "OpenSSL::Crypto"}},
        {"Boost.Beast", {"boost/beast"}, {"Boost::headers"}},
        {"Boost.Asio", {"boost/asio", "boost/system"}, {"Boost::headers", "Threads::Threads"}},
        {"Boost.Beast", {"boost/beast"}, {"Boost::headers"}},
        {"Boost.Lockfree", {"boost/lockfree"}, {"Boost::headers"}},
        {"Boost.UUID", {"boost/uuid"}, {"Boost::headers"}},
        {"Poco Util", {"Poco/Util/"}, {"Poco::Util"}},
        {"Poco Net", {"Poco/Net/"}, {"Poco::Net"}},
        {"Poco", {"Poco/"}, {"Poco::Foundation"}},
        {"nlohmann/json", {"nlohmann/"}, {"nlohmann_json::nlohmann_json"}},
        {"tl::expected", {"tl/"}, {"tl::expected"}},
        {"valijson", {"valijson/"}, {"${VALIJSON_INCLUDE_DIR}"}},
        {"SQLite", {"sqlite3"}, {"SQLite::SQLite3"}},
        {"libsodium", {"sodium"}, {"PkgConfig::SODIUM"}},
        {"libzip", {"zip"}, {"PkgConfig::LIBZIP"}},
        {"wxWidgets", {"wx/"}, {"${wxWidgets_LIBRARIES}", "${wxWidgets_INCLUDE_DIRS}"}},
        {"GTK",
         {"gtk/", "gdk/", "gdk-pixbuf/", "glib", "gio/", "atk/", "pango/", "cairo"},
         {"PkgConfig::SZ_WX_GTK"}},
        {"MD4C", {"md4c"}, {"PkgConfig::SZ_WX_MD4C", "PkgConfig::MD4C"}},
        {"miniupnpc", {"miniupnpc/"}, {"PkgConfig::MINIUPNPC"}},
        {"libnetfilter_queue",
         {"libnetfilter_queue/", "linux/netfilter"},
         {"PkgConfig::NETFILTER_QUEUE"}},
        {"dl", {}, {"${CMAKE_DL_LIBS}"}},
        {"threads", {}, {"Threads::Threads"}},
        {"Eclipse Paho",
         {"MQTT"},
         {"${PAHO_MQTT_LIBRARY}", "${PAHO_MQTT_INCLUDE_DIR}", "paho-mqtt3a"}},
        // what szmpst writes below the build folder: PROTOCOL/role.hpp
        {"generated roles",
         {"DoubleBuffering/", "Doctor/", "Join/", "Transfer/", "TravelAgency/", "TwoBuyer/",
          "VideoStreaming/"},
         {}},
        {"Catch2", {"catch2/"}, {"Catch2::Catch2"}},
        {"RapidCheck", {"rapidcheck"}, {"rapidcheck"}},
    };
    return all;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool begins_one_of(const std::vector<std::string>& beginnings, std::string_view text) {
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](const std::string& beginning) { return text.starts_with(beginning); });
}

}  // namespace

const std::vector<Exemption>& exemptions() {
    static const std::vector<Exemption> all{
        {"CMakeLists.txt",
         {"tests/support/catch_main.cpp"},
         "sz_add_test, which every folder with tests calls"},
        {"kernel/content/pack_contents.cpp",
         {"sdk/include/sz/wx/image_size.hpp"},
         "measures a picture without wx; the check and the panels are to agree"},
        {"kernel/content/tools/lint_images.cpp",
         {"sdk/include/sz/wx/image_size.hpp"},
         "as the check of a pack"},
        {"sdk/include/sz/cpp/json.hpp",
         {"nlohmann/json.hpp"},
         "for those who link it; the rest of sz/cpp has the standard library alone"},
        {"sdk/include/sz/cpp/testing.hpp",
         {"dlfcn.h"},
         "opens a plugin as the kernel does; only tests and sz-plugin-check include it"},
        {"sdk/cmake/sz_add_protocol.cmake",
         {"${folder}"},
         "below the build folder, where szmpst writes the headers of the protocol"},
        {mpst_sdk + "/asio.hpp",
         {"boost/asio/associated_executor.hpp", "boost/asio/async_result.hpp",
          "boost/asio/post.hpp"},
         "for those who link it; the rest of the session types has the standard library alone"},
        {mpst_sdk + "/awaiting.hpp",
         {"boost/asio/basic_waitable_timer.hpp", "boost/asio/post.hpp"},
         "a part of asio.hpp"},
        {mpst_sdk + "/use_task.hpp",
         {"boost/asio/async_result.hpp", "boost/system/system_error.hpp"},
         "for those who link it, as asio.hpp"},
        {mpst_sdk + "/mqtt.hpp",
         {mpst_sdk + "/mqtt/channel.hpp"},
         "for those who link Eclipse Paho; only this header leads to it"},
        {"sdk/tools/sz-plugin-check/main.cpp",
         {"unistd.h", "sys/wait.h"},
         "a process for each check; it is not built where there is no fork"},
        {"ui/desktop/desktop_app.cpp",
         {"glib-unix.h"},
         "signals end the window politely; GLib runs the window's own loop"},
        {"plugins/identity-local/CMakeLists.txt",
         {"plugins"},
         "its tests compile its parts from one folder below"},
        {"plugins/port-upnp/CMakeLists.txt",
         {"plugins"},
         "its tests compile its parts from one folder below"},
    };
    return all;
}

bool is_exempt(const std::vector<Exemption>& allowed, std::string_view who, std::string_view what) {
    return std::any_of(allowed.begin(), allowed.end(), [&](const Exemption& one) {
        return who.starts_with(one.who) && contains(one.what, what);
    });
}

const Room* room_of(std::string_view path) {
    const Room* found = nullptr;
    for (const Room& room : rooms()) {
        if (is_below(path, room.folder) &&
            (found == nullptr || room.folder.size() > found->folder.size()))
            found = &room;
    }
    return found;
}

std::string why_not_ours(const std::string& from, const std::string& to) {
    const Room* here = room_of(from);
    const Room* there = room_of(to);
    if (here == nullptr) return "the map of the house does not know the folder of " + from;
    if (contains(here->rooms, "*")) return {};
    if (there == nullptr) return "the map of the house has no room for " + to;
    if (is_test(from) && is_below(to, "tests/support")) return {};
    if (is_test(to + "/") && !is_test(from)) return "what is shipped does not use tests";
    if (here == there || contains(here->rooms, there->folder)) return {};
    std::string allowed;
    for (const std::string& room : here->rooms) allowed += (allowed.empty() ? "" : ", ") + room;
    return here->folder + " uses " + (allowed.empty() ? "nothing of ours" : "only " + allowed);
}

const Library* library_of_header(std::string_view include) {
    for (const Library& library : libraries()) {
        if (begins_one_of(library.headers, include)) return &library;
    }
    return nullptr;
}

std::string why_not_library(const std::string& from, const Library& library) {
    const Room* room = room_of(from);
    if (room == nullptr) return "the map of the house does not know the folder of " + from;
    if (contains(room->libraries, library.name)) return {};
    static const std::vector<std::string> of_tests{"Catch2", "RapidCheck", "dl"};
    if (is_test(from) && contains(of_tests, library.name)) return {};
    return library.name + " does not belong to " + room->folder;
}

std::optional<std::string> why_not_target(const std::string& from, const std::string& target) {
    std::optional<std::string> why;
    for (const Library& library : libraries()) {
        if (!contains(library.targets, target)) continue;
        why = why_not_library(from, library);
        if (why->empty()) break;  // several libraries share one target of Boost
    }
    return why;
}

bool is_c_header(std::string_view include) {
    static const std::set<std::string_view> all{
        "assert.h",   "complex.h",  "ctype.h",  "errno.h",       "fenv.h",    "float.h",
        "inttypes.h", "iso646.h",   "limits.h", "locale.h",      "math.h",    "setjmp.h",
        "signal.h",   "stdalign.h", "stdarg.h", "stdatomic.h",   "stdbool.h", "stddef.h",
        "stdint.h",   "stdio.h",    "stdlib.h", "stdnoreturn.h", "string.h",  "tgmath.h",
        "threads.h",  "time.h",     "uchar.h",  "wchar.h",       "wctype.h"};
    return all.contains(include);
}

bool is_cpp_header(std::string_view include) {
    static const std::set<std::string_view> all{"algorithm",
                                                "any",
                                                "array",
                                                "atomic",
                                                "barrier",
                                                "bit",
                                                "bitset",
                                                "cassert",
                                                "cctype",
                                                "cerrno",
                                                "cfenv",
                                                "cfloat",
                                                "charconv",
                                                "chrono",
                                                "cinttypes",
                                                "climits",
                                                "clocale",
                                                "cmath",
                                                "compare",
                                                "complex",
                                                "concepts",
                                                "condition_variable",
                                                "coroutine",
                                                "csetjmp",
                                                "csignal",
                                                "cstdarg",
                                                "cstddef",
                                                "cstdint",
                                                "cstdio",
                                                "cstdlib",
                                                "cstring",
                                                "ctime",
                                                "cuchar",
                                                "cwchar",
                                                "cwctype",
                                                "deque",
                                                "exception",
                                                "execution",
                                                "filesystem",
                                                "format",
                                                "forward_list",
                                                "fstream",
                                                "functional",
                                                "future",
                                                "initializer_list",
                                                "iomanip",
                                                "ios",
                                                "iosfwd",
                                                "iostream",
                                                "istream",
                                                "iterator",
                                                "latch",
                                                "limits",
                                                "list",
                                                "locale",
                                                "map",
                                                "memory",
                                                "memory_resource",
                                                "mutex",
                                                "new",
                                                "numbers",
                                                "numeric",
                                                "optional",
                                                "ostream",
                                                "queue",
                                                "random",
                                                "ranges",
                                                "ratio",
                                                "regex",
                                                "scoped_allocator",
                                                "semaphore",
                                                "set",
                                                "shared_mutex",
                                                "source_location",
                                                "span",
                                                "sstream",
                                                "stack",
                                                "stdexcept",
                                                "stop_token",
                                                "streambuf",
                                                "string",
                                                "string_view",
                                                "strstream",
                                                "syncstream",
                                                "system_error",
                                                "thread",
                                                "tuple",
                                                "type_traits",
                                                "typeindex",
                                                "typeinfo",
                                                "unordered_map",
                                                "unordered_set",
                                                "utility",
                                                "valarray",
                                                "variant",
                                                "vector",
                                                "version"};
    return all.contains(include);
}

bool may_call_the_system(const std::string& path) {
    if (is_test(path)) return true;
    const bool is_named_so = path.ends_with("_posix.cpp") || path.ends_with("_linux.cpp");
    return is_named_so && (is_below(path, "kernel/base/sys") || is_below(path, "plugins"));
}

}  // namespace sz::tidy
