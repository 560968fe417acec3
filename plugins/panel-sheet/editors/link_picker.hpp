// SPDX-License-Identifier: AGPL-3.0-or-later
// Finds an entry for a link, in the place where the link will stand. Restricted to the dataset that
// the field's definition names, if it names one.
#pragma once

#include <wx/timer.h>

#include "editors/picker.hpp"

namespace sz::ui {
class Notice;
}

namespace sheet {

class LinkPicker : public Picker {
  public:
    LinkPicker(wxWindow* parent, EditorServices& services, const Json& restriction);

    std::function<void(const Json& link)> on_pick;

  private:
    void find() override;
    void pick(std::size_t row) override { on_pick(links_[row]); }
    void search();
    void call(const char* method, const Json& params, const char* list_key, const char* id_key);
    void fill(const Json& rows, const char* id_key);
    [[nodiscard]] Json link_to(const Json& row, const char* id_key) const;

    Json restriction_;  // {"datapackId","datasetId","version"} or null
    sz::ui::Notice* summary_;
    wxTimer timer_;
    std::vector<Json> links_;  // of the rows
    unsigned generation_ = 0;
};

}  // namespace sheet
