# SPDX-License-Identifier: AGPL-3.0-or-later
# The library's part of the room `content`; kernel/content/CMakeLists.txt includes this after it
# made sz_content.
set(LIBRARY_SOURCES catalogue.cpp disk.cpp entry_path.cpp entry_text.cpp entry_view.cpp index.cpp
  installer.cpp library.cpp
    library_methods.cpp pack_folders.cpp pack_methods.cpp pack_output.cpp pack_tasks.cpp samples.cpp
    search.cpp)
list(TRANSFORM LIBRARY_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
if(TARGET sz_content)
  target_sources(sz_content PRIVATE ${LIBRARY_SOURCES})
  target_link_libraries(sz_content PUBLIC sz_store sz_crypto)
endif()
