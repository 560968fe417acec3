// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/pack_report.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "kernel/base/limits.hpp"

namespace sz {

bool PackReport::is_full() const noexcept { return kept_.size() >= limits::findings_max; }

void PackReport::add(Finding finding) {
    if (finding.severity == Severity::error) ++errors_;
    if (!is_full()) {
        kept_.push_back(std::move(finding));
    } else {
        ++dropped_;
    }
}

void PackReport::find_places() {
    std::map<std::string, std::vector<Finding*>> by_file;
    for (auto& finding : kept_) {
        if (finding.line == 0 && texts_.count(finding.file) > 0)
            by_file[finding.file].push_back(&finding);
    }
    for (auto& [file, findings] : by_file) {
        std::vector<std::string> pointers;
        for (const auto* finding : findings) pointers.push_back(finding->pointer);
        const auto places = json_places(texts_[file], pointers);
        for (std::size_t i = 0; i < findings.size(); ++i) {
            findings[i]->line = places[i].line;
            findings[i]->column = places[i].column;
        }
    }
}

void PackReport::finish(Findings& findings) {
    find_places();
    const auto place = [](const Finding& one) {
        return std::tie(one.file, one.line, one.column, one.code);
    };
    std::stable_sort(kept_.begin(), kept_.end(),
                     [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
    std::move(kept_.begin(), kept_.end(), std::back_inserter(findings));
    kept_.clear();
    if (dropped_ == 0) return;
    findings.push_back(
        {"SZ-PACK-099", errors_ > 0 ? Severity::error : Severity::warning, "", "", 0, 0,
         "There are " + std::to_string(dropped_) + " more findings than are shown here.",
         "Mend the ones above and check again."});
}

}  // namespace sz
