// SPDX-License-Identifier: AGPL-3.0-or-later
// Small pieces of forms that are the same everywhere: a label before its control, a text that names
// a problem. [ui-thread]
#pragma once

#include <wx/bookctrl.h>
#include <wx/button.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/weakref.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "accessible.hpp"

namespace sz::ui {

inline constexpr int gap = 6;      // between things that belong together, in DIPs
inline constexpr int margin = 12;  // around a page

// Makes the label first and the control after it, so that tab order and screen readers agree, and
// ties them together. `make` is called with nothing and returns the control.
template <class Make>
auto* add_labelled(wxSizer& sizer, wxWindow* parent, const wxString& label, Make make,
                   const wxSizerFlags& control_flags) {
    auto* text = new wxStaticText(parent, wxID_ANY, label);
    auto* control = make();
    sizer.Add(text, wxSizerFlags().CentreVertical());
    sizer.Add(control, control_flags);
    set_label_of(*text, *control);
    return control;
}

template <class Work>
wxButton* add_button(wxSizer& sizer, wxWindow* parent, const wxString& label, Work work,
                     const wxSizerFlags& flags = {}) {
    auto* button = new wxButton(parent, wxID_ANY, label);
    button->Bind(wxEVT_BUTTON, [work = std::move(work)](wxCommandEvent&) { work(); });
    sizer.Add(button, flags);
    return button;
}

// Makes a field as high as a line of its font: with large text the toolkit keeps it at the height
// of small text.
inline void fit_line(wxTextCtrl& field) {
    const int height = std::max(field.GetBestSize().y, field.GetCharHeight() + field.FromDIP(10));
    field.SetMinSize(wxSize(field.GetMinSize().x, height));
}

// A heading of a page.
inline wxStaticText* make_heading(wxWindow* parent, const wxString& words) {
    auto* heading = new wxStaticText(parent, wxID_ANY, words, wxDefaultPosition, wxDefaultSize,
                                     wxST_ELLIPSIZE_END);
    wxFont font = heading->GetFont();
    font.SetFractionalPointSize(font.GetFractionalPointSize() * 1.3);
    font.SetWeight(wxFONTWEIGHT_BOLD);
    heading->SetFont(font);
    // The room for a larger font, which the toolkit does not make by itself.
    heading->SetMinSize(wxSize(-1, heading->GetCharHeight() + heading->FromDIP(6)));
    set_accessible_heading(*heading);
    return heading;
}

// Leaves the keyboard where it is while pages of a notebook come and go: the toolkit takes it into
// every page it shows, even if nobody sees it. Only a place that is no longer shown is given up.
class KeepFocus {
  public:
    KeepFocus() : focused_(wxWindow::FindFocus()) {}
    ~KeepFocus() {
        if (focused_ && wxWindow::FindFocus() != focused_.get() && focused_->IsShownOnScreen())
            focused_->SetFocus();
    }
    KeepFocus(const KeepFocus&) = delete;
    KeepFocus& operator=(const KeepFocus&) = delete;

  private:
    wxWeakRef<wxWindow> focused_;
};

inline void select_page_quietly(wxBookCtrlBase& book, int page) {
    if (page < 0 || page >= static_cast<int>(book.GetPageCount()) || page == book.GetSelection())
        return;
    const KeepFocus keep;
    book.ChangeSelection(static_cast<std::size_t>(page));
}

// A sentence that comes and goes: an error with its hint, a result. Wraps to the width of
// `width_of` (its parent, if none is given), is hidden while empty, and is read out when it
// changes.
class Notice : public wxStaticText {
  public:
    explicit Notice(wxWindow* parent, wxWindow* width_of = nullptr)
        : wxStaticText(parent, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize, wxST_NO_AUTORESIZE),
          width_of_(width_of == nullptr ? parent : width_of) {
        set_accessible_status(*this);
        Hide();
        width_of_->Bind(wxEVT_SIZE, &Notice::on_size, this);
    }
    ~Notice() override {
        if (width_of_) width_of_->Unbind(wxEVT_SIZE, &Notice::on_size, this);
    }

    void say(const wxString& words) {
        if (words == words_) return;
        words_ = words;
        Show(!words.empty());
        wrap();
        lay_out();
    }
    void clear() { say({}); }
    [[nodiscard]] const wxString& words() const { return words_; }

    // Lays out what is around; without it the parent's parent is laid out.
    std::function<void()> on_resize;

  private:
    void wrap() {
        SetLabelText(words_);
        const int width =
            width_of_->GetClientSize().x - (width_of_ == GetParent() ? 2 * FromDIP(margin) : 0);
        Wrap(std::max(width, FromDIP(160)));
        set_accessible_name(*this, words_);  // one sentence, wherever the lines end on the screen
        InvalidateBestSize();       // a text that does not resize itself remembers its first one
        SetMinSize(wxDefaultSize);  // the best size is never below it
        SetMinSize(words_.empty() ? wxSize(0, 0) : wxSize(FromDIP(60), GetBestSize().y));
        for_width_ = width_of_->GetClientSize().x;
    }
    void lay_out() {
        if (GetParent()->HasFlag(wxVSCROLL)) GetParent()->FitInside();
        GetParent()->Layout();
        if (on_resize) return on_resize();
        if (auto* above = GetParent()->GetParent()) above->Layout();
    }
    // More or fewer lines want another height; what goes on now was laid out for the old one.
    void on_size(wxSizeEvent& event) {
        event.Skip();
        if (words_.empty() || width_of_->GetClientSize().x == for_width_) return;
        const int before = GetMinSize().y;
        wrap();
        if (GetMinSize().y != before) CallAfter(&Notice::lay_out);
    }

    wxWeakRef<wxWindow> width_of_;
    wxString words_;
    int for_width_ = 0;
};

}  // namespace sz::ui
