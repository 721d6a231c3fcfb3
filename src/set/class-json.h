/* SPDX-License-Identifier: MIT
 *
 * The classes that nnU-Net's dataset.json names, of either version of the format. For classes.c.
 */
#pragma once

#include "set/classes.h"

G_BEGIN_DECLS

/* "labels": {"background": 0, "tumour": 1}, or {"0": "background", ...} as the first version has
 * it. The label "ignore" is no class: its id is ignored. Errors (MS_IO_ERROR_PARSE): no such
 * object; regions, labels that stand for several ids, whose classes overlap. */
MsClassTable *ms_class_table_from_json(GBytes *bytes, const char *name, GError **error);

G_END_DECLS
