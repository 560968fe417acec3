// SPDX-License-Identifier: AGPL-3.0-or-later
// Makes a campaign, a character, or at the first start both: choose a template, give a name, press
// Enter.
#pragma once

#include <wx/scrolwin.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "campaign_tree.hpp"
#include "template_choice.hpp"

class wxButton;
class wxChoice;
class wxTextCtrl;
class wxStaticText;
namespace sz::ui {
class Notice;
}

namespace sheet {

class CreationPage : public wxScrolledWindow {
  public:
    enum class Makes { both, campaign, character };
    CreationPage(wxWindow* parent, sz::ui::PanelBus& bus, Makes makes);

    void begin(const std::vector<CampaignItem>& campaigns, const std::string& campaign);
    void reload_templates(bool waiting);  // as in TemplateChoice
    void focus_first();

    std::function<void(const std::string& id)> on_made;  // show its sheet
    std::function<void()> on_cancel;

  private:
    void build(Makes makes);
    wxTextCtrl* add_name(wxSizer& grid, const wxString& label, const wxString& hint);
    void create();
    void make_campaign();
    void make_character(const std::string& campaign);
    void failed(const sz::ui::BusError& error);
    [[nodiscard]] wxString missing() const;  // what is still to be typed, as a sentence

    sz::ui::PanelBus& bus_;
    Makes makes_;
    std::unique_ptr<TemplateChoice> session_, character_;
    wxTextCtrl* campaign_name_ = nullptr;
    wxTextCtrl* character_name_ = nullptr;
    wxChoice* campaign_ = nullptr;
    wxButton* create_ = nullptr;
    sz::ui::Notice* notice_ = nullptr;
    std::vector<std::string> campaign_ids_;
};

}  // namespace sheet
