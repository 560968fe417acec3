# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Run by sz_add_plugin after linking: brings the plugin folder to exactly what plugin.json will
# list, then writes plugin.json. -D FOLDER ID ABI MANIFEST LIBRARY EXTRA ("source|name" list)
cmake_minimum_required(VERSION 3.25)

file(READ ${MANIFEST} manifest)
string(JSON id ERROR_VARIABLE wrong GET "${manifest}" id)
if(wrong)
  message(FATAL_ERROR "${MANIFEST}: not JSON, or without \"id\": ${wrong}")
elseif(NOT id STREQUAL ID)
  message(FATAL_ERROR "${MANIFEST}: \"id\" is ${id}, but CMakeLists.txt says ID ${ID}")
endif()

set(names ${LIBRARY})
foreach(pair IN LISTS EXTRA)
  string(REPLACE "|" ";" pair "${pair}")
  list(GET pair 0 source)
  list(GET pair 1 name)
  configure_file(${source} ${FOLDER}/${name} COPYONLY)
  list(APPEND names ${name})
endforeach()
list(SORT names)

# A file that an earlier build left is not in the manifest, and a signature of an earlier manifest
# is not valid: the kernel would refuse the folder.
file(GLOB_RECURSE present RELATIVE ${FOLDER} ${FOLDER}/*)
foreach(name IN LISTS present)
  if(NOT name IN_LIST names AND NOT name STREQUAL "plugin.json")
    file(REMOVE ${FOLDER}/${name})
  endif()
endforeach()

set(files "{}")
foreach(name IN LISTS names)
  file(SHA256 ${FOLDER}/${name} hash)
  string(JSON files SET "${files}" ${name} "\"${hash}\"")
endforeach()
string(JSON manifest SET "${manifest}" abi "\"${ABI}\"")
string(JSON manifest SET "${manifest}" library "\"${LIBRARY}\"")
string(JSON manifest SET "${manifest}" files "${files}")
file(WRITE ${FOLDER}/plugin.json "${manifest}\n")
