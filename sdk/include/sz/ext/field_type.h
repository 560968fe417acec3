/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * A field type knows the values of one kind of field: what is valid, how it changes, how it is
 * shown, searched and linked.
 *
 * Every function is pure: the same arguments give the same answer on every machine, at any time, in
 * any order. [any-thread] for all of them. They keep no state and touch no file.
 *
 * Statuses of all of them: SZ_ERR_INVALID, the arguments are at fault; SZ_ERR_LIMIT, a sink or the
 * sz_field_host said so, returned as it came; SZ_ERR_UNSUPPORTED; SZ_ERR_INTERNAL, a defect of the
 * plugin, which the kernel logs under its name. A function without findings needs no reason: the
 * kernel has a sentence of its own. An error among the findings fails the call whatever the status.
 *
 * Words
 *   definition  the field as the template or entry declares it, a JSON object:
 * {"id","name","type",…options…}. A dataset entry's field has none but {"type"}. value       JSON.
 * `normalize` makes it canonical; every other function gets canonical values only. operation {"op":
 * name, "args": [...], "key": text}. `key` is made by the kernel, the same for everyone who sees
 * the operation, and different for each: use it as the id of a new item. effect      what the
 * operation comes to, in words that need no plugin:
 *                 {"set": value}                             the field's new canonical value
 *                 {"insert": {"at": N, "item": {"id",…}}}    into an array of objects with "id"
 *                 {"remove": {"id": ID}}
 *                 {"move":   {"id": ID, "to": N}}            N counts after the item was taken out
 *                 {"replace": {"id": ID, "item": {"id",…}}}
 */
#ifndef SZ_EXT_FIELD_TYPE_H
#define SZ_EXT_FIELD_TYPE_H

#include "../abi.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SZ_FIELD_TYPES_ID "sz.field-type/draft-1"

/* Other field types, for types that contain fields (List, Group, Table). Used on the thread of the
 * call that got it; on another: SZ_ERR_INTERNAL. The host limits the depth, and the calls and bytes
 * of one outer call: SZ_ERR_LIMIT, after which there is no use in asking for more. */
typedef struct sz_field_host {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* As in sz_field_type, for the type that `definition_json` names. SZ_ERR_NOT_FOUND: no plugin
     * offers that type. SZ_ERR_INVALID: the definition is not JSON, or what the type returned. */
    sz_status (*normalize)(void* self, sz_str definition_json, sz_str value_json, sz_sink out,
                           const sz_findings* findings);
    sz_status (*apply)(void* self, sz_str definition_json, sz_str value_json, sz_str operation_json,
                       sz_sink out, const sz_findings* findings);
    sz_status (*format)(void* self, sz_str definition_json, sz_str value_json, sz_str locale,
                        sz_sink out);
    sz_status (*search_text)(void* self, sz_str definition_json, sz_str value_json, sz_sink out);
    sz_status (*references)(void* self, sz_str definition_json, sz_str value_json, sz_sink out);
} sz_field_host;
#define SZ_FIELD_HOST_SIZE_1 SZ_SIZE_WITH(sz_field_host, references)

/* What a computed value is computed from, for one call of `evaluate` and on its thread; on another:
 * SZ_ERR_INTERNAL. The host knows the sheet; the type only names what it wants. */
typedef struct sz_field_resolver {
    uint32_t size;
    uint32_t reserved;
    void* self;
    /* Writes {"values": [{"value", "path", "name", "of"}, …], "many": bool}.
     *   path_json  a JSON array of texts, the steps to a value. The first one to three are a field
     * of this sheet ([section, [group,]] field, by their ids; the nearest if several match);
     * further ones go into its value: a member of an object, the same of every item of a list, and
     * across a link to a field of what it leads to. "stored" alone is this field's own value;
     * "item" first is the thing whose effect is being computed. values     one, or when `many` (the
     * way went through a list) any number. `value` is what the reader would see there, computed if
     * it is computed; `path` and `name` say where it is from, `of` names the other sheet or entry,
     * "" for this one. SZ_ERR_NOT_FOUND: nothing there, or nothing that this reader may see, which
     * is the same. SZ_ERR_INVALID: ambiguous, or a circle. SZ_ERR_LIMIT: too much was asked; give
     * up. Each with a finding: return it as it came. */
    sz_status (*resolve)(void* self, sz_str path_json, sz_sink out, const sz_findings* findings);
} sz_field_resolver;
#define SZ_FIELD_RESOLVER_SIZE_1 SZ_SIZE_WITH(sz_field_resolver, resolve)

typedef struct sz_field_type {
    uint32_t size;
    uint32_t reserved;
    const char* name; /* as in "type": "Number"; static */
    const void* self;

    /* Writes {"title", "summary", "default": value, "editor": hint, "references", "options": JSON
     * Schema of what a definition may add, "operations":
     * [{"name","args":[{"name","title","schema"}],"summary","relative":bool}]}. "relative"
     * operations commute. `editor` hints that every shell knows: "number", "line", "text"
     * (Markdown), "check", "choice", "image", "link", "list", "group", "table", and for play
     * "resource", "track", "tags", "date", "dice", "color", "instance", "formula"; anything else is
     * shown as JSON text. `references` spares questions: false, values never refer to anything;
     * "inside", only what stands in them does, as the definition says in `itemType`, `fields`,
     * `columns` or `datasetLink`; {"containing": TEXT}, only values in whose texts that stands;
     * true, or left out, the function of that name is asked.
     * "appliesTo": "computed", of a type that things modify: `apply` gets a definition with a
     * member "computed" besides, what comes to be there of what everybody knows who sees the
     * field, where that is not what is stored. Only what is stored changes, within that: who may
     * have 12 with the ring on can be healed to 12. Asked once: the answer is the same as long as
     * the plugin is there. Fails for want of memory only. */
    sz_status (*describe)(const void* self, sz_sink out);

    /* Checks `value_json` (null: the default of the definition, or of the type) and writes the
     * canonical value. SZ_ERR_INVALID with findings, whose pointers begin at the value.
     * normalize(normalize(v)) = normalize(v). */
    sz_status (*normalize)(const void* self, const sz_field_host* host, sz_str definition_json,
                           sz_str value_json, sz_sink out, const sz_findings* findings);

    /* Writes {"effect": EFFECT, "inverse": {"op","args"}, "relative": bool, "touches": [item ids]}.
     *   inverse   the operation that takes it back, applied to the value after the effect.
     *   relative  true: it commutes with other relative operations on the same field and never
     * conflicts. touches   only for list edits: the items it concerns; operations on disjoint items
     * commute. SZ_ERR_INVALID with findings: no such operation, arguments that do not fit, a result
     * that is not valid. SZ_ERR_NOT_FOUND: the item that it names is not there. */
    sz_status (*apply)(const void* self, const sz_field_host* host, sz_str definition_json,
                       sz_str value_json, sz_str operation_json, sz_sink out,
                       const sz_findings* findings);

    /* Writes the value as one line (or Markdown for "text") for a person, UTF-8. `locale` is a BCP
     * 47 tag, "" for neutral; an unknown one is no error. SZ_ERR_INVALID: the value is not
     * canonical, as for the two below. */
    sz_status (*format)(const void* self, const sz_field_host* host, sz_str definition_json,
                        sz_str value_json, sz_str locale, sz_sink out);

    /* Writes plain text for the full-text index; nothing if there is nothing to find. */
    sz_status (*search_text)(const void* self, const sz_field_host* host, sz_str definition_json,
                             sz_str value_json, sz_sink out);

    /* Writes a JSON array of what the value refers to:
     *   {"kind":"entry","datapackId","datasetId","entryId","version","pointer"}  |
     * {"kind":"image","path","pointer"} |
     *   {"kind":"instance","instance","pointer"}, an instance of the same campaign. A host passes
     * over kinds that it does not know.
     *   {"kind":"mention","datapackId","datasetId","entryId","words","target","pointer"}, an entry
     * that a text speaks of: nothing is taken from it. An empty datapackId: the pack that the text
     * stands in. Without ids: `target` is written wrongly. With {"left": N} only: N more were not
     * looked at, or 0 if none was |
     *   {"kind":"field","path":[steps],"pointer","as":["number"|"one"|"many"]}: what a computed
     * field reads, as `resolve` takes it, and (if it says) as what; from the definition alone. */
    sz_status (*references)(const void* self, const sz_field_host* host, sz_str definition_json,
                            sz_str value_json, sz_sink out);

    /* For types whose value is computed; null for all others. `describe` then says "computed":
     * "always", the field has no value of its own (a formula), or "modified", what is stored is
     * changed by the effects of things (a number and the ring that raises it), and by a "formula"
     * in its definition, if there is one (what a resource may have at most).
     *   effects_json  [{"op", "value", "name", "path"}, …] in the order in which they apply; `op`
     * is "multiply", "add", "atMost", "atLeast" or "set"; `name` and `path` say which thing does
     * it. One whose value is null does nothing. Writes {"value", "terms": [{"op", "text", "value",
     * "inputs": [{"value","path","name","of"}]}]}: the value, and how it came about. Where it is a
     * number, applying the terms one after the other from 0 gives it: `op` is one of the above,
     * "subtract", or "round": to as many digits behind the point as `value` says, a half away from
     * zero. `text` is the term as its author wrote it; a thing's effect has its name there.
     * `inputs` are what `resolve` gave for it, or the effect itself; a type may cut long ones and
     * leave out what nobody would read. SZ_ERR_INVALID with findings: it cannot be computed, and
     * why. */
    sz_status (*evaluate)(const void* self, const sz_field_host* host,
                          const sz_field_resolver* resolver, sz_str definition_json,
                          sz_str value_json, sz_str effects_json, sz_sink out,
                          const sz_findings* findings);

    /* Reads what a person typed: what `format` writes for that locale, and what else people write
     * there. Writes the JSON that the operation "set" takes, which need not be canonical; null
     * where nothing was typed and the field can be empty. SZ_ERR_INVALID with findings: it cannot
     * be read; a text that may be a value, but none of this definition, can be passed on for
     * `normalize` to refuse. Null, or SZ_ERR_UNSUPPORTED: the host takes JSON instead.
     *
     * Rationale: what stands in a field is what a person edits, so a type that shows "1.234,5" has
     * to read it. With "typed": true in its description it promises
     * normalize(parse(format(v, l), l)) = v for every locale l and every canonical v that stands
     * on one line (where parse writes null, v is null), unless the definition gives two things one
     * name. */
    sz_status (*parse)(const void* self, const sz_field_host* host, sz_str definition_json,
                       sz_str text, sz_str locale, sz_sink out, const sz_findings* findings);
} sz_field_type;
#define SZ_FIELD_TYPE_SIZE_1 SZ_SIZE_WITH(sz_field_type, references)
#define SZ_FIELD_TYPE_SIZE_2 SZ_SIZE_WITH(sz_field_type, parse)

/* What get_extension(SZ_FIELD_TYPES_ID) returns. */
typedef struct sz_field_types {
    uint32_t size;
    uint32_t count;
    const sz_field_type* const* items;
} sz_field_types;
#define SZ_FIELD_TYPES_SIZE_1 SZ_SIZE_WITH(sz_field_types, items)

#ifdef __cplusplus
}
#endif
#endif
