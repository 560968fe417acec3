// SPDX-License-Identifier: AGPL-3.0-or-later
// A picture out of a pack: PNG, JPEG, GIF or SVG, fitted into a box. [ui-thread]
//
// A pack is hostile: the file is looked at only up to a size, and a picture with absurd dimensions
// is not decoded at all.
#pragma once

#include <wx/bmpbndl.h>
#include <wx/file.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/statbmp.h>

#include <algorithm>

#include "accessible.hpp"

namespace sz::ui {

class Picture : public wxStaticBitmap {
  public:
    Picture(wxWindow* parent, int box_dip)
        : wxStaticBitmap(parent, wxID_ANY, wxBitmap(1, 1)), box_dip_(box_dip) {
        Hide();
    }

    // Shows the file, or hides the control. Returns whether there is something to see. `words`:
    // what a screen reader says.
    bool show_file(const wxString& path, const wxString& words) {
        const wxBitmap bitmap = path.empty() ? wxBitmap() : load(path);
        Show(bitmap.IsOk());
        if (bitmap.IsOk()) SetBitmap(bitmap);
        set_accessible_name(*this, words);
        InvalidateBestSize();
        return bitmap.IsOk();
    }

  private:
    static constexpr wxFileOffset file_bytes_max = 16 * 1024 * 1024;
    static constexpr int side_max = 8192;

    [[nodiscard]] wxBitmap load(const wxString& path) const {
        wxLogNull quiet;  // a damaged picture is no message box
        wxFile file(path);
        if (!file.IsOpened() || file.Length() > file_bytes_max) return {};
        file.Close();
        const int box = FromDIP(box_dip_);
        if (path.Lower().EndsWith(".svg")) {
            const wxBitmapBundle svg = wxBitmapBundle::FromSVGFile(path, wxSize(box, box));
            return svg.IsOk() ? svg.GetBitmap(wxSize(box, box)) : wxBitmap();
        }
        wxImage image;
        image.SetOption(wxIMAGE_OPTION_MAX_WIDTH, 4 * box);  // JPEG: decoded small
        image.SetOption(wxIMAGE_OPTION_MAX_HEIGHT, 4 * box);
        if (!image.LoadFile(path) || image.GetWidth() > side_max || image.GetHeight() > side_max)
            return {};
        const double scale =
            std::min({1.0, double(box) / image.GetWidth(), double(box) / image.GetHeight()});
        image.Rescale(std::max(1, int(image.GetWidth() * scale)),
                      std::max(1, int(image.GetHeight() * scale)), wxIMAGE_QUALITY_HIGH);
        return wxBitmap(image);
    }

    int box_dip_;
};

}  // namespace sz::ui
