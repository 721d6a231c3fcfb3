/* SPDX-License-Identifier: MIT
 *
 * Nearly always there is none: who asks takes no lock then, as every look at a file asks.
 */
#include "set/in-writing.h"

typedef struct {
  guint64 device;
  guint64 inode;
} Key;

static GMutex lock;
static GHashTable *files; /* Key -> how often; NULL: none yet */
static gint n_files;      /* atomic */

static guint
key_hash(gconstpointer data)
{
  const Key *key = data;

  return (guint)(key->inode ^ key->inode >> 32 ^ key->device * 31);
}

static gboolean
key_equal(gconstpointer a, gconstpointer b)
{
  const Key *first = a, *second = b;

  return first->device == second->device && first->inode == second->inode;
}

static void
change(dev_t device, ino_t inode, gint by)
{
  const Key key = {device, inode};
  gint n;

  g_mutex_lock(&lock);
  if (!files)
    files = g_hash_table_new_full(key_hash, key_equal, g_free, NULL);
  n = GPOINTER_TO_INT(g_hash_table_lookup(files, &key)) + by;
  if (n > 0)
    g_hash_table_insert(files, g_memdup2(&key, sizeof key), GINT_TO_POINTER(n));
  else
    g_hash_table_remove(files, &key);
  g_atomic_int_set(&n_files, (gint)g_hash_table_size(files));
  g_mutex_unlock(&lock);
}

void
ms_in_writing_add(dev_t device, ino_t inode)
{
  change(device, inode, 1);
}

void
ms_in_writing_remove(dev_t device, ino_t inode)
{
  change(device, inode, -1);
}

gboolean
ms_in_writing_holds(const struct stat *info)
{
  const Key key = {info->st_dev, info->st_ino};
  gboolean holds;

  if (g_atomic_int_get(&n_files) == 0)
    return FALSE;
  g_mutex_lock(&lock);
  holds = g_hash_table_contains(files, &key);
  g_mutex_unlock(&lock);
  return holds;
}

gboolean
ms_in_writing_holds_path(const char *path)
{
  struct stat info;

  return path && stat(path, &info) == 0 && ms_in_writing_holds(&info);
}
