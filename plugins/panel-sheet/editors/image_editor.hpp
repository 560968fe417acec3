// SPDX-License-Identifier: AGPL-3.0-or-later
// A picture of the sheet's pack, named by its path below media/images.
#pragma once

#include "editors/typed_editors.hpp"

namespace sz::ui {
class Picture;
}

namespace sheet {

class ImageEditor : public TypedEditor {
  public:
    ImageEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;

  private:
    sz::ui::Picture* picture_;
    Json pictured_;  // the path that is or will be shown
};

}  // namespace sheet
