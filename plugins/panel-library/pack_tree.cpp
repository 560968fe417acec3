// SPDX-License-Identifier: AGPL-3.0-or-later
#include "pack_tree.hpp"

#include <wx/translation.h>
#include <sz/wx/row_list.hpp>

namespace library {

using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;

class PackTree::Data : public wxClientData {
  public:
    explicit Data(Scope of) : scope(std::move(of)) {}
    Scope scope;
};

PackTree::PackTree(wxWindow* parent, sz::ui::PanelBus& bus)
    : wxDataViewTreeCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_SINGLE | wxDV_NO_HEADER | wxBORDER_THEME),
      bus_(bus) {
    sz::ui::set_accessible_name(*this, _("Packs and datasets"));
    Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        if (quiet_) return;
        wanted_ = scope();
        if (on_scope) on_scope(wanted_);
    });
    Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent& event) {
        if (IsContainer(event.GetItem()))
            IsExpanded(event.GetItem()) ? Collapse(event.GetItem()) : Expand(event.GetItem());
    });
    // Nobody renames a pack by clicking on it.
    Bind(wxEVT_DATAVIEW_ITEM_START_EDITING, [](wxDataViewEvent& event) { event.Veto(); });
    Bind(wxEVT_CHAR_HOOK, &PackTree::on_key, this);
}

// The toolkit moves between columns with these keys, and there is one column only.
void PackTree::on_key(wxKeyEvent& event) {
    const wxDataViewItem item = GetSelection();
    if (event.HasAnyModifiers() || !item.IsOk()) return event.Skip();
    if (event.GetKeyCode() == WXK_RIGHT && IsContainer(item)) return Expand(item);
    if (event.GetKeyCode() == WXK_LEFT) {
        if (IsContainer(item)) return Collapse(item);
        return Select(GetModel()->GetParent(item));
    }
    event.Skip();
}

void PackTree::reload() {
    bus_.call("pack.list", Json::object(),
              [this](const Json& answer) { fill(list_of(answer, "packs")); });
}

void PackTree::fill(const Json& packs) {
    ++generation_;
    quiet_ = true;
    DeleteAllItems();
    const Scope all{{}, {}, {}, _("All packs")};
    // A container without anything in it: the toolkit lists containers first.
    const wxDataViewItem first = AppendContainer(wxDataViewItem(), all.name, -1, -1, new Data(all));
    Select(first);
    sz::ui::put_cursor_on_selection(*this);
    for (const Json& pack : packs) {
        Scope scope{text_of(pack, "id"), text_of(pack, "version"), {}, label_of(pack, "name")};
        const wxString shown = scope.name + " " + sz::ui::from_utf8(scope.version);
        const wxDataViewItem item =
            AppendContainer(wxDataViewItem(), shown, -1, -1, new Data(scope));
        select_wanted(item, scope);
        bus_.call("library.datasets", {{"pack", scope.pack_reference()}},
                  [this, item, scope, generation = generation_](const Json& answer) {
                      if (generation == generation_)
                          add_datasets(item, scope, list_of(answer, "datasets"));
                  });
    }
    quiet_ = false;
    if (on_loaded) on_loaded(!packs.empty());
    if (on_scope) on_scope(scope());
}

void PackTree::add_datasets(wxDataViewItem pack_item, const Scope& pack, const Json& datasets) {
    for (const Json& dataset : datasets) {
        Scope scope = pack;
        scope.dataset = text_of(dataset, "id");
        scope.name = label_of(dataset, "name");
        const wxString shown = wxString::Format(
            "%s (%lld)", scope.name, static_cast<long long>(number_of(dataset, "entries")));
        const wxDataViewItem item = AppendItem(pack_item, shown, -1, new Data(scope));
        select_wanted(item, scope);
    }
    Expand(pack_item);
}

void PackTree::select_wanted(const wxDataViewItem& item, const Scope& scope) {
    if (!scope.same_place(wanted_)) return;
    const bool was_quiet = std::exchange(quiet_, true);
    Select(item);
    sz::ui::put_cursor_on_selection(*this);
    quiet_ = was_quiet;
    if (!quiet_ && on_scope) on_scope(scope);
}

const Scope* PackTree::scope_at(const wxDataViewItem& item) const {
    if (!item.IsOk()) return nullptr;
    const auto* data = static_cast<const Data*>(GetItemData(item));
    return data == nullptr ? nullptr : &data->scope;
}

Scope PackTree::scope() const {
    const Scope* found = scope_at(GetSelection());
    return found == nullptr ? Scope{{}, {}, {}, _("All packs")} : *found;
}

void PackTree::choose(const Scope& wanted) { wanted_ = wanted; }

}  // namespace library
