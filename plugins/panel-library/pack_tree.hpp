// SPDX-License-Identifier: AGPL-3.0-or-later
// The installed packs with their datasets, as a tree. Choosing an item chooses what is listed and
// searched.
#pragma once

#include <wx/dataview.h>

#include <functional>
#include <string>

#include "entry_key.hpp"

namespace library {

class PackTree : public wxDataViewTreeCtrl {
  public:
    PackTree(wxWindow* parent, sz::ui::PanelBus& bus);

    // Asks for packs and datasets anew; what was chosen stays chosen if it still exists.
    void reload();

    [[nodiscard]] Scope scope() const;
    void choose(const Scope& wanted);  // at once, or when it has been loaded

    std::function<void(const Scope&)> on_scope;
    std::function<void(bool any)> on_loaded;  // with or without any pack

  private:
    class Data;
    void fill(const Json& packs);
    void add_datasets(wxDataViewItem pack_item, const Scope& pack, const Json& datasets);
    void on_key(wxKeyEvent& event);
    [[nodiscard]] const Scope* scope_at(const wxDataViewItem& item) const;
    void select_wanted(const wxDataViewItem& item, const Scope& scope);

    sz::ui::PanelBus& bus_;
    Scope wanted_;
    unsigned generation_ = 0;
    bool quiet_ = false;
};

}  // namespace library
