# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Run by sz_write_bundle. -D OUTPUT ID NAME VERSION FOLDERS ("a|b")
cmake_minimum_required(VERSION 3.25)

string(REPLACE "|" ";" FOLDERS "${FOLDERS}")
set(plugins "[]")
set(count 0)
foreach(folder IN LISTS FOLDERS)
  file(READ ${folder}/plugin.json manifest)
  file(SHA256 ${folder}/plugin.json hash)
  string(JSON id GET "${manifest}" id)
  string(JSON version GET "${manifest}" version)
  string(JSON plugins SET "${plugins}" ${count}
         "{\"id\": \"${id}\", \"version\": \"${version}\", \"sha256\": \"${hash}\"}")
  math(EXPR count "${count} + 1")
endforeach()

set(bundle "{\"schemaVersion\": \"1.0.0\", \"id\": \"${ID}\", \"version\": \"${VERSION}\"}")
string(JSON bundle SET "${bundle}" name "\"${NAME}\"")
string(JSON bundle SET "${bundle}" plugins "${plugins}")
file(WRITE ${OUTPUT} "${bundle}\n")
