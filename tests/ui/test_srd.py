# SPDX-License-Identifier: AGPL-3.0-or-later
"""The System Reference Document by window: imported, searched, and linked from a character."""
import os
import sys

from drive import Window, main, szctl
from test_evening import import_by_path

HERE = os.path.dirname(os.path.abspath(__file__))
CONTENT = os.environ.get("SZ_CONTENT") or os.path.join(HERE, "../../../shared/content")
SRD = os.path.realpath(os.path.join(CONTENT, "open5e-srd-2024"))


def keepsakes(profile, keeper):
    field = szctl(profile, "character", "show", keeper)["fields"]["things.carried.keepsakes"]
    return [item["value"]["entryId"] for item in field["value"]]


def it_is_imported_searched_and_linked_to(folder):
    profile = os.path.join(folder, "profile")
    campaign = szctl(
        profile, "campaign", "new", "--template", "Salt & Signal/station", "--name", "Visitors"
    )["id"]
    keeper = szctl(
        profile,
        "character",
        "new",
        "--campaign",
        campaign,
        "--template",
        "Salt & Signal/keeper",
        "--name",
        "Wren",
    )["id"]
    with Window(profile) as window:
        window.see("page tab", "History")
        # Left in the midst, it changes nothing; then it is let run to its end.
        import_by_path(window, SRD)
        window.see("progress bar", "Progress")
        window.picture("srd-progress")
        window.press("Cancel")
        window.says("Cancelled. Nothing was changed.")
        assert len(szctl(profile, "pack", "list")["packs"]) == 4
        import_by_path(window, SRD)
        window.says("6712 records read, 2279 entries written.", timeout=60)
        window.picture("srd-imported")

        window.key("ctrl+f")
        window.wait("the search", lambda: window.find("text", "Search", state="focused"))
        window.type("owlbea")
        window.see("table cell", "Owlbear")
        window.key("Return")
        window.contains_text("Entry", "Owlbear")
        window.picture("srd-entry")

        window.key("ctrl+2")
        window.focus("tree table", "Campaigns and characters")
        window.key("Home", "Down")
        window.see("page tab", "Things").queryComponent().grabFocus()
        window.wait("the tab", lambda: chosen_tab(window, "Things"))
        window.press("Keepsakes: Add...")
        window.see("text", "Find an entry for Keepsakes").queryComponent().grabFocus()
        window.type("owlbear")
        # The library's own list has such a cell too.
        offered = window.find(name="Entries for Keepsakes")
        window.wait("the choice", lambda: window.find("table cell", "Owlbear", within=offered))
        window.key("Return")
        found = szctl(profile, "library", "search", "owlbear")["hits"][0]["entry"]
        window.wait("the link", lambda: keepsakes(profile, keeper) == [found])
        window.picture("srd-link")
        assert window.close() == 0


def chosen_tab(window, name):
    tab = window.find("page tab", name)
    if not window.find("page tab", name, state="selected"):
        tab.parent.querySelection().selectChild(tab.getIndexInParent())
        return False
    return True


if __name__ == "__main__":
    if not os.path.isdir(SRD):
        print(f"skipped: no System Reference Document at {SRD} (tests/README.md)")
        sys.exit(77)
    main([it_is_imported_searched_and_linked_to])
