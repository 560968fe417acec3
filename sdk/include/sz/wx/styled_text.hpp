// SPDX-License-Identifier: AGPL-3.0-or-later
// Read-only text with headings, bold, lists: a native multiline text control, which a screen reader
// reads line by line and the keyboard can walk through (an HTML window shows it nothing).
// [ui-thread]
#pragma once

#include <wx/settings.h>
#include <wx/textctrl.h>

#include <array>
#include <string_view>

#include "accessible.hpp"
#include "text.hpp"

namespace sz::ui {

class StyledText : public wxTextCtrl {
  public:
    // How a run of text looks.
    struct Style {
        int heading = 0;  // 1 … 6; 0 is body text
        bool bold = false, italic = false, struck = false, code = false, link = false,
             muted = false;
        int indent = 0;  // steps
    };

    StyledText(wxWindow* parent, const wxString& name, long more_style = 0)
        : wxTextCtrl(parent, wxID_ANY, {}, wxDefaultPosition, wxDefaultSize,
                     wxTE_MULTILINE | wxTE_READONLY | wxTE_RICH2 | more_style) {
        set_accessible_name(*this, name);
#ifdef __WXGTK__
        GtkTextView* view = GTK_TEXT_VIEW(inner_widget(*this));
        const int space = FromDIP((more_style & wxBORDER_MASK) == wxBORDER_NONE ? 0 : 8);
        gtk_text_view_set_left_margin(view, space);
        gtk_text_view_set_right_margin(view, space);
        gtk_text_view_set_top_margin(view, space / 2);
        gtk_text_view_set_bottom_margin(view, space / 2);
#endif
    }

    void write(const wxString& text, const Style& style) {
        SetDefaultStyle(wxTextAttr());  // styles add up otherwise
        SetDefaultStyle(attributes(style));
        AppendText(text);
    }
    void write(const wxString& text) { write(text, Style{}); }

    // Replaces everything with what `fill` writes, without flicker, and goes to the top.
    template <class Fill>
    void fill(Fill fill_with) {
        Freeze();
        SetDefaultStyle(wxTextAttr());
        Clear();
        fill_with(*this);
        SetInsertionPoint(0);
        ShowPosition(0);
        Thaw();
    }

  private:
    [[nodiscard]] wxTextAttr attributes(const Style& style) const {
        // Each heading is so many percent of body text.
        static constexpr std::array<int, 7> percent{100, 150, 130, 115, 107, 100, 100};
        wxFont font = GetFont();
        const auto level =
            static_cast<std::size_t>(style.heading < 0 || style.heading > 6 ? 0 : style.heading);
        if (style.code) font.SetFamily(wxFONTFAMILY_TELETYPE), font.SetFaceName("monospace");
        font.SetFractionalPointSize(font.GetFractionalPointSize() * percent[level] / 100.0);
        if (style.bold || level > 0) font.SetWeight(wxFONTWEIGHT_BOLD);
        if (style.italic) font.SetStyle(wxFONTSTYLE_ITALIC);
        if (style.struck) font.SetStrikethrough(true);
        if (style.link) font.SetUnderlined(true);
        wxTextAttr attr;
        attr.SetFont(font);
        // In tenths of a millimetre; it takes the place of the control's own margin, so that is
        // added.
        if (style.indent > 0) attr.SetLeftIndent(20 + style.indent * 50);
        if (style.link) attr.SetTextColour(wxSystemSettings::GetColour(wxSYS_COLOUR_HOTLIGHT));
        if (style.muted) attr.SetTextColour(wxSystemSettings::GetColour(wxSYS_COLOUR_GRAYTEXT));
        return attr;
    }
};

}  // namespace sz::ui
