# SPDX-License-Identifier: AGPL-3.0-or-later
#
# sz_add_protocol: the same in our own tree and from an installed SDK.

# The roles of a protocol, as it calls them inside. Nothing when its text is not plain enough: it is
# szmpst that reads it, and not yet built when this runs.
function(sz_read_roles result file protocol)
  set(blank "[ \t\r\n]")
  set(name "[A-Za-z0-9_']+")
  file(READ ${file} text)
  string(REGEX REPLACE "//[^\n]*|/\\*([^*]|\\*+[^*/])*\\*+/|\\(\\*([^*]|\\*+[^*)])*\\*+\\)" " "
                       text "${text}")
  set(roles "")
  if(" ${text}" MATCHES "${blank}(protocol|global)${blank}+${protocol}${blank}*\\(([^()]*)\\)")
    string(REPLACE "," ";" declared "${CMAKE_MATCH_2}")
    foreach(one IN LISTS declared)
      if(one MATCHES "${blank}as${blank}+(${name})${blank}*$" OR one MATCHES
                                                                 "role${blank}+(${name})${blank}*$")
        list(APPEND roles ${CMAKE_MATCH_1})
      endif()
    endforeach()
  endif()
  set(${result} "${roles}" PARENT_SCOPE)
endfunction()

# The rule that makes the headers, once for each way to make them: a header has one rule, and a
# folder of its own. Uses sz_add_protocol's arguments.
function(sz_add_protocol_rule file key)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/protocols/${key})
  set(roles ${ARG_ROLES})
  if(NOT roles)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    sz_read_roles(roles ${file} ${ARG_PROTOCOL})
    if(NOT roles)
      message(WARNING "sz_add_protocol: the roles of ${ARG_PROTOCOL} are not found in ${file}. "
                      "If they are there, name them behind ROLES.")
    endif()
  endif()
  set(headers "")
  foreach(role IN LISTS roles)
    string(REPLACE "'" "_" header "${ARG_PROTOCOL}/${role}.hpp")
    list(APPEND headers ${folder}/${header})
  endforeach()

  set(make $<TARGET_FILE:SessionZero::szmpst> generate ${file} --protocol ${ARG_PROTOCOL} --out
           ${folder})
  if(ARG_NAMESPACE)
    list(APPEND make --namespace ${ARG_NAMESPACE})
  endif()
  if(ARG_FAIR)
    list(APPEND make --fair)
  endif()
  set(commands "")
  foreach(role IN LISTS ARG_ROLES)
    list(APPEND commands COMMAND ${make} --role ${role})
  endforeach()
  if(NOT ARG_ROLES)
    set(commands COMMAND ${make})
  endif()
  add_custom_command(
    OUTPUT ${folder}/made
    BYPRODUCTS ${headers}
    DEPENDS ${file} $<TARGET_FILE:SessionZero::szmpst>
    VERBATIM ${commands}
    COMMAND ${CMAKE_COMMAND} -E touch ${folder}/made
    COMMENT "Writing the roles of the protocol ${ARG_PROTOCOL}")
  add_custom_target(sz_protocol_${key} DEPENDS ${folder}/made)
endfunction()

# sz_add_protocol(TARGET FILE file.scr PROTOCOL P [ROLES role …] [NAMESPACE a::b] [FAIR])
#
# TARGET can #include <P/role.hpp>, which szmpst writes from the protocol whenever it changes, and
# links SessionZero::mpst. What is wrong with the protocol is an error of the build, at its line.
# ROLES are those that are wanted, by the names that the protocol's block uses: all when none is
# named. Targets may share a protocol. FAIR is szmpst's --fair.
function(sz_add_protocol target)
  cmake_parse_arguments(ARG "FAIR" "FILE;PROTOCOL;NAMESPACE" "ROLES" ${ARGN})
  set(here "sz_add_protocol(${target})")
  foreach(needed FILE PROTOCOL)
    if(NOT ARG_${needed})
      message(FATAL_ERROR "${here}: ${needed} is missing")
    endif()
  endforeach()
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${here}: does not know ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(ARG_KEYWORDS_MISSING_VALUES)
    message(FATAL_ERROR "${here}: nothing stands behind ${ARG_KEYWORDS_MISSING_VALUES}")
  endif()
  foreach(name IN LISTS ARG_PROTOCOL ARG_ROLES)
    if(NOT name MATCHES "^[A-Za-z0-9_']+$")
      message(FATAL_ERROR "${here}: “${name}” is no name of a protocol or a role")
    endif()
  endforeach()
  if(NOT TARGET ${target})
    message(FATAL_ERROR "${here}: there is no target ${target}. Add it before its protocol.")
  endif()
  get_target_property(kind ${target} TYPE)
  get_target_property(is_imported ${target} IMPORTED)
  get_target_property(alias_of ${target} ALIASED_TARGET)
  if(is_imported OR alias_of OR NOT kind MATCHES "EXECUTABLE|LIBRARY")
    message(FATAL_ERROR "${here}: a program or a library of this project is wanted")
  endif()
  get_filename_component(file ${ARG_FILE} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT EXISTS ${file} OR IS_DIRECTORY ${file})
    message(FATAL_ERROR "${here}: there is no file ${file}")
  endif()
  if(NOT TARGET SessionZero::szmpst)
    message(FATAL_ERROR "${here}: there is no szmpst. Call find_package(SessionZeroSdk) before.")
  endif()

  set(way "${file}|${ARG_PROTOCOL}|${ARG_ROLES}|${ARG_NAMESPACE}|${ARG_FAIR}")
  string(SHA256 key "${CMAKE_CURRENT_BINARY_DIR}|${way}")
  string(SUBSTRING ${key} 0 8 key)
  if(NOT TARGET sz_protocol_${key})
    sz_add_protocol_rule(${file} ${key})
  endif()
  add_dependencies(${target} sz_protocol_${key})
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/protocols/${key})

  # As properties: the two signatures of target_link_libraries do not mix in one target.
  if(NOT kind STREQUAL "INTERFACE_LIBRARY")
    set_property(TARGET ${target} APPEND PROPERTY INCLUDE_DIRECTORIES ${folder})
    set_property(TARGET ${target} APPEND PROPERTY LINK_LIBRARIES SessionZero::mpst)
  endif()
  set_property(TARGET ${target} APPEND PROPERTY INTERFACE_INCLUDE_DIRECTORIES
                                                $<BUILD_INTERFACE:${folder}>)
  set_property(TARGET ${target} APPEND PROPERTY INTERFACE_LINK_LIBRARIES SessionZero::mpst)
endfunction()
