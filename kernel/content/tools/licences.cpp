// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/licences.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "kernel/base/text.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz::tools {

namespace {

// What a licence asks of what is built on it.
enum class Asks : std::uint8_t {
    nothing,     // public domain
    credit,      // that its author is named
    same,        // that it stands under the same licence (or one of `also`)
    no_money,    // credit, and that nobody earns with it
    no_changes,  // that it is not changed at all
};

struct Licence {
    std::string_view id;  // small letters
    Asks asks;
    // What a pack that builds on it may stand under besides itself.
    std::vector<std::string_view> also;
};

// Sources: the licences themselves; creativecommons.org's "Wiki/cc license compatibility" (its
// chart of adaptations, and the compatible licences of BY-SA); gnu.org's licence list.
const std::vector<Licence>& known() {
    static const std::vector<Licence> all{
        {"cc0-1.0", Asks::nothing, {}},
        {"unlicense", Asks::nothing, {}},
        {"0bsd", Asks::nothing, {}},
        {"mit", Asks::credit, {}},
        {"bsd-2-clause", Asks::credit, {}},
        {"bsd-3-clause", Asks::credit, {}},
        {"apache-2.0", Asks::credit, {}},
        {"cc-by-3.0", Asks::credit, {}},
        {"cc-by-4.0", Asks::credit, {}},
        {"cc-by-sa-3.0", Asks::same, {"cc-by-sa-4.0"}},
        {"cc-by-sa-4.0", Asks::same, {"gpl-3.0", "gpl-3.0-only", "gpl-3.0-or-later"}},
        {"cc-by-nc-3.0", Asks::no_money, {"cc-by-nc-4.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0"}},
        {"cc-by-nc-4.0", Asks::no_money, {"cc-by-nc-sa-4.0"}},
        {"cc-by-nc-sa-3.0", Asks::same, {"cc-by-nc-sa-4.0"}},
        {"cc-by-nc-sa-4.0", Asks::same, {}},
        {"cc-by-nd-4.0", Asks::no_changes, {}},
        {"cc-by-nc-nd-4.0", Asks::no_changes, {}},
        {"orc", Asks::same, {"licenseref-orc"}},
        {"licenseref-orc", Asks::same, {"orc"}},
        {"ogl-1.0a", Asks::same, {"licenseref-ogl-1.0a"}},
        {"licenseref-ogl-1.0a", Asks::same, {"ogl-1.0a"}},
        {"gpl-3.0",
         Asks::same,
         {"gpl-3.0-only", "gpl-3.0-or-later", "agpl-3.0", "agpl-3.0-only", "agpl-3.0-or-later"}},
        {"gpl-3.0-only", Asks::same, {"gpl-3.0", "agpl-3.0", "agpl-3.0-only"}},
        {"gpl-3.0-or-later",
         Asks::same,
         {"gpl-3.0", "gpl-3.0-only", "agpl-3.0", "agpl-3.0-only", "agpl-3.0-or-later"}},
        {"agpl-3.0", Asks::same, {"agpl-3.0-only", "agpl-3.0-or-later"}},
        {"agpl-3.0-only", Asks::same, {"agpl-3.0"}},
        {"agpl-3.0-or-later", Asks::same, {"agpl-3.0", "agpl-3.0-only"}},
    };
    return all;
}

const Licence* find(std::string_view id) {
    const auto wanted = ascii_lower(std::string(id));
    const auto found = std::find_if(known().begin(), known().end(),
                                    [&](const Licence& one) { return one.id == wanted; });
    return found == known().end() ? nullptr : &*found;
}

// "A OR B" as its parts; other expressions are one part, which nobody knows.
std::vector<std::string_view> choices_of(std::string_view expression) {
    std::vector<std::string_view> parts;
    constexpr std::string_view bar = " OR ";
    for (auto at = expression.find(bar); at != std::string_view::npos; at = expression.find(bar)) {
        parts.push_back(expression.substr(0, at));
        expression.remove_prefix(at + bar.size());
    }
    parts.push_back(expression);
    return parts;
}

std::string builds(std::string_view ours, std::string_view theirs) {
    return "A pack under " + quote(ours) + " cannot build on one under " + quote(theirs) + ": ";
}

Combination combine_two(std::string_view ours, std::string_view theirs) {
    const auto* here = find(ours);
    const auto* there = find(theirs);
    if (here == nullptr || there == nullptr) {
        return {Combined::unclear, "What " + quote(here == nullptr ? ours : theirs) +
                                       " allows is not known here, so nobody has looked whether "
                                       "the licences go together."};
    }
    if (here == there && there->asks != Asks::no_changes) return {Combined::yes, {}};
    const bool is_listed =
        std::find(there->also.begin(), there->also.end(), here->id) != there->also.end();
    if (is_listed) return {Combined::yes, {}};
    switch (there->asks) {
        case Asks::nothing: return {Combined::yes, {}};
        case Asks::credit:
            if (here->asks != Asks::nothing) return {Combined::yes, {}};
            return {Combined::no, builds(ours, theirs) +
                                      "it gives up the naming of authors, which the other asks "
                                      "for."};
        case Asks::same:
            return {Combined::no, builds(ours, theirs) + "that asks for the same licence."};
        case Asks::no_money:
            return {Combined::no, builds(ours, theirs) +
                                      "that forbids what is done for money, and the pack's licence "
                                      "allows it."};
        case Asks::no_changes:
            return {Combined::no, builds(ours, theirs) + "that forbids everything built on it."};
    }
    return {Combined::unclear, {}};
}

}  // namespace

bool is_known_licence(std::string_view licence) {
    const auto choices = choices_of(licence);
    return std::all_of(choices.begin(), choices.end(),
                       [](std::string_view one) { return find(one) != nullptr; });
}

Combination combine_licences(std::string_view ours, std::string_view theirs) {
    std::optional<Combination> unclear, refused;
    // Who may choose needs one way that works for each licence that the pack itself offers.
    for (const auto our : choices_of(ours)) {
        std::optional<Combination> best;
        for (const auto their : choices_of(theirs)) {
            auto one = combine_two(our, their);
            if (!best || one.verdict == Combined::yes ||
                (best->verdict == Combined::no && one.verdict == Combined::unclear))
                best = std::move(one);
            if (best->verdict == Combined::yes) break;
        }
        if (best->verdict == Combined::no) refused = best;
        if (best->verdict == Combined::unclear) unclear = best;
    }
    if (refused) return *refused;
    return unclear ? *unclear : Combination{Combined::yes, {}};
}

}  // namespace sz::tools
