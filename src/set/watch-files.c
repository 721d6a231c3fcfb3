/* SPDX-License-Identifier: MIT
 *
 * Who has a file open tells of its end sooner or later, so a rest means little: it is given a long
 * one. A file with another name already (a hard link) and a symbolic link are whole from the start.
 */
#include "set/watch-files.h"

#include <sys/stat.h>

#include "set/in-writing.h"

/* Looks without a change after which a file is complete whoever has it open. */
#define N_LOOKS_AT_REST 20

typedef struct {
  off_t size;
  gint64 changed; /* ns */
  guint n_looks;  /* without a change */
  gboolean known; /* to be being written: these two */
  dev_t device;
  ino_t inode;
} State;

struct MsWatchFiles {
  GHashTable *awaited; /* path -> State */
};

static void
forget(State *state)
{
  if (state->known)
    ms_in_writing_remove(state->device, state->inode);
  state->known = FALSE;
}

static void
state_free(gpointer data)
{
  forget(data);
  g_free(data);
}

/* Another file may have taken the path meanwhile. */
static void
make_known(State *state, const char *path)
{
  struct stat info;

  forget(state);
  if (lstat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_nlink > 1)
    return;
  state->known = TRUE;
  state->device = info.st_dev;
  state->inode = info.st_ino;
  ms_in_writing_add(info.st_dev, info.st_ino);
}

MsWatchFiles *
ms_watch_files_new(void)
{
  MsWatchFiles *files = g_new0(MsWatchFiles, 1);

  files->awaited = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, state_free);
  return files;
}

void
ms_watch_files_free(MsWatchFiles *files)
{
  if (!files)
    return;
  g_hash_table_unref(files->awaited);
  g_free(files);
}

void
ms_watch_files_begin(MsWatchFiles *files, const char *path)
{
  State *state = g_hash_table_lookup(files->awaited, path);

  if (!state) {
    state = g_new0(State, 1);
    g_hash_table_insert(files->awaited, g_strdup(path), state);
  }
  state->n_looks = 0;
  make_known(state, path);
}

void
ms_watch_files_end(MsWatchFiles *files, const char *path)
{
  g_hash_table_remove(files->awaited, path);
}

gboolean
ms_watch_files_is_empty(const MsWatchFiles *files)
{
  return g_hash_table_size(files->awaited) == 0;
}

static gboolean
is_whole(const struct stat *info, State *state)
{
  gint64 changed = (gint64)info->st_mtim.tv_sec * 1000000000 + info->st_mtim.tv_nsec;

  if (S_ISLNK(info->st_mode) || info->st_nlink > 1)
    return TRUE;
  state->n_looks =
      state->size == info->st_size && state->changed == changed ? state->n_looks + 1 : 0;
  state->size = info->st_size;
  state->changed = changed;
  return state->n_looks >= N_LOOKS_AT_REST;
}

void
ms_watch_files_check(MsWatchFiles *files, GPtrArray *complete)
{
  GHashTableIter all;
  gpointer path, state;

  g_hash_table_iter_init(&all, files->awaited);
  while (g_hash_table_iter_next(&all, &path, &state)) {
    struct stat info;
    gboolean is_there = lstat(path, &info) == 0;

    if (is_there && !is_whole(&info, state))
      continue;
    if (is_there)
      g_ptr_array_add(complete, g_strdup(path));
    g_hash_table_iter_remove(&all);
  }
}
