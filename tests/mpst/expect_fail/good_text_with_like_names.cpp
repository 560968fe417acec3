// SPDX-License-Identifier: AGPL-3.0-or-later
// Labels and roles that begin alike are not the same, also where the compiler shortens their types'
// names.
#include <sz/mpst/protocol.hpp>

using Answers = mpst::protocol<
    "global protocol Answers(role participant_one, role participant_two) {"
    "  choice at participant_one { subscription_yes(int) from participant_one to participant_two; }"
    "  or { subscription_not(int) from participant_one to participant_two; } }">;

using Yes = Answers::message<"subscription_yes">;
using Not = Answers::message<"subscription_not">;
static_assert(mpst::tag_of<Yes> != mpst::tag_of<Not>);

using One = Answers::role<"participant_one">;
using Two = Answers::role<"participant_two">;
static_assert(mpst::tag_of<One> != mpst::tag_of<Two>);
