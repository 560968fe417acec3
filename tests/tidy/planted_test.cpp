// SPDX-License-Identifier: AGPL-3.0-or-later
// The test itself, tested: each breach that is planted into this repository must be found, and what
// is allowed must pass beside it.
#include <string>
#include <vector>

#include "tests/support/catch.hpp"
#include "tests/tidy/house.hpp"
#include "tests/tidy/includes.hpp"
#include "tests/tidy/links.hpp"

using namespace sz::tidy;

namespace {

struct Planted {
    std::string path;
    std::string line;
    std::string reason;  // a part of what must be said
};

const std::vector<Planted> wrong_includes = {
    // a path by steps upwards is the path that it leads to
    {"plugins/fields-core/x.cpp", "#include \"../../kernel/base/json.hpp\"", "only sdk/include/sz"},
    {"plugins/pack-szp/x.cpp", "#include \"../fields-core/types.hpp\"", "only sdk/include/sz"},
    {"plugins/pack-szp/x.cpp", "#include \"./../fields-core/types.hpp\"", "only sdk/include/sz"},
    {"plugins/panel-sheet/editors/x.cpp", "#include \"../../panel-packs/a.hpp\"", "only sdk"},
    {"kernel/base/x.cpp", "#include \"../app/profile.hpp\"", "nothing of ours"},
    {"kernel/base/sys/x_posix.cpp", "#include \"../../bus/bus.hpp\"", "nothing of ours"},
    {"sdk/include/sz/cpp/x.hpp", "#include \"../../../../kernel/base/json.hpp\"", "only sdk"},
    {"ui/cli/x.cpp", "#include \"../../plugins/pack-szp/names.hpp\"", "only kernel/base"},
    {"kernel/base/x.cpp", "#include \"../../../elsewhere/x.hpp\"", "no room"},
    // up and sideways in the kernel
    {"kernel/base/x.cpp", "#include \"kernel/bus/bus.hpp\"", "nothing of ours"},
    {"kernel/store/x.cpp", "#include \"kernel/crypto/crypto.hpp\"", "only kernel/base"},
    {"kernel/plugin/x.cpp", "#include \"kernel/content/library.hpp\"", "only kernel/base"},
    {"kernel/content/x.cpp", "#include \"kernel/campaign/campaigns.hpp\"", "only kernel/base"},
    {"kernel/campaign/x.cpp", "#include <kernel/app/profile.hpp>", "only kernel/base"},
    {"kernel/campaign/x.cpp", "#include \"kernel/../kernel/app/profile.hpp\"", "only kernel/base"},
    {"kernel/cellar/x.cpp", "#include \"kernel/base/json.hpp\"", "does not know the folder"},
    {"kernel/app/x.cpp", "#include \"kernel/cellar/x.hpp\"", "no room"},
    // the kernel knows neither shells, plugins nor wx
    {"kernel/app/x.cpp", "#include \"ui/cli/session.hpp\"", "only kernel/base"},
    {"kernel/plugin/x.cpp", "#include \"plugins/pack-szp/names.hpp\"", "only kernel/base"},
    {"kernel/plugin/x.cpp", "#include <sz/cpp/plugin.hpp>", "only kernel/base"},
    {"kernel/content/x.cpp", "#include <sz/wx/picture.hpp>", "only kernel/base"},
    {"kernel/base/x.cpp", "#include <sz/host.h>", "nothing of ours"},
    {"kernel/app/x.cpp", "#include <wx/frame.h>", "wxWidgets does not belong to kernel/app"},
    {"kernel/app/x.cpp", "#include <gtk/gtk.h>", "GTK does not belong"},
    {"kernel/app/x.cpp", "#include <glib.h>", "GTK does not belong"},
    // shells
    {"ui/cli/x.cpp", "#include \"plugins/fields-core/types.hpp\"", "only kernel/base"},
    {"ui/cli/x.cpp", "#include \"kernel/campaign/campaigns.hpp\"", "only kernel/base"},
    {"ui/cli/x.cpp", "#include \"kernel/plugin/panel_bus.hpp\"", "only kernel/base"},
    {"ui/cli/x.cpp", "#include \"ui/desktop/frame.hpp\"", "only kernel/base"},
    {"ui/cli/x.cpp", "#include <wx/app.h>", "wxWidgets does not belong to ui/cli"},
    {"ui/desktop/x.cpp", "#include \"kernel/store/database.hpp\"", "only kernel/base"},
    {"ui/desktop/x.cpp", "#include \"ui/cli/print.hpp\"", "only kernel/base"},
    {"ui/desktop/x.cpp", "#include <sqlite3.h>", "SQLite does not belong"},
    // plugins and the SDK
    {"plugins/fields-core/x.cpp", "#include \"kernel/base/json.hpp\"", "only sdk/include/sz"},
    {"plugins/fields-core/x.cpp", "#include \"ui/cli/print.hpp\"", "only sdk/include/sz"},
    {"plugins/fields-core/x.cpp", "#include \"plugins/pack-szp/names.hpp\"", "only sdk"},
    {"plugins/fields-core/x.cpp", "#include <sz/wx/panel.hpp>", "only sdk/include/sz"},
    {"plugins/fields-core/tests/x.cpp", "#include \"plugins/pack-szp/names.hpp\"", "only sdk"},
    {"plugins/fields-core/tests/x.cpp", "#include \"kernel/base/json.hpp\"", "only sdk"},
    {"sdk/include/sz/cpp/x.hpp", "#include \"kernel/base/result.hpp\"", "only sdk/include/sz"},
    {"sdk/include/sz/cpp/x.hpp", "#include <sz/wx/panel.hpp>", "only sdk/include/sz"},
    {"sdk/tools/x/main.cpp", "#include \"plugins/pack-szp/names.hpp\"", "only sdk/include/sz"},
    {"sdk/include/sz/ext/x.h", "#include \"../cpp/result.hpp\"", "nothing of ours"},
    {"sdk/mpst/include/sz/mpst/x.hpp", "#include <nlohmann/json.hpp>", "does not belong"},
    {"sdk/mpst/include/sz/mpst/x.hpp", "#include <sz/abi.h>", "only sdk/mpst"},
    {"sdk/mpst/include/sz/mpst/x.hpp", "#include <boost/asio/post.hpp>", "Boost.Asio does not"},
    {"sdk/mpst/include/sz/mpst/x.hpp", "#include \"mqtt/member.hpp\"", "only sdk/mpst"},
    {"sdk/mpst/include/sz/mpst/x.hpp", "#include <MQTTAsync.h>", "Eclipse Paho does not"},
    {"sdk/mpst/include/sz/mpst/asio.hpp", "#include <boost/asio.hpp>", "Boost.Asio does not"},
    {"sdk/mpst/include/sz/mpst/core/x.hpp", "#include \"../codec.hpp\"", "nothing of ours"},
    {"sdk/mpst/include/sz/mpst/core/x.hpp", "#include <nlohmann/json.hpp>", "does not belong"},
    {"sdk/mpst/compiler/x.cpp", "#include <sz/cpp/json.hpp>", "only sdk/mpst"},
    {"sdk/mpst/compiler/x.cpp", "#include <boost/asio/post.hpp>", "Boost.Asio does not"},
    {"sdk/mpst/compiler/x.cpp", "#include <sz/mpst/session.hpp>", "only sdk/mpst"},
    {"sdk/mpst/compiler/x.cpp", "#include <VideoStreaming/Client.hpp>", "generated roles does"},
    {"sdk/mpst/examples/x.cpp", "#include <OfNobody/Client.hpp>", "no library of the map"},
    {"sdk/mpst/examples/x.cpp", "#include \"sdk/mpst/compiler/report.hpp\"", "only sdk/mpst"},
    {"sdk/include/sz/x.h", "#include <string>", "C11"},
    {"sdk/include/sz/x.h", "#include <unistd.h>", "C11"},
    {"sdk/include/sz/ext/x.h", "#include <nlohmann/json.hpp>", "C11"},
    {"sdk/include/sz/ext/panel.h", "#include <wx/window.h>", "C11"},
    {"sdk/include/sz/cpp/x.hpp", "#include <Poco/UUID.h>", "Poco does not belong"},
    // what is shipped does not use tests
    {"plugins/pack-szp/x.cpp", "#include \"tests/support/temp_dir.hpp\"", "does not use tests"},
    {"plugins/pack-szp/x.cpp", "#include \"tests/source.hpp\"", "does not use tests"},
    {"sdk/include/sz/cpp/x.hpp", "#include \"tests/support/temp_dir.hpp\"", "not use tests"},
    {"kernel/base/x.cpp", "#include \"tests/support/temp_dir.hpp\"", "does not use tests"},
    {"ui/cli/x.cpp", "#include \"../../tests/support/temp_dir.hpp\"", "does not use tests"},
    // libraries behind their rooms
    {"kernel/content/x.cpp", "#include <boost/dll/shared_library.hpp>", "Boost.DLL does not"},
    {"kernel/campaign/x.cpp", "#include <sqlite3.h>", "SQLite does not belong"},
    {"kernel/campaign/x.cpp", "#include <sodium/crypto_sign.h>", "libsodium does not belong"},
    {"kernel/plugin/x.cpp", "#include <valijson/schema.hpp>", "valijson does not belong"},
    {"kernel/content/x.cpp", "#include <zip.h>", "libzip does not belong"},
    {"kernel/crypto/x.cpp", "#include <nlohmann/json.hpp>", "nlohmann/json does not belong"},
    {"kernel/bus/x.cpp", "#include <Poco/UUID.h>", "Poco does not belong"},
    {"kernel/base/x.cpp", "#include <Poco/Util/Option.h>", "Poco Util does not belong"},
    {"kernel/base/x.hpp", "#include <nlohmann/json.hpp>", "include it in the .cpp"},
    {"kernel/base/x.hpp", "#include <boost/asio.hpp>", "include it in the .cpp"},
    {"plugins/fields-core/x.cpp", "#include <Poco/UTF8String.h>", "Poco does not belong"},
    {"tests/integration/x.cpp", "#include <sodium.h>", "libsodium does not belong"},
    // what only one system has
    {"kernel/base/x.cpp", "#include <unistd.h>", "kernel/base/sys"},
    {"kernel/base/sys/x.cpp", "#include <unistd.h>", "kernel/base/sys"},
    {"kernel/plugin/library.cpp", "#include <dlfcn.h>", "kernel/base/sys"},
    {"kernel/plugin/x_posix.cpp", "#include <dlfcn.h>", "kernel/base/sys"},
    {"kernel/store/x.cpp", "#  include <sys/stat.h>", "kernel/base/sys"},
    {"ui/cli/x.cpp", "#include <termios.h>", "kernel/base/sys"},
    {"ui/cli/x_posix.cpp", "#include <poll.h>", "kernel/base/sys"},
    {"ui/desktop/x.cpp", "#include <windows.h>", "kernel/base/sys"},
    {"plugins/pack-szp/x.cpp", "#include <fcntl.h>", "kernel/base/sys"},
    {"sdk/include/sz/cpp/x.hpp", "#include <dlfcn.h>", "kernel/base/sys"},
    // lines that hide where they lead, and other names of source files
    {"kernel/base/x.cpp", "#include SOME_HEADER", "cannot read"},
    {"kernel/base/x.cpp", "#include </usr/include/stdio.h>", "one machine"},
    {"kernel/base/x.cpp", "#include \"..\\\\app\\\\profile.hpp\"", "write '/'"},
    {"kernel/base/x.cpp", "  # include_next <kernel/app/profile.hpp>", "nothing of ours"},
    {"kernel/base/x.cpp", "/* */ # /* */ include \"kernel/app/profile.hpp\"", "nothing of ours"},
    {"kernel/base/x.cpp", "%:include \"kernel/app/profile.hpp\"", "nothing of ours"},
    {"kernel/base/x.cpp", "#include \\\n\"kernel/app/profile.hpp\"", "cannot read"},
    {"kernel/base/x.inl", "#include \"kernel/app/profile.hpp\"", "nothing of ours"},
    {"kernel/base/x.hpp.in", "#include \"kernel/app/profile.hpp\"", "nothing of ours"},
};

const std::vector<Planted> right_includes = {
    {"plugins/fields-core/x.cpp", "#include \"types.hpp\"", ""},
    {"plugins/fields-core/tests/x.cpp", "#include \"../types.hpp\"", ""},
    {"plugins/fields-core/tests/x.cpp", "#include \"tests/support/catch.hpp\"", ""},
    {"plugins/panel-sheet/editors/x.cpp", "#include \"editors/editor.hpp\"", ""},
    {"plugins/identity-local/x_posix.cpp", "#include <unistd.h>", ""},
    {"kernel/base/sys/x_linux.cpp", "#include <sys/inotify.h>", ""},
    {"kernel/plugin/x.cpp", "#include <sz/ext/panel.h>", ""},
    {"kernel/campaign/x.cpp", "#include \"../content/library.hpp\"", ""},
    {"sdk/include/sz/ext/x.h", "#include \"../abi.h\"", ""},
    {"ui/cli/x.cpp", "// #include \"kernel/campaign/campaigns.hpp\"", ""},
    {"tests/integration/x.cpp", "#include \"kernel/campaign/campaigns.hpp\"", ""},
    {"sdk/mpst/include/sz/mpst/mqtt/x.hpp", "#include <MQTTAsync.h>", ""},
    {"sdk/mpst/compiler/x.cpp", "#include <sz/mpst/core/check.hpp>", ""},
    {"sdk/mpst/examples/x.cpp", "#include <VideoStreaming/Client.hpp>", ""},
};

const std::vector<Planted> wrong_links = {
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl PRIVATE sz_store)", "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl SQLite::SQLite3)", "SQLite does not"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl PkgConfig::SODIUM)", "libsodium does"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl PRIVATE sz_wx)", "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl pack_szp_format)", "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl PRIVATE sz_plugin)", "only kernel/base"},
    {"ui/desktop/CMakeLists.txt", "target_link_libraries(sessionzero sz_store)", "only kernel"},
    {"kernel/app/CMakeLists.txt", "sz_kernel_room(app SOURCES a.cpp LINK sz_wx)", "only kernel"},
    {"kernel/app/CMakeLists.txt", "target_link_libraries(sz_app PRIVATE ${wxWidgets_LIBRARIES})",
     "wxWidgets does not belong"},
    {"kernel/plugin/CMakeLists.txt",
     "sz_kernel_room(plugin SOURCES a.cpp LINK sz_base PRIVATE_LINK pack_open5e_import)",
     "only kernel/base"},
    {"kernel/campaign/CMakeLists.txt",
     "sz_kernel_room(\n  campaign\n  SOURCES a.cpp\n  PRIVATE_LINK Poco::Foundation # why\n"
     "    SQLite::SQLite3)",
     "SQLite does not belong"},
    {"kernel/campaign/CMakeLists.txt",
     "target_link_libraries(sz_campaign PUBLIC \"PkgConfig::SODIUM\")",
     "libsodium does not belong"},
    {"kernel/base/CMakeLists.txt", "TARGET_LINK_LIBRARIES(sz_base PUBLIC sz_app)", "nothing"},
    {"kernel/base/CMakeLists.txt", "link_libraries(sz_bus)", "nothing of ours"},
    {"kernel/bus/embed_schemas.cmake", "target_link_libraries(sz_bus sz_store)", "only kernel"},
    {"kernel/bus/CMakeLists.txt",
     "set_target_properties(sz_bus PROPERTIES INTERFACE_LINK_LIBRARIES sz_store)",
     "only kernel/base"},
    {"plugins/pack-szp/CMakeLists.txt",
     "sz_add_plugin(pack_szp ID a SOURCES b.cpp LINK pack_open5e_import)", "only sdk/include/sz"},
    {"plugins/pack-szp/CMakeLists.txt", "target_link_libraries(pack_szp sz_base)", "only sdk"},
    {"plugins/pack-szp/CMakeLists.txt", "target_link_libraries(pack_szp sz_flags)", "not know"},
    {"plugins/pack-szp/CMakeLists.txt", "target_link_libraries(pack_szp sz_wx)", "only sdk"},
    {"plugins/pack-szp/CMakeLists.txt", "add_library(x OBJECT $<TARGET_OBJECTS:sz_base>)",
     "only sdk/include/sz"},
    {"plugins/pack-szp/tests/CMakeLists.txt",
     "sz_add_test(x SOURCES x.cpp LINK pack_open5e_import LABEL plugin)", "only sdk/include/sz"},
    {"sdk/CMakeLists.txt", "target_link_libraries(sz_sdk INTERFACE sz_base)", "only sdk"},
    {"sdk/include/sz/wx/sz_wx.cmake", "target_link_libraries(sz_wx INTERFACE sz_base)", "only sdk"},
    {"sdk/tools/sz-plugin-check/CMakeLists.txt",
     "target_link_libraries(sz-plugin-check PRIVATE sz_plugin)", "only sdk/include/sz"},
    {"sdk/mpst/CMakeLists.txt", "target_link_libraries(sz_mpst INTERFACE Boost::headers)",
     "does not belong to sdk/mpst"},
    {"sdk/mpst/CMakeLists.txt",
     "target_link_libraries(sz_mpst INTERFACE $<BUILD_INTERFACE:sz_sdk>)", "only sdk/mpst"},
    {"sdk/mpst/compiler/CMakeLists.txt",
     "target_link_libraries(sz_mpst_compiler PRIVATE ${PAHO_MQTT_LIBRARY})", "Eclipse Paho does"},
    {"kernel/base/CMakeLists.txt", "target_link_libraries(sz_base PUBLIC sz_mpst)", "nothing"},
    {"ui/cli/CMakeLists.txt",
     "target_include_directories(szctl PRIVATE $<BUILD_INTERFACE:${folder}>)", "does not know"},
    {"sdk/cmake/sz_add_plugin.cmake", "target_link_libraries(x PRIVATE sz_base)", "only sdk"},
    {"CMakeLists.txt", "target_link_libraries(sz_flags INTERFACE SQLite::SQLite3)", "SQLite does"},
    // names that hide what is linked
    {"ui/cli/CMakeLists.txt", "set(x sz_store)\ntarget_link_libraries(szctl ${x})", "write its"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl sqlite3)", "write its name out"},
    {"ui/cli/CMakeLists.txt", "target_link_libraries(szctl -lsqlite3)", "named as targets"},
    {"ui/cli/CMakeLists.txt", "target_link_options(szctl PRIVATE -lsqlite3)", "named as targets"},
    {"ui/cli/CMakeLists.txt", "add_library(innocent ALIAS sz_store)", "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "cmake_language(CALL target_link_libraries szctl sz_store)",
     "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "cmake_language(EVAL CODE [[x]])", "cannot see"},
    {"ui/cli/CMakeLists.txt", "link_directories(/usr/lib/x)", "cannot see"},
    // headers and sources of others
    {"plugins/pack-szp/CMakeLists.txt",
     "target_include_directories(pack_szp PRIVATE ${PROJECT_SOURCE_DIR})", "the whole house"},
    {"plugins/pack-szp/CMakeLists.txt",
     "target_include_directories(pack_szp PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/../fields-core)",
     "only sdk/include/sz"},
    {"plugins/pack-szp/CMakeLists.txt", "include_directories(../../kernel/base)", "only sdk"},
    {"plugins/pack-szp/CMakeLists.txt",
     "set_target_properties(pack_szp PROPERTIES INCLUDE_DIRECTORIES /usr/include/x)",
     "does not know this include directory"},
    {"plugins/pack-szp/CMakeLists.txt",
     "target_include_directories(pack_szp PRIVATE\n"
     "  $<TARGET_PROPERTY:sz_flags,INTERFACE_INCLUDE_DIRECTORIES>)",
     "does not know this include directory"},
    {"plugins/pack-szp/CMakeLists.txt",
     "target_compile_options(pack_szp PRIVATE -I${PROJECT_SOURCE_DIR})", "named as targets"},
    {"plugins/pack-szp/CMakeLists.txt", "set(root ${CMAKE_SOURCE_DIR})", "the whole house"},
    {"plugins/pack-szp/CMakeLists.txt", "set(s ../../kernel/base/json.cpp)", "only sdk"},
    {"kernel/base/CMakeLists.txt",
     "sz_kernel_room(base SOURCES ${PROJECT_SOURCE_DIR}/kernel/bus/bus.cpp)", "nothing of ours"},
    {"ui/cli/CMakeLists.txt", "include(${PROJECT_SOURCE_DIR}/sdk/include/sz/wx/sz_wx.cmake)",
     "only kernel/base"},
    {"ui/cli/CMakeLists.txt", "add_subdirectory(../../plugins/pack-szp)", "only kernel/base"},
};

const std::vector<Planted> right_links = {
    {"ui/cli/CMakeLists.txt", "# target_link_libraries(szctl sz_store)", ""},
    {"ui/cli/CMakeLists.txt", "#[[\ntarget_link_libraries(szctl sz_store)\n]]", ""},
    {"kernel/campaign/CMakeLists.txt", "target_link_libraries(sz_campaign PRIVATE sz_content)", ""},
    {"kernel/store/CMakeLists.txt", "sz_kernel_room(store LINK sz_base SQLite::SQLite3)", ""},
    {"plugins/pack-szp/CMakeLists.txt", "sz_add_plugin(p ID a SOURCES b LINK pack_szp_format)", ""},
    {"plugins/pack-szp/tests/CMakeLists.txt", "sz_add_test(x LINK pack_szp_format rapidcheck)", ""},
    {"tests/integration/CMakeLists.txt", "sz_add_test(x SOURCES x.cpp LINK sz_app sz_store)", ""},
};

template <class Check>
void must_be_found(const std::vector<Planted>& planted) {
    const Check check(repository());
    for (const Planted& one : planted) {
        const std::string said = joined(check.breaches({one.path, one.line + "\n"}));
        INFO(one.path << ": " << one.line << "\nsaid: " << said << "expected: " << one.reason);
        CHECK(said.find(one.reason) != std::string::npos);
    }
}

template <class Check>
void must_pass(const std::vector<Planted>& planted) {
    const Check check(repository());
    for (const Planted& one : planted) {
        INFO(one.path << ": " << one.line);
        CHECK(joined(check.breaches({one.path, one.line + "\n"})) == "");
    }
}

}  // namespace

TEST_CASE("a planted #include against the map of the house is found") {
    must_be_found<IncludeCheck>(wrong_includes);
}

TEST_CASE("an #include that the map of the house allows passes") {
    must_pass<IncludeCheck>(right_includes);
}

TEST_CASE("a planted link, include directory or foreign source is found") {
    must_be_found<LinkCheck>(wrong_links);
}

TEST_CASE("a link that the map of the house allows passes") { must_pass<LinkCheck>(right_links); }

TEST_CASE("every exemption is needed by a file that is there") {
    for (const Exemption& exemption : exemptions()) {
        std::vector<Exemption> others = exemptions();
        std::erase_if(others, [&](const Exemption& one) { return one.who == exemption.who; });
        const IncludeCheck includes(repository(), others);
        const LinkCheck links(repository(), others);
        bool is_needed = false;
        for (const Source& source : repository()) {
            is_needed |= source.path.starts_with(exemption.who) &&
                         (!includes.breaches(source).empty() || !links.breaches(source).empty());
        }
        INFO("delete it in house.cpp: " << exemption.who);
        CHECK(is_needed);
    }
}
