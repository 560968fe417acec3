# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Target sz_wx: what a panel that uses sz/wx links. include(<this file>)  sz_add_plugin(my-panel …
# LINK sz_wx)
include_guard(GLOBAL)
find_package(PkgConfig REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(wxWidgets 3.2 REQUIRED COMPONENTS core base)
pkg_check_modules(SZ_WX_GTK REQUIRED IMPORTED_TARGET gtk+-3.0)
pkg_check_modules(SZ_WX_MD4C REQUIRED IMPORTED_TARGET md4c)

add_library(sz_wx INTERFACE)
target_include_directories(sz_wx SYSTEM INTERFACE ${wxWidgets_INCLUDE_DIRS})
target_compile_definitions(sz_wx INTERFACE ${wxWidgets_DEFINITIONS}
                                           $<$<CONFIG:Debug>:${wxWidgets_DEFINITIONS_DEBUG}>)
target_compile_options(sz_wx INTERFACE ${wxWidgets_CXX_FLAGS})
target_link_libraries(sz_wx INTERFACE ${wxWidgets_LIBRARIES} PkgConfig::SZ_WX_GTK
                                      PkgConfig::SZ_WX_MD4C nlohmann_json::nlohmann_json)
