// SPDX-License-Identifier: AGPL-3.0-or-later
// Editors for the types of play: what is used up, tracks, tags, dates, and what is one word.
#pragma once

#include "editors/typed_editors.hpp"

class wxStaticText;

namespace sheet {

// How much there is of a resource; behind it how much there may be, which things and a formula may
// have a say in. The arrow keys take and give.
class ResourceEditor : public NumberEditor {
  public:
    ResourceEditor(wxWindow* parent, EditorServices& services, const Json& definition);
    void show_value(const Json& value) override;
    void show_computed(const Json& value, const Json& computed) override;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
    [[nodiscard]] Json whole_of(const Json& typed) const override;

  private:
    void show_rest();

    wxStaticText* rest_;
    Json computed_from_, computed_;  // a value, and what it comes to
};

// How many ticks, of how many. The arrow keys mark.
class TrackEditor : public NumberEditor {
  public:
    TrackEditor(wxWindow* parent, EditorServices& services, const Json& definition);

  protected:
    [[nodiscard]] const char* relative() const override { return "mark"; }
};

// A word that may be left out: dice, a colour.
class WordEditor : public LineEditor {
  public:
    using LineEditor::LineEditor;

  protected:
    [[nodiscard]] bool reads_itself() const override { return false; }
    [[nodiscard]] std::optional<Json> parse(const wxString&) const override { return std::nullopt; }
};

// "fire, quiet"
class TagsEditor : public WordEditor {
  public:
    using WordEditor::WordEditor;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;
};

// "29 February 2024": day, month by its name, year.
class DateEditor : public WordEditor {
  public:
    using WordEditor::WordEditor;

  protected:
    [[nodiscard]] wxString words_for(const Json& value) const override;

  private:
    [[nodiscard]] wxString month_name(const std::string& id) const;
};

}  // namespace sheet
