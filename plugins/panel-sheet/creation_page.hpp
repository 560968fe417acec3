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
    struct Name {
        wxTextCtrl* field = nullptr;  // null: this form does not ask for it
        sz::ui::Notice* notice = nullptr;
        [[nodiscard]] wxString value() const;
    };
    Name add_name(wxSizer& grid, const wxString& label, const wxString& hint);
    void clear_notices();
    void create();
    void make_campaign();
    void make_character(const std::string& campaign);
    void failed(const sz::ui::BusError& error);
    [[nodiscard]] bool is_complete();  // says what is still to be chosen or typed, and goes there
    static bool miss(sz::ui::Notice& notice, const wxString& words, wxWindow* control);

    sz::ui::PanelBus& bus_;
    Makes makes_;
    std::unique_ptr<TemplateChoice> session_, character_;
    Name campaign_name_, character_name_;
    wxChoice* campaign_ = nullptr;
    wxButton* create_ = nullptr;
    sz::ui::Notice* notice_ = nullptr;  // what is wrong with the whole; above the fields
    std::vector<std::string> campaign_ids_;
};

}  // namespace sheet
