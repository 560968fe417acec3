# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a game master does with a sheet besides typing: tables to roll on, links to characters,
snapshots and the way back, who sees what, and the sheet as a member gets it."""
import os

from drive import Window, main, szctl
from test_sheet import choose_character, go_to_section, notice, value


def a_campaign(profile):
    """With two characters, and Mira as a member who has none yet."""
    szctl(profile, "plugin", "list")
    host = szctl(profile, "identity", "show")["client_id"]
    mira = szctl(profile, "identity", "new", "--name", "Mira's own")["client_id"]
    szctl(profile, "identity", "use", host)
    campaign = szctl(
        *(profile, "campaign", "new", "--template", "Bounds & Briars/a-years-round"),
        *("--name", "Reach"),
    )["id"]
    szctl(profile, "campaign", "member", campaign, mira, "--name", "Mira")
    made = [
        szctl(
            *(profile, "character", "new", "--campaign", campaign),
            *("--template", "Bounds & Briars/beater", "--name", name),
        )["id"]
        for name in ("Wren", "Ansel")
    ]
    return campaign, made, mira


def row_texts(profile, campaign):
    table = value(profile, campaign, "warden.plans.meetings")
    return [(row["from"], row["to"], row["text"]) for row in table["rows"]]


def a_table_to_roll_on_is_changed_row_by_row(folder):
    profile = os.path.join(folder, "profile")
    campaign, (wren, _), _ = a_campaign(profile)
    swept = (1, 2, "Nobody. The path has been swept.")
    neighbour = (3, 4, "A neighbour who ought to be in bed.")
    abroad = (5, 5, "One of those who are abroad tonight.")
    both = (6, 6, "Both, and they know each other.")

    def becomes(wanted):
        window.wait(f"rows {wanted}", lambda: row_texts(profile, campaign) == wanted)

    with Window(profile) as window:
        window.sees_text("Name", "Reach")
        window.focus("text", "Name")
        go_to_section(window, "Behind the Hedge")
        window.sees_text("Met This Evening: Dice", "1d6")
        window.see("table cell", "3 to 4")
        window.see("table cell", "One of those who are abroad tonight.")
        window.focus("table", "Met This Evening")
        window.key("Home", "Delete")
        becomes([neighbour, abroad, both])
        window.key("Insert")
        window.sees_text("Met This Evening: From", "1")  # the first that has no row
        window.wait(
            "the keyboard in the new row",
            lambda: window.find("text", "Met This Evening: From", state="focused"),
        )
        window.key("ctrl+a")
        window.type("2")  # the end of the range comes along where it must
        window.key("Return")
        window.sees_text("Met This Evening: To", "2")
        window.enter("Met This Evening: From", "1")
        window.enter("Met This Evening: Meaning", "A heron.")
        becomes([(1, 2, "A heron."), neighbour, abroad, both])
        window.enter("Met This Evening: To", "3")
        notice(window, "Error: Two rows have the result 3.")
        window.picture("random-table")
        window.key("Escape")
        window.enter("Met This Evening: To", "two")
        notice(window, 'Error: "two" is not a number.')
        window.key("Escape")
        window.enter("Met This Evening: Dice", "six")
        notice(window, "Error: The dice of the table cannot be rolled.")
        window.enter("Met This Evening: Dice", "2D6")
        window.sees_text("Met This Evening: Dice", "2d6")
        becomes([(1, 2, "A heron."), neighbour, abroad, both])

        # A link to a character is a name.
        go_to_section(window, "On the Table")
        window.press("Carries the Parish Wand: choose")
        window.wait(
            "the keyboard in the search",
            lambda: window.find(
                "text", "Find a name for Carries the Parish Wand", state="focused"
            ),
        )
        window.see("table cell", "Ansel")
        window.see("table cell", "(none)")
        window.picture("instance")
        window.type("re")
        window.key("Return")
        window.see("push button", "Carries the Parish Wand: Wren")
        assert value(profile, campaign, "table.today.leader") == wren
        window.press("Carries the Parish Wand: choose")
        window.see("table cell", "(none)")
        window.key("Return")
        window.see("push button", "Carries the Parish Wand: (none)")
        assert value(profile, campaign, "table.today.leader") is None
        assert window.close() == 0


def two_changes_before_an_answer_are_both_kept(folder):
    profile = os.path.join(folder, "profile")
    campaign, _, _ = a_campaign(profile)
    with Window(profile) as window:
        window.sees_text("Name", "Reach")
        window.focus("text", "Name")
        go_to_section(window, "Behind the Hedge")
        window.focus("table", "Met This Evening")
        window.key("End", "Delete")
        window.sees_text("Met This Evening: From", "5")  # the last one now
        window.see("text", "Met This Evening: To")
        # One key sends what was typed, which takes the other end along, and then one less.
        window.enter("Met This Evening: From", "6", key="Down")
        window.wait(
            "the last row from 5 to 6",
            lambda: [row[:2] for row in row_texts(profile, campaign)] == [(1, 2), (3, 4), (5, 6)],
        )
        window.sees_text("Met This Evening: From", "5")
        window.sees_text("Met This Evening: To", "6")
        assert window.close() == 0


def a_picker_is_used_with_the_keyboard_alone(folder):
    profile = os.path.join(folder, "profile")
    campaign, (wren, ansel), _ = a_campaign(profile)

    def leader_becomes(who):
        window.wait(
            f"leader {who}", lambda: value(profile, campaign, "table.today.leader") == who
        )

    def open_picker():
        window.press("Carries the Parish Wand: choose")
        window.see("text", "Find a name for Carries the Parish Wand", state="focused")

    with Window(profile) as window:
        window.sees_text("Name", "Reach")
        window.focus("text", "Name")
        open_picker()
        window.see("table cell", "(none)")
        window.key("Down")  # the first is chosen already
        window.see("table", "Names for Carries the Parish Wand", state="focused")
        window.key("Return")
        leader_becomes(wren)
        open_picker()
        window.type("Ans")
        window.key("Return")
        leader_becomes(ansel)
        open_picker()
        window.key("Escape")
        window.gone("text", "Find a name for Carries the Parish Wand")
        window.see("push button", "Carries the Parish Wand: choose", state="focused")

        # Enter takes what fits the words, though the list was of others when it was pressed.
        choose_character(window, "Wren")
        window.press("Kin: choose")
        window.see("text", "Find an entry for Kin", state="focused")
        window.see("table cell", "Hedgeborn")
        window.picture("link-picker")
        window.type("hedgeborn")
        window.key("Return")
        window.see("push button", "Kin: Hedgeborn")
        assert window.close() == 0


def notches(profile, character):
    return value(profile, character, "who.standing.notches")


def a_campaign_goes_back_to_a_snapshot_and_forth_again(folder):
    profile = os.path.join(folder, "profile")
    _, (wren, _), _ = a_campaign(profile)
    with Window(profile) as window:
        choose_character(window, "Wren")
        window.enter("Notches", "2")
        window.wait("2 notches", lambda: notches(profile, wren) == 2)
        go_to_section(window, "Snapshots")
        window.enter("Note", "Before the bridge")
        window.see("table cell", "Before the bridge")
        window.says("The campaign is kept as it is now.")
        szctl(profile, "character", "do", wren, "who.standing.notches", "set", "[3]")
        window.focus("table", "Snapshots")
        window.key("Home")
        window.press("Compare with now")
        window.contains_text("What has changed", "Notches")
        window.picture("snapshots")
        window.key("Escape")
        window.press("Go back to it...")
        notice(window, "Undo brings it back.")
        window.see("push button", "Leave it as it is", state="focused")
        window.picture("go-back")
        window.press("Go back")
        window.says("The campaign is as it was then.")
        window.wait("2 notches again", lambda: notches(profile, wren) == 2)
        window.key("ctrl+z")
        window.wait("3 notches", lambda: notches(profile, wren) == 3)
        window.key("ctrl+shift+z")
        window.wait("2 notches after redoing", lambda: notches(profile, wren) == 2)
        window.key("ctrl+z")
        window.wait("3 notches once more", lambda: notches(profile, wren) == 3)
        window.press("Redo")
        window.wait("2 notches by the button", lambda: notches(profile, wren) == 2)

        go_to_section(window, "History")
        window.focus("table", "History")
        window.key("End")
        window.press("What has changed since")
        window.contains_text("What has changed", "Previously, since")
        window.contains_text("What has changed", "Wren")
        window.picture("previously")
        assert window.close() == 0


def shown(profile, character, member):
    fields = szctl(profile, "character", "show", character, "--as", member)["fields"]
    return "who.standing.notches" in fields


def marked(window, words):
    """In the form, and beside what it is about."""
    window.wait(
        f"{words!r} twice",
        lambda: sum(words == node.name for node in window.all("status bar")) == 2
        or sum(words == node.name for node in window.all("statusbar")) == 2,
    )


def what_a_member_sees_is_decided_marked_and_looked_at(folder):
    profile = os.path.join(folder, "profile")
    _, (wren, _), mira = a_campaign(profile)
    with Window(profile) as window:
        choose_character(window, "Wren")
        window.focus("text", "Notches")
        window.key("ctrl+shift+p")
        window.choose("Seen by", "the game masters")
        marked(window, "Decided: seen by the game masters.")
        window.wait("Mira not to see it", lambda: not shown(profile, wren, mira))
        window.choose("Seen by", "these members:")
        window.press("Seen by: Mira", "check box")
        marked(window, "Decided: seen by Mira.")
        window.wait("Mira to see it", lambda: shown(profile, wren, mira))
        window.choose("Changed by", "the game masters")
        marked(window, "Decided: seen by Mira. Decided: changed by the game masters.")
        window.picture("decide")
        window.press("Back to the template's word")
        window.gone("status bar", begins="Decided:")
        window.gone("statusbar", begins="Decided:")
        window.choose("Decide for", "The group Standing")
        window.choose("Seen by", "the game masters")
        marked(window, "Decided: seen by the game masters.")
        window.key("Escape")
        window.see("text", "Notches", state="focused")
        window.picture("decided")

        window.choose("See as", "Mira")
        window.says("This is what Mira sees, and all of it.")
        window.gone("text", "Notches")
        window.gone("page tab", "History")
        window.picture("as-mira")
        before = szctl(profile, "character", "show", wren)
        window.focus("text", "Name")
        window.key("ctrl+z")
        go_to_section(window, "Body and Mind")
        window.focus("text", "Grace")
        window.key("Up")
        window.type("7")
        window.key("Return")
        window.see("push button", "Grace: one less")
        assert szctl(profile, "character", "show", wren) == before
        window.choose("See as", "the game master")
        window.see("page tab", "History")
        window.gone("statusbar", begins="This is what Mira")
        window.see("text", "Notches")
        assert window.close() == 0


def whoever_is_named_and_has_no_box_stays_named(folder):
    profile = os.path.join(folder, "profile")
    campaign, (wren, _), mira = a_campaign(profile)
    bo = szctl(profile, "identity", "new", "--name", "Bo's own")["client_id"]
    szctl(profile, "campaign", "member", campaign, bo, "--name", "Bo")
    szctl(profile, "character", "visibility", wren, "who.standing.notches", "Mira")
    szctl(profile, "campaign", "member", campaign, mira, "--role", "assistant")

    def named(*who):
        field = szctl(profile, "character", "show", wren)["fields"]["who.standing.notches"]
        return sorted(field["visible_to"]) == sorted(who)

    with Window(profile) as window:
        choose_character(window, "Wren")
        window.focus("text", "Notches")
        window.key("ctrl+shift+p")
        marked(window, "Decided: seen by Mira.")
        window.see("check box", "Seen by: Bo")
        assert window.find("check box", "Seen by: Mira") is None
        window.press("Seen by: Bo", "check box")
        window.wait("both", lambda: named(mira, bo))
        marked(window, "Decided: seen by Mira, Bo.")
        window.picture("named")
        window.press("Seen by: Bo", "check box")
        window.wait("Mira alone", lambda: named(mira))
        szctl(profile, "campaign", "member", campaign, mira, "--role", "player")
        window.see("check box", "Seen by: Mira", state="checked")
        window.press("Seen by: Mira", "check box")
        marked(window, "Decided: seen by the game masters.")
        assert window.close() == 0


if __name__ == "__main__":
    main(
        [
            a_table_to_roll_on_is_changed_row_by_row,
            two_changes_before_an_answer_are_both_kept,
            a_picker_is_used_with_the_keyboard_alone,
            a_campaign_goes_back_to_a_snapshot_and_forth_again,
            what_a_member_sees_is_decided_marked_and_looked_at,
            whoever_is_named_and_has_no_box_stays_named,
        ]
    )
