/* SPDX-License-Identifier: MIT
 *
 * What ids mean: names, colours where the table gives them, which id is background. Read from
 * classes.txt, class_names.txt and classes.csv. Immutable.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  guint32 id;
  char *name;
  gboolean has_color;
  guint8 red, green, blue;
} MsClass;

typedef struct {
  MsClass *classes; /* ascending by id */
  guint32 *ids;     /* the same ids alone, as MsRules wants them */
  gsize n_classes;
  gint64 background; /* the class named background, _background_ or bg (ASCII case folded), or -1 */
  gint64 ignored; /* 255 when the first line is __ignore__: labelme's id -1, which its 8-bit masks
                   * hold as 255; else -1 */
  gboolean ignore_unlisted; /* named tables: ids not in the table are ignored */
  char *source;             /* the file or the name, for messages */
} MsClassTable;

/* By file name: *.csv is `id,name[,r,g,b]`, and so is a file whose every line begins with an id and
 * a separator; anything else one name a line, line 1 = id 0 (labelme's
 * `__ignore__` first line is no class, and line 2 is id 0 then). Errors name file and line. */
MsClassTable *ms_class_table_load(const char *path, GCancellable *cancellable, GError **error);
/* Ids 0 to n_names - 1. */
MsClassTable *ms_class_table_from_names(const char *const *names, gsize n_names,
                                        const char *source);
/* Copies the classes, which may be in any order, each id once. */
MsClassTable *ms_class_table_new(const MsClass *classes, gsize n_classes, const char *source);
MsClassTable *ms_class_table_copy(const MsClassTable *table);
void ms_class_table_free(MsClassTable *table); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassTable, ms_class_table_free)

/* NULL when the id is not listed. */
const MsClass *ms_class_table_find(const MsClassTable *table, guint32 id);

G_END_DECLS
