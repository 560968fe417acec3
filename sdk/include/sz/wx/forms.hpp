// SPDX-License-Identifier: AGPL-3.0-or-later
// Small pieces of forms that are the same everywhere: a label before its control, a button, and
// with notice.hpp and flow.hpp the sentence and the row of buttons that wrap. [ui-thread]
#pragma once

#include <wx/bookctrl.h>
#include <wx/button.h>
#include <wx/choice.h>
#include <wx/settings.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/textctrl.h>
#include <wx/weakref.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "accessible.hpp"
#include "flow.hpp"
#include "notice.hpp"

namespace sz::ui {

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

// A button of a row of several that stands in a form: not wider than its word needs.
template <class Work>
wxButton* add_small_button(wxSizer& sizer, wxWindow* parent, const wxString& label, Work work) {
    auto* button =
        new wxButton(parent, wxID_ANY, label, wxDefaultPosition, wxDefaultSize, wxBU_EXACTFIT);
    const wxSize words = button->GetTextExtent(button->GetLabelText());
    button->SetMinSize(words + button->FromDIP(wxSize(18, 14)));
    button->Bind(wxEVT_BUTTON, [work = std::move(work)](wxCommandEvent&) { work(); });
    sizer.Add(button);
    return button;
}

// Makes a field as high as a line of its font: with large text the toolkit keeps it at the height
// of small text.
inline void fit_line(wxTextCtrl& field) {
    const int height = std::max(field.GetBestSize().y, field.GetCharHeight() + field.FromDIP(10));
    field.SetMinSize(wxSize(field.GetMinSize().x, height));
}

// The words of a button whose room may be too small for them: they end with dots, and begin where a
// reader begins. The toolkit's own button cuts both ends off.
inline void set_button_words(wxButton& button, const wxString& words) {
    button.SetLabelText(words);
#ifdef __WXGTK__
    GtkWidget* label = gtk_bin_get_child(GTK_BIN(button.GetHandle()));  // made anew with each text
    if (label != nullptr && GTK_IS_LABEL(label))
        gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
#endif
    button.InvalidateBestSize();
    button.SetMinSize(wxSize(button.FromDIP(120), -1));
}

// Makes a choice as high as a line of its font, and lets it be narrower than its longest text,
// which then ends with dots. To be called when it has its texts.
inline void fit_choice(wxChoice& choice) {
#ifdef __WXGTK__
    GList* cells = gtk_cell_layout_get_cells(GTK_CELL_LAYOUT(choice.GetHandle()));
    for (GList* cell = cells; cell != nullptr; cell = cell->next)
        if (GTK_IS_CELL_RENDERER_TEXT(cell->data))
            g_object_set(cell->data, "ellipsize", PANGO_ELLIPSIZE_END, nullptr);
    g_list_free(cells);
#endif
    choice.SetMinSize(wxDefaultSize);
    choice.InvalidateBestSize();
    const int line = choice.GetCharHeight() + choice.FromDIP(14);
    choice.SetMinSize(wxSize(choice.FromDIP(120), std::max(choice.GetBestSize().y, line)));
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

}  // namespace sz::ui
