// SPDX-License-Identifier: AGPL-3.0-or-later
#include "campaign_tree.hpp"

#include <wx/translation.h>
#include <sz/wx/row_list.hpp>

namespace sheet {

using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::text_of;

namespace {
constexpr int gather_ms = 30;  // a change brings several notices
}

class CampaignTree::Data : public wxClientData {
  public:
    Data(std::string of, std::string in) : id(std::move(of)), campaign(std::move(in)) {}
    std::string id, campaign;
};

CampaignTree::CampaignTree(wxWindow* parent, sz::ui::PanelBus& bus)
    : wxDataViewTreeCtrl(parent, wxID_ANY, wxDefaultPosition, wxDefaultSize,
                         wxDV_SINGLE | wxDV_NO_HEADER | wxBORDER_THEME),
      bus_(bus),
      timer_(this) {
    sz::ui::set_accessible_name(*this, _("Campaigns and characters"));
    Bind(wxEVT_DATAVIEW_SELECTION_CHANGED, [this](wxDataViewEvent&) {
        if (quiet_ || chosen().empty()) return;
        wanted_ = chosen();
        on_choose(wanted_, true);
    });
    Bind(wxEVT_DATAVIEW_ITEM_ACTIVATED, [this](wxDataViewEvent&) {
        if (!chosen().empty()) on_activate(chosen());
    });
    Bind(wxEVT_DATAVIEW_ITEM_START_EDITING, [](wxDataViewEvent& event) { event.Veto(); });
    Bind(wxEVT_CHAR_HOOK, &CampaignTree::on_key, this);
    Bind(wxEVT_TIMER, [this](wxTimerEvent&) { ask(); });
}

// The toolkit moves between columns with these keys, and there is one column only.
void CampaignTree::on_key(wxKeyEvent& event) {
    const wxDataViewItem item = GetSelection();
    if (event.HasAnyModifiers() || !item.IsOk()) return event.Skip();
    if (event.GetKeyCode() == WXK_RIGHT && IsContainer(item)) return Expand(item);
    if (event.GetKeyCode() == WXK_LEFT && IsContainer(item)) return Collapse(item);
    event.Skip();
}

std::string CampaignTree::chosen() const {
    const wxDataViewItem item = GetSelection();
    const auto* data = item.IsOk() ? static_cast<const Data*>(GetItemData(item)) : nullptr;
    return data == nullptr ? std::string() : data->id;
}

std::string CampaignTree::chosen_campaign() const {
    const wxDataViewItem item = GetSelection();
    const auto* data = item.IsOk() ? static_cast<const Data*>(GetItemData(item)) : nullptr;
    if (data != nullptr) return data->campaign;
    return shown_.empty() ? std::string() : shown_.front().id;
}

void CampaignTree::choose(const std::string& id) {
    wanted_ = id;
    const auto found = items_.find(id);
    if (found == items_.end()) return;
    quiet_ = true;
    UnselectAll();
    Select(found->second);
    sz::ui::put_cursor_on_selection(*this);
    EnsureVisible(found->second);
    quiet_ = false;
    on_choose(id, false);
}

void CampaignTree::reload(bool tell) {
    tell_ |= tell;
    timer_.StartOnce(gather_ms);
}

void CampaignTree::ask() {
    bus_.call(
        "campaign.list", Json::object(),
        [this, generation = ++generation_](const Json& answer) {
            if (generation != generation_) return;
            coming_.clear();
            for (const Json& campaign : list_of(answer, "campaigns"))
                coming_.push_back(
                    {text_of(campaign, "id"),
                     label_of(campaign, "name"),
                     sz::ui::flag_of(campaign, "ok") ? wxString() : label_of(campaign, "reason"),
                     {}});
            ask_characters();
        },
        [this](const sz::ui::BusError& error) { on_problem(error.sentence()); });
}

void CampaignTree::ask_characters() {
    missing_ = coming_.size();
    if (missing_ == 0) return rebuild();
    const auto arrived = [this](std::size_t at, const Json& characters) {
        for (const Json& character : characters)
            coming_[at].characters.emplace_back(text_of(character, "id"),
                                                label_of(character, "name"));
        if (--missing_ == 0) rebuild();
    };
    for (std::size_t i = 0; i < coming_.size(); ++i)
        bus_.call(
            "character.list", {{"campaign", coming_[i].id}},
            [this, i, arrived, generation = generation_](const Json& answer) {
                if (generation == generation_) arrived(i, list_of(answer, "characters"));
            },
            [this, i, arrived, generation = generation_](const sz::ui::BusError&) {
                if (generation == generation_) arrived(i, Json::array());
            });
}

void CampaignTree::rebuild() {
    const bool tell = std::exchange(tell_, false);
    if (coming_ == shown_ && !tell) return;
    const bool had_focus = HasFocus();
    shown_ = coming_;
    quiet_ = true;
    DeleteAllItems();
    items_.clear();
    for (const CampaignItem& campaign : shown_) {
        const wxString name = campaign.problem.empty()
                                  ? campaign.name
                                  : campaign.name + " " + _("(cannot be opened)");
        const wxDataViewItem item =
            AppendContainer(wxDataViewItem(), name, -1, -1, new Data(campaign.id, campaign.id));
        items_[campaign.id] = item;
        for (const auto& [id, character_name] : campaign.characters)
            items_[id] = AppendItem(item, character_name, -1, new Data(id, campaign.id));
        Expand(item);
    }
    if (const auto found = items_.find(wanted_); found != items_.end()) {
        Select(found->second);
        sz::ui::put_cursor_on_selection(*this);
    }
    quiet_ = false;
    if (had_focus) SetFocus();
    on_loaded();
}

}  // namespace sheet
