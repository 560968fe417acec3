// SPDX-License-Identifier: AGPL-3.0-or-later
// Controls beside each other that go on in a next row where the window is too narrow. [ui-thread]
#pragma once

#include <wx/sizer.h>
#include <wx/window.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

namespace sz::ui {

// Its least width is that of its widest control, whatever stands around it: unlike wxWrapSizer it
// can stand in any other sizer, which need not tell it the width beforehand. A control is given the
// width that it likes best, and less where there is less; one with a proportion takes what is left
// of its row.
class FlowSizer : public wxSizer {
  public:
    // `owner` has the controls as its children. `on_resize` is called, later, when the number of
    // rows has changed and what is around must be laid out again.
    FlowSizer(wxWindow* owner, int space, std::function<void()> on_resize)
        : owner_(owner), space_(space), on_resize_(std::move(on_resize)) {}

    wxSize CalcMin() override {
        int widest = 0;
        for (wxSizerItem* item : shown()) widest = std::max(widest, item->CalcMin().x);
        return {widest, place(width_, false)};
    }
    void RepositionChildren(const wxSize&) override {
        const int before = place(width_, false);
        width_ = m_size.x;
        if (place(width_, true) != before) owner_->CallAfter([this] { on_resize_(); });
    }

  private:
    struct Piece {
        wxSizerItem* item;
        wxSize size;
    };

    [[nodiscard]] std::vector<wxSizerItem*> shown() const {
        std::vector<wxSizerItem*> items;
        for (wxSizerItem* item : GetChildren())
            if (item->IsShown()) items.push_back(item);
        return items;
    }

    static wxSize best_size(wxSizerItem& item) {
        wxSize size = item.CalcMin();
        if (item.IsWindow()) {
            const int around = size.x - item.GetMinSize().x;  // its borders
            size.x = std::max(size.x, item.GetWindow()->GetBestSize().x + around);
        }
        return size;
    }

    // The height of all rows in this width, 0 being not known yet.
    int place(int width, bool move) const {
        const int room = width > 0 ? width : std::numeric_limits<int>::max();
        std::vector<Piece> row;
        int used = 0, height = 0;
        for (wxSizerItem* item : shown()) {
            wxSize size = best_size(*item);
            size.x = std::min(size.x, room);
            if (!row.empty() && used + space_ > room - size.x) {
                height += end_row(row, room - used, height, move) + space_;
                row.clear();
                used = 0;
            }
            used += size.x + (row.empty() ? 0 : space_);
            row.push_back({item, size});
        }
        return height + end_row(row, room - used, height, move);
    }

    int end_row(const std::vector<Piece>& row, int left, int top, bool move) const {
        int height = 0, at = 0;
        for (const Piece& piece : row) height = std::max(height, piece.size.y);
        if (!move) return height;
        for (const Piece& piece : row) {
            wxSize size = piece.size;
            if (piece.item->GetProportion() > 0) size.x += std::exchange(left, 0);
            piece.item->SetDimension(m_position + wxPoint(at, top + (height - piece.size.y) / 2),
                                     size);
            at += size.x + space_;
        }
        return height;
    }

    wxWindow* owner_;
    int space_;  // between controls and between rows, in pixels
    int width_ = 0;
    std::function<void()> on_resize_;
};

}  // namespace sz::ui
