// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_mentions.hpp"

#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

void warn_of_left(const Json& left, PackReport& report, const std::string& file,
                  const std::string& pointer) {
    const bool is_any = left.is_number_unsigned() && left > 0;
    report.warning("SZ-PACK-071", file, pointer,
                   is_any ? "The text has " + left.dump() +
                                " links to entries more than are looked at; they were not checked."
                          : "The text is too long and too full of brackets to look for links in "
                            "it; none was checked.",
                   "Divide it into several fields, or into paragraphs with empty lines between.");
}

}  // namespace

void check_mention(const Json& reference, const std::string& own_pack, PackLinks& links,
                   PackReport& report, const std::string& file, const std::string& pointer) {
    if (const auto left = reference.find("left"); left != reference.end())
        return warn_of_left(*left, report, file, pointer);
    const std::string pack = string_or(reference, "datapackId");
    const Link link{pack.empty() ? own_pack : pack, string_or(reference, "datasetId"),
                    string_or(reference, "entryId"), "", "dataset"};
    if (!link.object.empty() && !link.entry.empty()) return links.check_link(link, file, pointer);
    report.error("SZ-PACK-070", file, pointer,
                 "The link on the words " + quote(string_or(reference, "words")) + " leads to " +
                     quote(string_or(reference, "target")) +
                     ", which is not how an entry is named.",
                 "Write [words](entry:DATASET/ENTRY), or [words](entry:PACK/DATASET/ENTRY) for an "
                 "entry of another pack, with their ids.");
}

void check_translated_mentions(const Json& definition, const Json& text, const FieldTypes& types,
                               const std::string& translated_pack, PackLinks& links,
                               PackReport& report, const std::string& file,
                               const std::string& pointer) {
    const auto references = types.references(definition, text);
    if (!references || !references->is_array()) return;
    for (const Json& reference : *references) {
        if (string_or(reference, "kind") != "mention") continue;
        const std::string pack = string_or(reference, "datapackId");
        if (pack.empty() || pack == translated_pack)
            check_mention(reference, translated_pack, links, report, file,
                          pointer + string_or(reference, "pointer"));
    }
}

}  // namespace sz
