/* SPDX-License-Identifier: MIT
 *
 * The examples of a set as columns, in byte order of their ids: shaped for a million of them at
 * some 100 bytes each. A file is a folder, which many share, and a name; names that the files of an
 * example have in common are kept once, and what no example has takes no memory. Filled once, then
 * never changed, so any thread reads it.
 */
#pragma once

#include <gio/gio.h>

#include "set/example.h"

G_BEGIN_DECLS

typedef struct MsExampleTable MsExampleTable;

/* Which file of an example: its image, its actual mask, or model i's at MS_FILE_PREDICTED + i. */
typedef enum { MS_FILE_IMAGE, MS_FILE_ACTUAL, MS_FILE_PREDICTED } MsFileRole;

/* What is known of an example; lent. */
typedef struct {
  const char *id;
  const char *split; /* NULL: none */
  const char *group; /* NULL: none */
  guint row;         /* of label sets */
  gboolean has_actual;
} MsExampleFacts;

/* For exactly n_examples. */
MsExampleTable *ms_example_table_new(guint n_examples, guint n_models);
void ms_example_table_free(MsExampleTable *table);

/* Fills it: the next example, then its files and problems. */
guint ms_example_table_add(MsExampleTable *table, const MsExampleFacts *facts);
void ms_example_table_set_file(MsExampleTable *table, guint index, guint role, MsPlace place);
/* model G_MAXUINT: for every model. */
void ms_example_table_set_problem(MsExampleTable *table, guint index, guint model,
                                  const char *reason);
/* Gives back what was needed only for filling. */
void ms_example_table_finish(MsExampleTable *table);

guint ms_example_table_n_examples(const MsExampleTable *table);
MsExampleFacts ms_example_table_facts(const MsExampleTable *table, guint index);
const char *ms_example_table_id(const MsExampleTable *table, guint index);
/* NULL: none. */
const char *ms_example_table_problem(const MsExampleTable *table, guint index, guint model);
gboolean ms_example_table_has_file(const MsExampleTable *table, guint index, guint role);
/* Its path, which the caller frees, and *part; NULL: there is none. */
char *ms_example_table_file(const MsExampleTable *table, guint index, guint role, int *part);

/* The folders that files lie in, each once, as paths end with '/' (or "": where the program runs).
 * Lent texts; the caller's array. */
GPtrArray *ms_example_table_list_folders(const MsExampleTable *table);

/* Calls for each file of an example that lies in such a folder and has one of the names (a set of
 * texts). Looks at every example of the roles that have files there. */
typedef void (*MsExampleFileFound)(gpointer user, guint index, guint role, int part,
                                   const char *name);
void ms_example_table_find_files(const MsExampleTable *table, const char *folder, GHashTable *names,
                                 MsExampleFileFound found, gpointer user);

/* Of memory that it takes. */
gsize ms_example_table_bytes(const MsExampleTable *table);

G_END_DECLS
