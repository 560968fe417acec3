/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * What every faulty panel would be without its fault: a panel without a toolkit, whose window is
 * its parent. A fault is made by defining one of the names below before this file is included.
 */
#ifndef PLAIN_PANEL_H
#define PLAIN_PANEL_H

#include <string.h>
#include <sz/entry.h>
#include <sz/ext/panel.h>

static inline sz_status plain_say(sz_sink out, const char* text) {
    return out.write(out.self, text, strlen(text));
}

#ifndef PANEL_TOOLKIT
#define PANEL_TOOLKIT "none"
#define PANEL_SIGNATURE "none"
#endif
#ifndef PANEL_TITLE
#define PANEL_TITLE "Plain"
#endif
#ifndef PANEL_SIZE
#define PANEL_SIZE sizeof(sz_panel_instance)
#endif
#ifndef PANEL_FOCUS
static inline void panel_focus(void* self) { (void)self; }
#define PANEL_FOCUS panel_focus
#endif
#ifndef PANEL_SHOW
static inline sz_status panel_show(void* self, sz_str target_json) {
    (void)self, (void)target_json;
    return SZ_OK;
}
#define PANEL_SHOW panel_show
#endif
#ifndef PANEL_SAVE
static inline sz_status panel_save(void* self, sz_sink out) {
    (void)self;
    return plain_say(out, "{\"a\":1}");
}
#define PANEL_SAVE panel_save
#endif
static inline void panel_restore(void* self, sz_str state_json) { (void)self, (void)state_json; }
static inline void panel_destroy(void* self) { (void)self; }

#ifndef PANEL_CREATE
static const sz_panel_host* panel_host;
static sz_panel_instance panel_instance;

static sz_status panel_create(const void* self, const sz_panel_host* host, void* parent,
                              const sz_panel_instance** out, sz_sink error) {
    (void)self, (void)error;
    panel_host = host;
    panel_instance.size = PANEL_SIZE;
    panel_instance.window = parent;
    panel_instance.focus = PANEL_FOCUS;
    panel_instance.show = PANEL_SHOW;
    panel_instance.save = PANEL_SAVE;
    panel_instance.restore = panel_restore;
    panel_instance.destroy = panel_destroy;
    *out = &panel_instance;
    return SZ_OK;
}
#define PANEL_CREATE panel_create
#endif

static const sz_panel the_panel = {
    sizeof(sz_panel), SZ_PANEL_TOOLKIT_ABI, "plain", PANEL_TITLE, PANEL_TOOLKIT,
    PANEL_SIGNATURE,  "thing more-things",  50,      0,           0,
    PANEL_CREATE};
static const sz_panel* const the_panel_list[] = {&the_panel};
static const sz_panels the_panels = {sizeof(sz_panels), 1, the_panel_list};

static sz_status panel_init(const sz_host* host, sz_sink error) {
    (void)host, (void)error;
    return SZ_OK;
}
static void panel_deinit(void) {}
static const void* panel_extension(const char* id) {
    return strcmp(id, SZ_PANELS_ID) == 0 ? &the_panels : 0;
}

#define PANEL_ENTRY(id)                                                               \
    SZ_EXPORT const sz_plugin_entry_v1 sz_plugin_entry = {sizeof(sz_plugin_entry_v1), \
                                                          SZ_ABI_MAJOR,               \
                                                          SZ_ABI_MINOR,               \
                                                          0,                          \
                                                          id,                         \
                                                          panel_init,                 \
                                                          panel_deinit,               \
                                                          panel_extension};
#endif
