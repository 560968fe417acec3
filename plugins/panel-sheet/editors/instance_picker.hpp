// SPDX-License-Identifier: AGPL-3.0-or-later
// Chooses a character of the campaign by a part of the name; without a part all of them, and none.
#pragma once

#include <string>

#include "editors/picker.hpp"

namespace sheet {

// A character whom the viewer may see.
struct Choosable {
    std::string id;
    wxString name;
    bool operator==(const Choosable&) const = default;
};

class InstancePicker : public Picker {
  public:
    InstancePicker(wxWindow* parent, EditorServices& services);
    void show_all(std::vector<Choosable> all);

    std::function<void(const std::string& id)> on_pick;  // "": none

  private:
    void find() override;
    void pick(std::size_t row) override { on_pick(shown_[row].id); }

    bool is_known_ = false;  // who all are
    std::vector<Choosable> all_, shown_;
};

}  // namespace sheet
