/* SPDX-License-Identifier: MIT
 *
 * What ids mean: names, colours where the table gives them, which id is background, which ids have
 * a name but count nowhere. Read from files in any of the usual forms, or known by name. Immutable.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Longer names are an error. */
#define MS_CLASS_NAME_MAX_BYTES 4096u

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
  MsClass *others; /* named, but no classes: what the table ignores, ascending by id; an id may
                    * stand there more than once, with another colour */
  gsize n_others;
  gint64 background; /* the class named background, _background_ or bg (ASCII case folded), or -1 */
  gint64 ignored; /* 255 when the first line is __ignore__: labelme's id -1, which its 8-bit masks
                   * hold as 255; that of nnU-Net's label "ignore"; 0 of ADE20K's; else -1 */
  gboolean ignore_unlisted; /* named tables: ids that are no classes are ignored */
  char *source;             /* the file or the name, for messages */
} MsClassTable;

/* The forms, told apart by what is in the file: *.csv is `id,name[,r,g,b]`, and so is a file whose
 * every line begins with an id and a separator; without a column of ids (CamVid's class_dict.csv:
 * name,r,g,b) the first row is id 0; ADE20K's objectInfo150 (Idx,...,Name) ignores 0 and keeps the
 * first of several names. *.json is nnU-Net's dataset.json. Lines of `r g b name` are CamVid's
 * label_colors.txt. Anything else is one name a line, line 1 = id 0 (labelme's `__ignore__` first
 * line is no class, and line 2 is id 0 then). Errors name file and line. */
MsClassTable *ms_class_table_load(const char *path, GCancellable *cancellable, GError **error);

/* One that is known by name: see ms_class_table_known_names(). NULL: there is none. */
MsClassTable *ms_class_table_by_name(const char *name);
/* "ade20k, camvid, ..."; static. */
const char *ms_class_table_known_names(void);

/* What a user wrote, FILE or NAME: a file goes before a name. Errors: neither. */
MsClassTable *ms_class_table_open(const char *file_or_name, GCancellable *cancellable,
                                  GError **error);

/* Ids 0 to n_names - 1. */
MsClassTable *ms_class_table_from_names(const char *const *names, gsize n_names,
                                        const char *source);
/* Copies the classes, which may be in any order, each id once. */
MsClassTable *ms_class_table_new(const MsClass *classes, gsize n_classes, const char *source);
/* The same with others, which may be NULL, and ignored_id, or -1. */
MsClassTable *ms_class_table_new_full(const MsClass *classes, gsize n_classes,
                                      const MsClass *others, gsize n_others, gint64 ignored_id,
                                      const char *source);
MsClassTable *ms_class_table_copy(const MsClassTable *table);
void ms_class_table_free(MsClassTable *table); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsClassTable, ms_class_table_free)

/* NULL when the id is not listed. */
const MsClass *ms_class_table_find(const MsClassTable *table, guint32 id);
/* The same among the others too. */
const MsClass *ms_class_table_find_any(const MsClassTable *table, guint32 id);
/* By name, among the others too: exactly, else in any ASCII case where that is one alone. */
const MsClass *ms_class_table_find_name(const MsClassTable *table, const char *name);

/* Whether any class has a colour. */
gboolean ms_class_table_has_colors(const MsClassTable *table);

/* The colour that a class is shown in: the table's, else one that depends on the id alone, so that
 * it is the same in every set. FALSE, with nothing set: background has none (without a table, or in
 * one that names no background: id 0 is it only without a table). table may be NULL. */
gboolean ms_class_color(const MsClassTable *table, guint32 id, guint8 *red, guint8 *green,
                        guint8 *blue);

G_END_DECLS
