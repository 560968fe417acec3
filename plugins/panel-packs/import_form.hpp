// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a pack comes from: a typed path, a chosen file or folder, its format; and the progress of
// what was started. Import and check never block: both are tasks of the kernel that can be
// cancelled.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <string>
#include <vector>

class wxButton;
class wxChoice;
class wxGauge;
class wxStaticText;
class wxTextCtrl;

namespace sz::ui {
class Notice;
}

namespace packs {

using sz::ui::Json;

class ImportForm : public wxPanel {
  public:
    ImportForm(wxWindow* parent, sz::ui::PanelBus& bus);

    void set_path(const wxString& path);
    [[nodiscard]] wxString path() const;
    void import_now();  // what the field names
    void import_paths(const std::vector<std::string>& paths);
    void check(const std::vector<std::string>& paths);  // files or folders
    void say(const wxString& words);
    [[nodiscard]] wxWindow* field();
    [[nodiscard]] bool is_busy() const { return !task_.empty(); }

    std::function<void(const Json& result, bool imported)> on_result;
    std::function<void()> on_begin;

  private:
    void build();
    [[nodiscard]] std::string full_path() const;
    void ask_formats();
    void choose_file();
    void choose_folder();
    void begin(const std::string& method, const Json& params, bool imports);
    void follow(const std::string& task, bool imports);
    void on_progress(const Json& message);
    void finished(const Json& result, bool imports);
    void failed(const sz::ui::BusError& error, const Json& raw);
    void set_busy(bool busy);
    [[nodiscard]] wxString result_words(const Json& result, bool imports) const;

    sz::ui::PanelBus& bus_;
    wxTextCtrl* path_;
    wxChoice* format_;
    wxButton* import_;
    wxButton* check_;
    wxButton* cancel_;
    wxGauge* gauge_;
    wxStaticText* progress_;
    sz::ui::Notice* notice_;
    std::vector<std::string> formats_;  // of the choice's items after the first
    std::string task_;
    bool starting_ = false;
};

}  // namespace packs
