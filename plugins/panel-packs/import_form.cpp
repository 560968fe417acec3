// SPDX-License-Identifier: AGPL-3.0-or-later
#include "import_form.hpp"

#include <wx/choice.h>
#include <wx/dirdlg.h>
#include <wx/filedlg.h>
#include <wx/filename.h>
#include <wx/filesys.h>
#include <wx/gauge.h>
#include <wx/statbox.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

namespace packs {

using sz::ui::BusError;
using sz::ui::flag_of;
using sz::ui::from_utf8;
using sz::ui::gap;
using sz::ui::label_of;
using sz::ui::list_of;
using sz::ui::number_of;
using sz::ui::text_of;
using sz::ui::to_utf8;

namespace {
constexpr std::uint32_t task_deadline_ms = 60 * 60 * 1000;  // a person waits and can cancel

// "Imported Core Rules 1.2.0 with 340 entries in 12 datasets."
wxString imported_words(const Json& pack) {
    const auto entries = static_cast<long long>(number_of(pack, "entries")),
               datasets = static_cast<long long>(number_of(pack, "datasets"));
    const wxString holds = wxString::Format(
        wxPLURAL("%lld entry", "%lld entries", static_cast<unsigned>(entries)), entries);
    const wxString in = wxString::Format(
        wxPLURAL("%lld dataset", "%lld datasets", static_cast<unsigned>(datasets)), datasets);
    const std::string name = text_of(pack, "name");
    return wxString::Format(_("Imported %s %s with %s in %s."),
                            from_utf8(name.empty() ? text_of(pack, "id") : name),
                            label_of(pack, "version"), holds, in);
}

}  // namespace

ImportForm::ImportForm(wxWindow* parent, sz::ui::PanelBus& bus) : wxPanel(parent), bus_(bus) {
    build();
    set_busy(false);
    bus_.subscribe("task.progress", [this](const Json& message) { on_progress(message); });
    ask_formats();
}

void ImportForm::build() {
    auto* column = new wxBoxSizer(wxVERTICAL);
    auto* grid = new wxFlexGridSizer(2, FromDIP(wxSize(gap, gap)));
    grid->AddGrowableCol(1);
    auto* label = new wxStaticText(this, wxID_ANY, _("File or f&older"));
    grid->Add(label, wxSizerFlags().CentreVertical());
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    path_ =
        new wxTextCtrl(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxTE_PROCESS_ENTER);
    path_->SetHint(_("Type a path, choose one, or drop a file onto the window"));
    sz::ui::set_label_of(*label, *path_);
    sz::ui::fit_line(*path_);
    line->Add(path_, wxSizerFlags(1).CentreVertical());
    const auto beside = wxSizerFlags().CentreVertical().Border(wxLEFT, FromDIP(gap));
    sz::ui::add_button(
        *line, this, _("&Choose file..."), [this] { choose_file(); }, beside);
    sz::ui::add_button(
        *line, this, _("Choose fo&lder..."), [this] { choose_folder(); }, beside);
    grid->Add(line, wxSizerFlags().Expand());
    auto* format_label = new wxStaticText(this, wxID_ANY, _("For&mat"));
    grid->Add(format_label, wxSizerFlags().CentreVertical());
    auto* actions = new wxBoxSizer(wxHORIZONTAL);
    format_ = new wxChoice(this, wxID_ANY);
    format_->Append(_("Recognise by itself"));
    format_->SetSelection(0);
    sz::ui::set_label_of(*format_label, *format_);
    actions->Add(format_, wxSizerFlags().CentreVertical());
    import_ = sz::ui::add_button(
        *actions, this, _("&Import"), [this] { import_now(); }, beside);
    check_ = sz::ui::add_button(
        *actions, this, _("Chec&k only"), [this] { check({full_path()}); }, beside);
    grid->Add(actions, wxSizerFlags().Expand());
    column->Add(grid, wxSizerFlags().Expand());

    auto* running = new wxBoxSizer(wxHORIZONTAL);
    gauge_ = new wxGauge(this, wxID_ANY, 1000, wxDefaultPosition, FromDIP(wxSize(160, -1)),
                         wxGA_HORIZONTAL | wxGA_SMOOTH);
    sz::ui::set_accessible_name(*gauge_, _("Progress"));
    running->Add(gauge_, wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    cancel_ = sz::ui::add_button(
        *running, this, _("C&ancel"),
        [this] {
            bus_.call("task.cancel", {{"task", task_}}, {}, [](const BusError&) {});
        },
        wxSizerFlags().CentreVertical().Border(wxRIGHT, FromDIP(gap)));
    progress_ = new wxStaticText(this, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                                 wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    sz::ui::set_accessible_status(*progress_);
    running->Add(progress_, wxSizerFlags(1).CentreVertical());
    column->Add(running, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    notice_ = new sz::ui::Notice(this);
    column->Add(notice_, wxSizerFlags().Expand().Border(wxTOP, FromDIP(gap)));
    SetSizer(column);
    path_->Bind(wxEVT_TEXT_ENTER, [this](wxCommandEvent&) { import_now(); });
}

void ImportForm::ask_formats() {
    bus_.call(
        "pack.formats", Json::object(),
        [this](const Json& answer) {
            for (const Json& format : list_of(answer, "formats")) {
                if (!flag_of(format, "reads")) continue;
                formats_.push_back(text_of(format, "name"));
                format_->Append(label_of(format, "title"));
            }
            Layout();
        },
        [](const BusError&) {});
}

wxWindow* ImportForm::field() { return path_; }
wxString ImportForm::path() const { return path_->GetValue().Trim().Trim(false); }

// As a person types it: "~" is their home, and a relative path begins in the folder in which the
// program was started.
std::string ImportForm::full_path() const {
    if (path().empty()) return {};
    // A file manager copies an address.
    wxFileName name(path().StartsWith("file://") ? wxFileSystem::URLToFileName(path())
                                                 : wxFileName(path()));
    name.Normalize(wxPATH_NORM_TILDE | wxPATH_NORM_DOTS | wxPATH_NORM_ABSOLUTE);
    return to_utf8(name.GetFullPath());
}

void ImportForm::say(const wxString& words) { notice_->say(words); }

void ImportForm::set_path(const wxString& path) {
    path_->ChangeValue(path);
    path_->SetInsertionPointEnd();
}

void ImportForm::choose_file() {
    wxFileDialog dialog(wxGetTopLevelParent(this), _("Choose a pack"), {}, {},
                        _("Packs (*.szp;*.szpack)|*.szp;*.szpack|All files|*"),
                        wxFD_OPEN | wxFD_FILE_MUST_EXIST);
    if (dialog.ShowModal() == wxID_OK) set_path(dialog.GetPath());
    path_->SetFocus();
}

void ImportForm::choose_folder() {
    wxDirDialog dialog(wxGetTopLevelParent(this), _("Choose a folder"), {},
                       wxDD_DEFAULT_STYLE | wxDD_DIR_MUST_EXIST);
    if (dialog.ShowModal() == wxID_OK) set_path(dialog.GetPath());
    path_->SetFocus();
}

void ImportForm::import_now() {
    if (path().empty()) return say(_("Type or choose the file or folder that is to be imported."));
    import_paths({full_path()});
}

void ImportForm::import_paths(const std::vector<std::string>& paths) {
    Json params{{"paths", paths}};
    if (format_->GetSelection() > 0)
        params["format"] = formats_[static_cast<std::size_t>(format_->GetSelection() - 1)];
    begin("pack.import", params, true);
}

void ImportForm::check(const std::vector<std::string>& paths) {
    if (paths.empty() || paths.front().empty())
        return say(_("Type or choose the file or folder that is to be checked."));
    begin("pack.validate", {{"paths", paths}}, false);
}

void ImportForm::begin(const std::string& method, const Json& params, bool imports) {
    if (is_busy() || starting_)
        return say(_("An import is running. When it is done, or cancelled, the next can begin."));
    starting_ = true;
    notice_->clear();
    if (on_begin) on_begin();
    bus_.call(
        method, params,
        [this, imports](const Json& answer) { follow(text_of(answer, "task"), imports); },
        [this](const BusError& error) { failed(error, Json::object()); });
}

void ImportForm::follow(const std::string& task, bool imports) {
    starting_ = false;
    task_ = task;
    progress_->SetLabelText(_("Starting"));
    gauge_->Pulse();
    set_busy(true);
    bus_.call(
        "task.wait", {{"task", task}},
        [this, imports](const Json& result) { finished(result, imports); },
        [this](const BusError& error) { failed(error, Json::object()); }, task_deadline_ms);
}

void ImportForm::on_progress(const Json& message) {
    if (task_.empty() || text_of(message, "task") != task_ ||
        text_of(message, "state") != "running")
        return;
    const std::int64_t total = number_of(message, "total"), done = number_of(message, "done");
    if (total > 0)
        gauge_->SetValue(static_cast<int>(std::min<std::int64_t>(1000, done * 1000 / total)));
    else
        gauge_->Pulse();
    wxString words = label_of(message, "what");
    if (total > 0)
        words = wxString::Format(_("%lld of %lld"), static_cast<long long>(done),
                                 static_cast<long long>(total)) +
                "  " + words;
    progress_->SetLabelText(words);
}

void ImportForm::finished(const Json& result, bool imports) {
    set_busy(false);
    say(result_words(result, imports));
    if (on_result) on_result(result, imports);
}

void ImportForm::failed(const BusError& error, const Json& raw) {
    starting_ = false;
    set_busy(false);
    say(error.is_cancelled() ? _("Cancelled. Nothing was changed.") : error.sentence());
    if (on_result) on_result(raw, false);
}

void ImportForm::set_busy(bool busy) {
    if (!busy) task_.clear();
    gauge_->Show(busy);
    cancel_->Show(busy);
    progress_->Show(busy);
    const bool had_focus = import_->HasFocus() || check_->HasFocus() || cancel_->HasFocus();
    import_->Enable(!busy);
    check_->Enable(!busy);
    GetParent()->Layout();
    Layout();
    if (had_focus)
        (busy ? static_cast<wxWindow*>(cancel_) : static_cast<wxWindow*>(path_))->SetFocus();
}

wxString ImportForm::result_words(const Json& result, bool imports) const {
    const bool ok = flag_of(result, "ok");
    if (!imports)
        return ok ? _("No errors found.")
                  : _("There are errors; each stands below with its place and a way out.");
    if (!ok && list_of(result, "packs").empty())
        return _("Nothing was imported. Every fault stands below with its place and a way out.");
    wxString words;
    for (const Json& pack : list_of(result, "packs")) words += imported_words(pack) + " ";
    if (!ok)
        words +=
            _("The rest was not imported; every fault stands below with its place and a way out.") +
            " ";
    if (result.contains("read"))
        words += wxString::Format(_("%lld records read, %lld entries written."),
                                  static_cast<long long>(number_of(result, "read")),
                                  static_cast<long long>(number_of(result, "written")));
    words.Trim();
    return words;
}

}  // namespace packs
