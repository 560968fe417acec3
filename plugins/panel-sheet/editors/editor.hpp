// SPDX-License-Identifier: AGPL-3.0-or-later
// An editor shows one field's value and says what a person wants done with it, as an operation of
// the field's type. It changes nothing itself: the new value comes back through show_value.
#pragma once

#include <wx/panel.h>
#include <sz/wx/bus.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

class wxStaticText;

namespace sheet {

using sz::ui::Json;

// In the place of an operation's name: the argument is what was typed, as character.type takes it.
inline constexpr const char* typed_op = "(typed)";

// One operation, as character.do takes it.
struct Edit {
    std::string op;
    Json args;
    Json whole;  // the value afterwards as far as the editor knows it: for a field that stands
                 // inside another one
};

// Of the campaign.
struct Member {
    std::string id;  // Client ID
    wxString name;
    bool may_all = false;  // game masters and their assistants
    bool operator==(const Member&) const = default;
};

// What editors need of the world around them. Lives longer than they do.
struct EditorServices {
    sz::ui::PanelBus& bus;
    std::map<std::string, std::string> hints;      // "Number" → "number", from field.types
    std::function<void(const Json& target)> open;  // shows an entry
    std::function<void()> resized;                 // an editor has become taller or shorter
    std::string sheet;                             // its id
    std::string pack;                  // "ID@VERSION" of the sheet's template, for its pictures
    std::string campaign = {};         // that holds the sheet
    std::string as = {};               // the member as whom it is seen, "" for who looks
    bool read_only = false;            // nothing can be changed
    std::vector<Member> members = {};  // who plays
};

class Editor : public wxPanel {
  public:
    Editor(wxWindow* parent, EditorServices& services, Json definition);

    // What the program holds. Text that is being typed stays as it is.
    virtual void show_value(const Json& value) = 0;
    // What things and formulas make of `value`, which is shown before or after; null: nothing does.
    virtual void show_computed(const Json& /*value*/, const Json& /*computed*/) {}

    [[nodiscard]] virtual bool is_dirty() const {
        return false;
    }  // something was typed and not sent yet
    [[nodiscard]] virtual wxString typed() const { return {}; }  // where it is one text
    virtual void commit() {}                                     // sends it
    virtual void revert() {}                                     // throws it away
    // The last edit was not accepted. Typed text stays for mending; everything else goes back to
    // the value held.
    virtual void refused() { show_value(value_); }
    // True: leaving the control does not send; only Enter does (there is a conflict that the person
    // must decide).
    virtual void hold(bool) {}

    // `edit`, which this editor sent, was refused: shows why beside the part that sent it. False
    // when there is no such part, and the words belong beside the whole.
    virtual bool explain(const Edit&, const wxString&) { return false; }
    // Takes away what stands beside parts that nothing is wrong with any more.
    virtual void settle() {}

    // What can be read can still be read; nothing can be changed.
    virtual void make_read_only();

    // This editor is of a part of another's field: it sends values only, never what was typed.
    virtual void become_part() {}

    [[nodiscard]] virtual wxWindow* first_control() = 0;

    // Names every control for a screen reader; `help` is read after it.
    virtual void set_names(const wxString& name, const wxString& help);

    std::function<void(const Edit&)> on_edit;
    std::function<void(const wxString&)> on_problem;  // typed what cannot be sent

    [[nodiscard]] const Json& definition() const { return definition_; }

  protected:
    void send(std::string op, Json args, Json whole);
    void say(const wxString& problem) const;
    void resized() const;  // this editor has become taller or shorter
    [[nodiscard]] EditorServices& services() const { return services_; }

    Json value_;  // the last one shown

  private:
    EditorServices& services_;
    Json definition_;
};

// The editor for a field's definition, by the hint of its type. Fields nest at most so deep; below
// that, JSON text.
[[nodiscard]] Editor* make_editor(wxWindow* parent, EditorServices& services,
                                  const Json& definition, int depth = 0);

// True when the editor shows the field's name itself: a check box.
[[nodiscard]] bool labels_itself(const EditorServices& services, const Json& definition);

// The name of a field before its control. A long one wraps: the control needs the width more.
[[nodiscard]] wxStaticText* make_label(wxWindow* parent, const wxString& name);
// How far below the top of its cell a label stands, to be beside the first line of its control.
[[nodiscard]] int label_drop(const wxStaticText& label, Editor& editor);

// "Armour Class" for a definition: its name, or its id.
[[nodiscard]] wxString name_of(const Json& definition);
// A value as words in a cell of a list.
[[nodiscard]] wxString cell_words(const Json& value, const Json& definition);

}  // namespace sheet
