# SPDX-License-Identifier: AGPL-3.0-or-later
# For cmake-format; ./dev format calls it.
with section("format"):
    line_width = 100
    tab_size = 2
    max_subgroups_hwrap = 4
    max_pargs_hwrap = 12

with section("parse"):
    additional_commands = {
        "sz_add_test": {
            "pargs": 1,
            "kwargs": {"SOURCES": "+", "LINK": "+", "LABEL": 1, "TIMEOUT": 1, "ENVIRONMENT": "+"},
        },
        "sz_kernel_room": {
            "pargs": 1,
            "kwargs": {"SOURCES": "+", "LINK": "+", "PRIVATE_LINK": "+"},
        },
        "sz_add_plugin": {
            "pargs": 1,
            "kwargs": {
                "ID": 1,
                "SOURCES": "+",
                "MANIFEST": 1,
                "LINK": "+",
                "FILES": "+",
                "FOLDER": 1,
            },
        },
        "sz_write_bundle": {
            "pargs": 0,
            "kwargs": {"ID": 1, "NAME": 1, "VERSION": 1, "PLUGINS": "+", "INSTALL": 1},
        },
    }

with section("markup"):
    enable_markup = True
