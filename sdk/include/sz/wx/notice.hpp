// SPDX-License-Identifier: AGPL-3.0-or-later
// A sentence that comes and goes: an error with its hint, a result. [ui-thread]
#pragma once

#include <wx/scrolwin.h>
#include <wx/sizer.h>
#include <wx/stattext.h>
#include <wx/translation.h>
#include <wx/weakref.h>

#include <algorithm>
#include <functional>

#include "accessible.hpp"

namespace sz::ui {

inline constexpr int gap = 6;      // between things that belong together, in DIPs
inline constexpr int margin = 12;  // around a page

// Scrolls the page that a window stands on just so far that it is seen.
inline void reveal(const wxWindow& window) {
    if (!window.IsShownOnScreen()) return;
    wxWindow* above = window.GetParent();
    while (above != nullptr && dynamic_cast<wxScrolledWindow*>(above) == nullptr)
        above = above->GetParent();
    auto* page = dynamic_cast<wxScrolledWindow*>(above);
    if (page == nullptr) return;
    int step_x = 0, step_y = 0, at_x = 0, at_y = 0;
    page->GetScrollPixelsPerUnit(&step_x, &step_y);
    page->GetViewStart(&at_x, &at_y);
    if (step_y <= 0) return;
    const wxRect place(page->ScreenToClient(window.GetScreenPosition()), window.GetSize());
    const int below = place.GetBottom() + page->FromDIP(gap) - page->GetClientSize().y;
    if (place.y < 0 || place.height > page->GetClientSize().y)
        page->Scroll(at_x, std::max(0, at_y + (place.y - step_y + 1) / step_y));
    else if (below > 0)
        page->Scroll(at_x, at_y + (below + step_y - 1) / step_y);
}

// Wraps to the width of `width_of` (its parent, if none is given), is hidden while empty, and is
// read out when it changes. An error begins with the word, in bold: colours alone say nothing to
// many people, and none is readable on every theme.
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

    void say(const wxString& words) { set(words, {}); }
    // Something is wrong and the person is to mend it.
    void warn(const wxString& words) { set(words, words.empty() ? wxString() : _("Error:")); }
    void clear() { say({}); }
    [[nodiscard]] const wxString& words() const { return words_; }

    // Lays out what is around; without it the parent's parent is laid out.
    std::function<void()> on_resize;

  private:
    void set(const wxString& words, const wxString& sign) {
        if (words == words_ && sign == sign_) return;
        words_ = words;
        sign_ = sign;
        Show(!words.empty());
        wrap();
        lay_out();
    }
    static wxString quoted(wxString words) {
        words.Replace("&", "&amp;");
        words.Replace("<", "&lt;");
        words.Replace(">", "&gt;");
        return words;
    }
    // Lines are broken between words; a word that is wider than a line is broken within.
    [[nodiscard]] wxString with_breaks(const wxString& words, int width) const {
        wxString out, word;
        for (const wxUniChar letter : words) {
            if (letter == ' ' || letter == '\n')
                word.clear();
            else if (GetTextExtent(word + letter).x > width) {
                out += '\n';
                word = letter;
            } else
                word += letter;
            out += letter;
        }
        return out;
    }
    void wrap() {
        const wxString all = sign_.empty() ? words_ : sign_ + " " + words_;
        // Bold letters, which come after the wrapping, are wider.
        const int bold = sign_.empty() ? 0 : GetTextExtent(sign_).x / 4;
        const int room =
            width_of_->GetClientSize().x - (width_of_ == GetParent() ? 2 * FromDIP(margin) : 0);
        const int width = std::max(room, FromDIP(160)) - bold;
        SetLabelText(with_breaks(all, width));
        Wrap(width);
        if (!sign_.empty())
            SetLabelMarkup("<b>" + quoted(sign_) + "</b>" +
                           quoted(GetLabelText().Mid(sign_.length())));
        set_accessible_name(*this, all);  // one sentence, wherever the lines end on the screen
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
    wxString sign_;  // before the words, "" for none
    int for_width_ = 0;
};

}  // namespace sz::ui
