// SPDX-License-Identifier: AGPL-3.0-or-later
#include "editors/instance_picker.hpp"

#include <wx/translation.h>

#include <algorithm>
#include <utility>

namespace sheet {

InstancePicker::InstancePicker(wxWindow* parent, EditorServices& services)
    : Picker(parent, services, _("Find a name for %s"), _("Names for %s")) {}

void InstancePicker::show_all(std::vector<Choosable> all) {
    if (std::exchange(is_known_, true) && all == all_) return;
    all_ = std::move(all);
    find();
}

void InstancePicker::find() {
    if (!is_known_) return;
    const wxString part = typed().Lower();
    shown_.clear();
    if (part.empty()) shown_.push_back({{}, _("(none)")});
    for (const Choosable& one : all_)
        if (one.name.Lower().Contains(part)) shown_.push_back(one);
    // Those that begin with it come first.
    if (!part.empty())
        std::stable_partition(shown_.begin(), shown_.end(), [&part](const Choosable& one) {
            return one.name.Lower().StartsWith(part);
        });
    std::vector<sz::ui::RowList::Row> rows;
    for (const Choosable& one : shown_) rows.push_back({one.name});
    show_rows(std::move(rows));
}

}  // namespace sheet
