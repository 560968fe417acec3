# SPDX-License-Identifier: AGPL-3.0-or-later
#
# sz_add_plugin and sz_write_bundle: the same in our own tree and from an installed SDK.

set_property(GLOBAL PROPERTY SZ_SDK_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})

# "1.0": what a plugin compiled now is compiled with. The header is the one place that says it.
function(sz_read_abi header)
  foreach(part MAJOR MINOR)
    file(STRINGS ${header} line REGEX "^#define SZ_ABI_${part} [0-9]+u")
    if(NOT line MATCHES "SZ_ABI_${part} ([0-9]+)u")
      message(FATAL_ERROR "${header} does not define SZ_ABI_${part}")
    endif()
    set(${part} ${CMAKE_MATCH_1})
  endforeach()
  set_property(GLOBAL PROPERTY SZ_SDK_ABI ${MAJOR}.${MINOR})
endfunction()

# sz_add_plugin(TARGET ID org.example.x SOURCES a.cpp … MANIFEST plugin.json [LINK lib …] [FILES
# extra …] [FOLDER dir])
#
# Builds a plugin folder: the library, the extra files (relative paths are kept), and plugin.json
# with "abi", "library" and the SHA-256 of every file added. The folder is
# ${CMAKE_BINARY_DIR}/plugins/ID unless FOLDER names another; the folder belongs to this function,
# which removes what an earlier build left there. Plugins without FOLDER join the bundle
# (sz_write_bundle).
function(sz_add_plugin target)
  cmake_parse_arguments(ARG "" "ID;MANIFEST;FOLDER" "SOURCES;LINK;FILES" ${ARGN})
  foreach(needed ID MANIFEST SOURCES)
    if(NOT ARG_${needed})
      message(FATAL_ERROR "sz_add_plugin(${target}): ${needed} is missing")
    endif()
  endforeach()
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "sz_add_plugin(${target}): does not know ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  get_property(tools GLOBAL PROPERTY SZ_SDK_CMAKE_DIR)
  get_property(abi GLOBAL PROPERTY SZ_SDK_ABI)
  set(folder ${CMAKE_BINARY_DIR}/plugins/${ARG_ID})
  if(ARG_FOLDER)
    set(folder ${ARG_FOLDER})
  endif()
  get_filename_component(manifest ${ARG_MANIFEST} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})

  add_library(${target} MODULE ${ARG_SOURCES})
  target_link_libraries(${target} PRIVATE SessionZero::sdk ${ARG_LINK})
  set_target_properties(
    ${target}
    PROPERTIES PREFIX ""
               LIBRARY_OUTPUT_DIRECTORY ${folder}
               POSITION_INDEPENDENT_CODE ON
               C_VISIBILITY_PRESET hidden
               CXX_VISIBILITY_PRESET hidden
               VISIBILITY_INLINES_HIDDEN ON
               C_STANDARD 11
               CXX_STANDARD 20
               CXX_STANDARD_REQUIRED ON
               CXX_EXTENSIONS OFF)
  # our own tree: its warnings, but not its include path, since plugins see the SDK alone
  if(TARGET sz_flags)
    target_compile_options(${target} PRIVATE $<TARGET_PROPERTY:sz_flags,INTERFACE_COMPILE_OPTIONS>)
  endif()
  # sanitizer runtimes of clang are resolved by the program only
  if(UNIX AND NOT APPLE AND NOT SZ_SANITIZE)
    target_link_options(${target} PRIVATE LINKER:-z,defs
                        LINKER:--version-script=${tools}/sz_plugin.map)
  endif()

  set(extra "")
  foreach(file IN LISTS ARG_FILES)
    get_filename_component(source ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    if(IS_ABSOLUTE ${file})
      get_filename_component(name ${file} NAME)
    else()
      set(name ${file})
    endif()
    list(APPEND extra "${source}|${name}")
    set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${source})
  endforeach()
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${manifest}
                                                ${tools}/sz_write_manifest.cmake)
  add_custom_command(
    TARGET ${target}
    POST_BUILD VERBATIM
    COMMENT ""
    COMMAND
      ${CMAKE_COMMAND} -D FOLDER=${folder} -D ID=${ARG_ID} -D ABI=${abi} -D MANIFEST=${manifest} -D
      LIBRARY=$<TARGET_FILE_NAME:${target}> -D "EXTRA=${extra}" -P ${tools}/sz_write_manifest.cmake)
  set_target_properties(${target} PROPERTIES SZ_PLUGIN_FOLDER ${folder})
  if(NOT ARG_FOLDER)
    set_property(GLOBAL APPEND PROPERTY SZ_BUNDLED_PLUGINS ${target})
  endif()
endfunction()

# sz_write_bundle(ID org.example.bundle NAME "…" VERSION 1.0.0 [PLUGINS target …] [INSTALL folder])
#
# Writes ${CMAKE_BINARY_DIR}/plugins/bundle.json: the plugins that this distribution grants, each
# pinned by the SHA-256 of its plugin.json, which in turn pins every file. Without PLUGINS: all that
# sz_add_plugin made without FOLDER. Target: sz_bundle. With INSTALL: cmake --install copies the
# bundle and its plugins there, byte for byte, since their hashes are fixed.
function(sz_write_bundle)
  cmake_parse_arguments(ARG "" "ID;NAME;VERSION;INSTALL" "PLUGINS" ${ARGN})
  if(NOT ARG_PLUGINS)
    get_property(ARG_PLUGINS GLOBAL PROPERTY SZ_BUNDLED_PLUGINS)
  endif()
  get_property(tools GLOBAL PROPERTY SZ_SDK_CMAKE_DIR)
  set(output ${CMAKE_BINARY_DIR}/plugins/bundle.json)
  set(folders "")
  foreach(plugin IN LISTS ARG_PLUGINS)
    get_target_property(folder ${plugin} SZ_PLUGIN_FOLDER)
    list(APPEND folders ${folder})
  endforeach()
  list(SORT folders)
  if(ARG_INSTALL AND folders)
    install(DIRECTORY ${folders} DESTINATION ${ARG_INSTALL})
    install(FILES ${output} DESTINATION ${ARG_INSTALL})
  endif()
  string(REPLACE ";" "|" folders "${folders}")
  add_custom_command(
    OUTPUT ${output}
    VERBATIM
    DEPENDS ${ARG_PLUGINS} ${tools}/sz_write_bundle.cmake
    COMMAND ${CMAKE_COMMAND} -D OUTPUT=${output} -D ID=${ARG_ID} -D NAME=${ARG_NAME} -D
            VERSION=${ARG_VERSION} -D "FOLDERS=${folders}" -P ${tools}/sz_write_bundle.cmake
    COMMENT "Writing plugins/bundle.json")
  add_custom_target(sz_bundle ALL DEPENDS ${output})
endfunction()
