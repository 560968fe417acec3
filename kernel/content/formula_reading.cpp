// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/formula_reading.hpp"

#include <algorithm>

#include "kernel/content/field_match.hpp"
#include "kernel/content/schema_words.hpp"

namespace sz {

namespace {

using Steps = std::vector<std::string>;

const Json* structured_part(const Json& holder, const char* key) {
    const auto found = holder.find(key);
    return found == holder.end() || !found->is_structured() ? nullptr : &*found;
}

class Way {
  public:
    Way(const Steps& steps, std::size_t at, PackReach& reach)
        : steps_(steps), at_(at), reach_(reach) {}

    // Goes as far as definitions say. Each turn takes a step, or goes into what a list takes in.
    void go(const Json& from) {
        const Json* here = &from;
        while (here != nullptr && here->is_object()) {
            const std::string type = string_or(*here, "type");
            if (const Json* link = structured_part(*here, "datasetLink")) link_ = link;
            is_many = is_many || type == "List" || type == "Table";
            const Json* item = structured_part(*here, "itemType");
            if (type == "List" && item != nullptr) {
                here = item;
            } else if (at_ == steps_.size()) {
                end = here;
                return;
            } else if (type == "Group" || type == "Table") {
                here = member(structured_part(*here, type == "Group" ? "fields" : "columns"));
            } else {
                if (type == "List" || type == "DatasetLink") look_in_entries();
                return;
            }
        }
    }

    bool is_many = false;
    const Json* end = nullptr;       // the definition that the path ends at, if it is known
    bool is_lost = false;            // the step `at` is not there
    bool may_come = false;           // another entry may have it
    std::vector<std::string> known;  // what is there instead
    [[nodiscard]] std::size_t at() const { return at_; }

  private:
    const Json* member(const Json* definitions) {
        if (definitions == nullptr) return nullptr;
        for (const Json& one : *definitions) {
            const std::string id = string_or(one, "id");
            known.push_back(id);
            if (id != steps_[at_]) continue;
            known.clear();
            ++at_;
            link_ = nullptr;
            return &one;
        }
        is_lost = true;
        return nullptr;
    }

    void look_in_entries() {
        const auto* columns = link_ == nullptr ? nullptr : reach_.columns(*link_);
        if (columns == nullptr || columns->contains(steps_[at_])) return;
        is_lost = may_come = true;
        known.assign(columns->begin(), columns->end());
    }

    const Steps& steps_;
    std::size_t at_;
    PackReach& reach_;
    const Json* link_ = nullptr;  // from which entries are chosen
};

}  // namespace

void check_reading(const Json& definition, const Steps& steps, std::size_t named, const Steps& as,
                   PackReach& reach, const FormulaPlace& place) {
    Way way(steps, named, reach);
    way.go(definition);
    const auto is_wanted_as = [&as](const char* what) {
        return std::find(as.begin(), as.end(), what) != as.end();
    };
    const std::string written = joined_steps(steps, steps.size());
    if (way.is_lost) {
        const std::string& step = steps[way.at()];
        const std::string before = joined_steps(steps, way.at());
        const std::string hint =
            reach.did_you_mean(step, way.known, "Write the id of something that is in it.");
        const std::string message =
            "The formula reads " + quote(written) + ", and " +
            (way.may_come ? "no entry that " + quote(before) + " chooses from has "
                          : quote(before) + " has no ") +
            quote(step) + ".";
        if (way.may_come)
            place.report.warning("SZ-PACK-083", place.file, place.pointer, message, hint);
        else
            place.report.error("SZ-PACK-083", place.file, place.pointer, message, hint);
    } else if (way.is_many && (is_wanted_as("one") || is_wanted_as("number"))) {
        place.report.error(
            "SZ-PACK-082", place.file, place.pointer,
            "The formula takes " + quote(written) + " as one value, and a list holds many.",
            "Write sum(" + written + "), or count, min, max or avg.");
    } else if (way.end != nullptr && is_wanted_as("number")) {
        const std::string type = string_or(*way.end, "type");
        if (type != "Text" && type != "MultiText") return;
        place.report.error("SZ-PACK-084", place.file, place.pointer,
                           "The formula computes with " + quote(written) + ", which is a text.",
                           "Use a field that holds a number.");
    }
}

}  // namespace sz
