# SPDX-License-Identifier: AGPL-3.0-or-later
#
# Writes OUTPUT, a C++ file that holds the text of every schema of FILES (paths relative to ROOT,
# without ".json"). Called by the build: cmake -DROOT=… -DOUTPUT=… -DFILES=a,b,c -P
# embed_schemas.cmake
string(REPLACE "," ";" files "${FILES}")

set(entries "")
foreach(file IN LISTS files)
  file(READ "${ROOT}/${file}" text)
  string(REGEX REPLACE "\\.json$" "" name "${file}")
  string(APPEND entries "    {\"${name}\",\n")
  # Compilers limit the length of one literal; adjacent ones join. Cut at line ends, never inside a
  # UTF-8 character.
  while(NOT text STREQUAL "")
    string(LENGTH "${text}" length)
    set(cut ${length})
    if(length GREATER 4000)
      string(SUBSTRING "${text}" 4000 -1 tail)
      string(FIND "${tail}" "\n" line_end)
      if(line_end GREATER_EQUAL 0)
        math(EXPR cut "4001 + ${line_end}")
      endif()
    endif()
    string(SUBSTRING "${text}" 0 ${cut} piece)
    string(SUBSTRING "${text}" ${cut} -1 text)
    string(APPEND entries "     R\"sz~(${piece})sz~\"\n")
  endwhile()
  string(APPEND entries "     \"\"},\n")
endforeach()

file(
  WRITE "${OUTPUT}"
  "// Made by kernel/bus/embed_schemas.cmake from schemas/. Do not edit.
#include \"kernel/bus/embedded_schemas.hpp\"

namespace sz {

namespace {
// The last one ends the table, so that it is never empty.
constexpr EmbeddedSchema table[] = {
${entries}    {\"\", \"\"},
};
}  // namespace

std::span<const EmbeddedSchema> embedded_schema_table() { return {table, sizeof table / sizeof
table[0] - 1}; }

}  // namespace sz
")
