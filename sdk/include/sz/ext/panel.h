/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A panel is a part of the desktop's window. It gets a parent window and gives a child back; it
 * knows the application through the bus only. [ui-thread] for all functions; the bus of
 * sz_panel_host answers on the ui thread too.
 */
#ifndef SZ_EXT_PANEL_H
#define SZ_EXT_PANEL_H

#include "../abi.h"
#include "../host.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_PANELS_ID "sz.panel/draft-1"

/* Counted up by us whenever what panels and shell must share beside the toolkit changes (message
 * ids, event ranges). */
#define SZ_PANEL_TOOLKIT_ABI 1u

typedef struct sz_panel_host {
    uint32_t size;
    uint32_t reserved;
    void* self;
    const sz_bus* bus; /* answers on the ui thread; lives as long as the panel */

    /* Asks the shell to show something, wherever it is at home:
     * {"show":"entry","pack","version","dataset","entry"},
     * {"show":"character","campaign","id"}, {"show":"campaign","id"}, {"show":"import","path"} or
     * {"show":"import","paths"}, {"show":"panel","id"}. From its menus the shell sends, besides:
     * {"show":"search"}, {"show":"new-campaign"}, {"show":"new-character"}, {"show":"start"} to
     * the first panel that lists the kind in `shows`, and {"show":"undo"} and
     * {"show":"next-pane","back":bool} to the panel on the screen. The shell itself shows
     * {"show":"unlock"}, the question for the passphrase. */
    void (*open)(void* self, sz_str target_json);

    /* One line for the status bar; "" clears it. */
    void (*status)(void* self, sz_str text);

    /* The text in the user's language, from the shell's catalogues. Panels with a catalogue of
     * their own need not use it. */
    sz_status (*translate)(void* self, sz_str text, sz_sink out);
} sz_panel_host;
#define SZ_PANEL_HOST_SIZE_1 SZ_SIZE_WITH(sz_panel_host, translate)

/* One panel on the screen. Made by sz_panel.create, alive until destroy. */
typedef struct sz_panel_instance {
    uint32_t size;
    uint32_t reserved;
    void* self;
    void* window; /* a wxWindow*, child of the parent that create got */

    /* The keyboard comes to the panel: put it on the first useful control. */
    void (*focus)(void* self);

    /* Shows what an `open` target names. SZ_ERR_UNSUPPORTED if this panel does not show that kind.
     */
    sz_status (*show)(void* self, sz_str target_json);

    /* What to remember until the next start: a JSON object. `restore` gets it back, or "{}". Bad
     * content is ignored. */
    sz_status (*save)(void* self, sz_sink out);
    void (*restore)(void* self, sz_str state_json);

    /* Ends subscriptions and frees `self`. The window is destroyed by its parent, right after or
     * just before. */
    void (*destroy)(void* self);
} sz_panel_instance;
#define SZ_PANEL_INSTANCE_SIZE_1 SZ_SIZE_WITH(sz_panel_instance, destroy)

typedef struct sz_panel {
    uint32_t size;
    uint32_t toolkit_abi;  /* SZ_PANEL_TOOLKIT_ABI */
    const char* id;        /* "library"; with the plugin's id it is unique */
    const char* title;     /* "Library", to be translated by the shell */
    const char* toolkit;   /* "wx" */
    const char* signature; /* WX_BUILD_OPTIONS_SIGNATURE that it was compiled with; a difference is
                              refused */
    const char* shows; /* kinds of open targets it takes, separated by spaces: "entry campaign" */
    int32_t order;     /* place among the panels, small first */
    uint32_t reserved;
    const void* self;

    /* Makes the panel as a child of `parent` (a wxWindow*). Fills `*out`, whose pointer stays valid
     * until destroy. */
    sz_status (*create)(const void* self, const sz_panel_host* host, void* parent,
                        const sz_panel_instance** out, sz_sink error);
} sz_panel;
#define SZ_PANEL_SIZE_1 SZ_SIZE_WITH(sz_panel, create)

/* What get_extension(SZ_PANELS_ID) returns. */
typedef struct sz_panels {
    uint32_t size;
    uint32_t count;
    const sz_panel* const* items;
} sz_panels;
#define SZ_PANELS_SIZE_1 SZ_SIZE_WITH(sz_panels, items)

#ifdef __cplusplus
}
#endif
#endif
