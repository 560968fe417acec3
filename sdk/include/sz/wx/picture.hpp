// SPDX-License-Identifier: AGPL-3.0-or-later
// A picture out of a pack: PNG, JPEG, GIF or SVG, fitted into a box. [ui-thread]
//
// A pack is hostile: the file is read once and only up to a size, and a picture that says absurd
// dimensions, or none, is not decoded at all.
#pragma once

#include <wx/bmpbndl.h>
#include <wx/file.h>
#include <wx/image.h>
#include <wx/log.h>
#include <wx/mstream.h>
#include <wx/statbmp.h>

#include <algorithm>
#include <string>

#include "accessible.hpp"
#include "image_size.hpp"

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
    static constexpr std::uint32_t side_max = 8192;

    // The decoder is chosen by what the size was read from, never by guessing once more.
    static wxBitmapType type_of(ImageKind kind) {
        switch (kind) {
            case ImageKind::png: return wxBITMAP_TYPE_PNG;
            case ImageKind::gif: return wxBITMAP_TYPE_GIF;
            case ImageKind::jpeg: return wxBITMAP_TYPE_JPEG;
            case ImageKind::webp: break;  // not every wx has it
        }
        return wxBITMAP_TYPE_INVALID;
    }

    [[nodiscard]] wxBitmap load(const wxString& path) const {
        wxLogNull quiet;  // a damaged picture is no message box
        wxFile file(path);
        if (!file.IsOpened() || file.Length() > file_bytes_max) return {};
        const int box = FromDIP(box_dip_);
        if (path.Lower().EndsWith(".svg")) {
            const wxBitmapBundle svg = wxBitmapBundle::FromSVGFile(path, wxSize(box, box));
            return svg.IsOk() ? svg.GetBitmap(wxSize(box, box)) : wxBitmap();
        }
        std::string content(static_cast<std::size_t>(file.Length()), '\0');
        if (file.Read(content.data(), content.size()) != static_cast<ssize_t>(content.size()))
            return {};
        const auto size = image_size(content);
        if (!size || !size->fits(side_max)) return {};
        wxMemoryInputStream stream(content.data(), content.size());
        wxImage image;
        image.SetOption(wxIMAGE_OPTION_MAX_WIDTH, 4 * box);  // JPEG: decoded small
        image.SetOption(wxIMAGE_OPTION_MAX_HEIGHT, 4 * box);
        if (!image.LoadFile(stream, type_of(size->kind))) return {};
        const double scale =
            std::min({1.0, double(box) / image.GetWidth(), double(box) / image.GetHeight()});
        image.Rescale(std::max(1, int(image.GetWidth() * scale)),
                      std::max(1, int(image.GetHeight() * scale)), wxIMAGE_QUALITY_HIGH);
        return wxBitmap(image);
    }

    int box_dip_;
};

}  // namespace sz::ui
