// SPDX-License-Identifier: AGPL-3.0-or-later
// What a sheet view does with who sees and who changes: asks, marks, and shows it as a member does.
#include <wx/notebook.h>
#include <sz/wx/forms.hpp>

#include "access_form.hpp"
#include "access_words.hpp"
#include "section_page.hpp"
#include "see_as.hpp"
#include "sheet_header.hpp"
#include "sheet_view.hpp"

namespace sheet {

using sz::ui::list_of;
using sz::ui::text_of;

void SheetView::ask_members() {
    services_.bus.call(
        "campaign.members", {{"id", campaign_}},
        [this, generation = generation_](const Json& answer) {
            if (generation != generation_) return;
            std::vector<Member> members;
            for (const Json& one : list_of(answer, "members")) {
                const std::string role = text_of(one, "role");
                members.push_back({text_of(one, "client_id"), sz::ui::label_of(one, "name"),
                                   role == "gm" || role == "assistant"});
            }
            if (members == services_.members) return;
            services_.members = std::move(members);
            see_as_->show_members();
            show_decided();
        },
        [this](const sz::ui::BusError& error) { header_->warn(error.sentence()); });
}

// Beside each field, group and section of which something was decided, and below the name.
void SheetView::show_decided() {
    const Json& decided = sz::ui::member_of(sheet_, "decided");
    header_->show_decided(decided_words(services_, decided, {}));
    for (SectionPage* section : sections_) section->show_decided(decided);
    if (access_->IsShown()) access_->show_sheet(sheet_);
}

void SheetView::decide_access() {
    if (id_.empty() || services_.read_only || !sheet_.contains("decided")) return;
    const FieldRow* field = focused_row();
    const int at = page();
    const bool in_section = at >= 0 && at < static_cast<int>(sections_.size());
    const std::string path = field != nullptr ? field->path()
                             : in_section     ? sections_[static_cast<std::size_t>(at)]->id()
                                              : std::string();
    if (!access_->IsDescendant(wxWindow::FindFocus())) before_access_ = wxWindow::FindFocus();
    access_->Show();
    Layout();
    access_->begin(sheet_, path);
}

void SheetView::close_access() {
    if (!access_->IsShown()) return;
    const bool had_keyboard = access_->IsDescendant(wxWindow::FindFocus());
    access_->Hide();
    Layout();
    if (!had_keyboard) return;
    before_access_ && before_access_->IsShownOnScreen() ? before_access_->SetFocus()
                                                        : focus_first();
}

// Built anew: another member gets other fields, and nothing of theirs can be changed.
void SheetView::see_as(const std::string& client_id) {
    leave();
    close_access();
    services_.as = client_id;
    services_.read_only = !client_id.empty();
    shape_.clear();
    load();
}

}  // namespace sheet
