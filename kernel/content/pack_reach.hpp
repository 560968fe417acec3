// SPDX-License-Identifier: AGPL-3.0-or-later
// What a pack can reach: its own datasets and templates, and those of the installed packs that it
// needs. Others' objects are read when the first question needs them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/content/pack_contents.hpp"

namespace sz {

class PackReach {
  public:
    static constexpr std::size_t suggestions_max = 100;  // faults that get a "Did you mean"

    PackReach(const PackContents& contents, const OtherPacks& others)
        : contents_(contents), others_(others) {}

    // Types of the fields of templates, by every end of "section.group.field" that a path may be.
    using Ends = std::map<std::string, std::set<std::string>>;
    [[nodiscard]] const Ends& own_fields();
    // The same of the packs that this one needs. Nothing while one of them is not installed.
    [[nodiscard]] const std::optional<Ends>& other_fields();

    // What a path may name in an entry of a dataset: its fields, its groups, its name. Null when
    // the dataset is not known, or empty.
    [[nodiscard]] const std::set<std::string>* columns(const Json& dataset_link);

    // A "Did you mean", while there are few of them.
    [[nodiscard]] std::string did_you_mean(const std::string& word,
                                           const std::vector<std::string>& known,
                                           std::string otherwise);

  private:
    [[nodiscard]] const std::vector<PackObject>* objects_of(const std::string& pack);
    [[nodiscard]] const Json* dataset(const std::string& pack, const std::string& id);

    const PackContents& contents_;
    const OtherPacks& others_;
    std::optional<Ends> own_fields_;
    std::optional<std::optional<Ends>> other_fields_;
    std::map<std::string, std::optional<std::vector<PackObject>>> objects_;  // by pack
    std::map<const Json*, std::set<std::string>> columns_;                   // by dataset
    std::size_t suggestions_ = 0;
};

}  // namespace sz
