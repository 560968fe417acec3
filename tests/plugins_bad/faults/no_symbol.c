/* SPDX-License-Identifier: AGPL-3.0-or-later */
int sz_plugin_entri = 1; /* a plugin without the one symbol */
