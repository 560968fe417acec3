// SPDX-License-Identifier: AGPL-3.0-or-later
// What a screen reader is told. wxWidgets on GTK is built without wxAccessible, so names, roles and
// labels are set on the toolkit's own objects. On other systems the functions do nothing yet.
// [ui-thread]
//
// Needs the toolkit's headers (pkg-config gtk+-3.0) where __WXGTK__ is defined.
#pragma once

#include <wx/stattext.h>
#include <wx/window.h>

#include "text.hpp"

#ifdef __WXGTK__
#include <gtk/gtk.h>
#endif

namespace sz::ui {

#ifdef __WXGTK__
// The widget that takes the keyboard: controls with scroll bars are wrapped in a GtkScrolledWindow.
[[nodiscard]] inline GtkWidget* inner_widget(const wxWindow& window) {
    GtkWidget* widget = window.GetHandle();
    if (widget != nullptr && GTK_IS_SCROLLED_WINDOW(widget))
        if (GtkWidget* child = gtk_bin_get_child(GTK_BIN(widget)); child != nullptr) return child;
    return widget;
}
#endif

// The name by which a screen reader announces the control.
inline void set_accessible_name(const wxWindow& window, const wxString& name) {
#ifdef __WXGTK__
    if (GtkWidget* widget = inner_widget(window))
        atk_object_set_name(gtk_widget_get_accessible(widget), name.utf8_str());
#else
    (void)window, (void)name;
#endif
}

// A longer explanation: help of a field, the error beside it.
inline void set_accessible_description(const wxWindow& window, const wxString& text) {
#ifdef __WXGTK__
    if (GtkWidget* widget = inner_widget(window))
        atk_object_set_description(gtk_widget_get_accessible(widget), text.utf8_str());
#else
    (void)window, (void)text;
#endif
}

// A text that changes by itself and should be read out when it does.
inline void set_accessible_status(const wxWindow& window) {
#ifdef __WXGTK__
    if (GtkWidget* widget = inner_widget(window))
        atk_object_set_role(gtk_widget_get_accessible(widget), ATK_ROLE_STATUSBAR);
#else
    (void)window;
#endif
}

inline void set_accessible_heading(const wxWindow& window) {
#ifdef __WXGTK__
    if (GtkWidget* widget = inner_widget(window))
        atk_object_set_role(gtk_widget_get_accessible(widget), ATK_ROLE_HEADING);
#else
    (void)window;
#endif
}

// Ties a label to its control: the control is named by it, and Alt with the label's underlined
// letter leads to the control.
inline void set_label_of(const wxStaticText& label, const wxWindow& control) {
    set_accessible_name(control, label.GetLabelText());
#ifdef __WXGTK__
    GtkWidget* text = label.GetHandle();
    GtkWidget* target = inner_widget(control);
    if (text == nullptr || target == nullptr || !GTK_IS_LABEL(text)) return;
    gtk_label_set_mnemonic_widget(GTK_LABEL(text), target);
    atk_object_add_relationship(gtk_widget_get_accessible(target), ATK_RELATION_LABELLED_BY,
                                gtk_widget_get_accessible(text));
    atk_object_add_relationship(gtk_widget_get_accessible(text), ATK_RELATION_LABEL_FOR,
                                gtk_widget_get_accessible(target));
#endif
}

}  // namespace sz::ui
