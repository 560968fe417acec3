// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ui/desktop/bottom_strip.hpp"

#include <wx/gauge.h>
#include <wx/statline.h>
#include <wx/time.h>
#include <wx/translation.h>
#include <sz/wx/forms.hpp>

#include <algorithm>

namespace sz::desktop {

using ui::Json;
using ui::label_of;
using ui::number_of;
using ui::text_of;

namespace {

constexpr int seen_after_ms = 1000;

wxStaticText* make_status(wxWindow* parent) {
    auto* text = new wxStaticText(parent, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                                  wxST_ELLIPSIZE_END | wxST_NO_AUTORESIZE);
    ui::set_accessible_status(*text);
    return text;
}

}  // namespace

BottomStrip::BottomStrip(wxWindow* parent) : wxPanel(parent) {
    auto* column = new wxBoxSizer(wxVERTICAL);
    column->Add(new wxStaticLine(this), wxSizerFlags().Expand());
    auto* line = new wxBoxSizer(wxHORIZONTAL);
    const auto cell = wxSizerFlags().CentreVertical().Border(wxALL, FromDIP(4));
    words_ = make_status(this);
    line->Add(words_, wxSizerFlags(cell).Proportion(1));
    task_words_ = make_status(this);
    line->Add(task_words_, wxSizerFlags(cell).Proportion(1));
    gauge_ = new wxGauge(this, wxID_ANY, 1000, wxDefaultPosition, FromDIP(wxSize(120, -1)),
                         wxGA_HORIZONTAL | wxGA_SMOOTH);
    ui::set_accessible_name(*gauge_, _("Progress of what runs"));
    line->Add(gauge_, cell);
    cancel_ = ui::add_button(
        *line, this, _("Cancel"),
        [this] {
            if (bus_ == nullptr || running_.empty()) return;
            bus_->call("task.cancel", {{"task", running_.rbegin()->first}}, {},
                       [](const ui::BusError&) {});
        },
        cell);
    ui::set_accessible_name(*cancel_, _("Cancel what runs"));
    column->Add(line, wxSizerFlags(1).Expand());
    SetSizer(column);
    SetMinSize(
        wxSize(-1, GetBestSize().y));  // the window does not jump when something begins to run
    show_running();
}

void BottomStrip::say(const wxString& words) {
    words_->SetLabelText(words);
    words_->SetToolTip(words);
}

void BottomStrip::follow_tasks(ui::PanelBus& bus) {
    bus_ = &bus;
    bus.subscribe("task.progress", [this](const Json& message) { on_progress(message); });
}

void BottomStrip::on_progress(const Json& message) {
    const std::string task = text_of(message, "task"), state = text_of(message, "state");
    const wxString title = label_of(message, "title");
    if (state == "running") {
        if (running_.empty()) say({});  // what was said of another
        const auto begun = running_.try_emplace(task, Running{{}, wxGetUTCTimeMillis()}).first;
        begun->second.last = message;
    } else {
        const auto known = running_.find(task);
        const bool was_seen = known != running_.end() &&
                              wxGetUTCTimeMillis() - known->second.since_ms >= seen_after_ms;
        running_.erase(task);
        const bool at_fault = ui::member_of(ui::object_of(message, "result"), "ok") == Json(false);
        // Whoever asked for what was done at once sees that it is.
        if (state == "done" && was_seen)
            say(wxString::Format(at_fault ? _("%s: ended with errors") : _("%s: done"), title));
        if (state == "cancelled") say(wxString::Format(_("%s: cancelled"), title));
        if (state == "failed")
            say(title + ": " + label_of(ui::object_of(message, "error"), "message"));
    }
    show_running();
}

void BottomStrip::show_running() {
    const bool any = !running_.empty();
    for (wxWindow* part : {static_cast<wxWindow*>(task_words_), static_cast<wxWindow*>(gauge_),
                           static_cast<wxWindow*>(cancel_)})
        part->Show(any);
    if (any) {
        const Json& last = running_.rbegin()->second.last;
        const std::int64_t done = number_of(last, "done"), total = number_of(last, "total");
        wxString words = label_of(last, "title");
        if (const wxString what = label_of(last, "what"); !what.empty()) words += ": " + what;
        if (running_.size() > 1)
            words +=
                " " + wxString::Format(_("(and %d more)"), static_cast<int>(running_.size()) - 1);
        task_words_->SetLabelText(words);
        if (total > 0)
            gauge_->SetValue(
                static_cast<int>(std::clamp<std::int64_t>(done * 1000 / total, 0, 1000)));
        else
            gauge_->Pulse();
    }
    Layout();
}

}  // namespace sz::desktop
