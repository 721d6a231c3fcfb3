/* SPDX-License-Identifier: MIT
 *
 * A file is made anew a few times at most: what breaks each time is no file to keep results in.
 */
#include "set/store-access.h"

#include "io/file.h"
#include "set/cache-folder.h"
#include "set/store.h"

#define MOST_MENDED 4

void
ms_store_access_init(MsStoreAccess *access)
{
  *access = (MsStoreAccess){.path = ms_cache_path(MS_STORE_FILE_NAME)};
  g_mutex_init(&access->lock);
}

void
ms_store_access_clear(MsStoreAccess *access)
{
  g_free(access->path);
  g_free(access->notice);
  g_mutex_clear(&access->lock);
}

void
ms_store_access_notice(MsStoreAccess *access, const char *format, ...)
{
  va_list arguments;

  va_start(arguments, format);
  g_mutex_lock(&access->lock);
  if (!access->was_noticed) {
    g_free(access->notice);
    access->notice = g_strdup_vprintf(format, arguments);
  }
  access->was_noticed = TRUE;
  g_mutex_unlock(&access->lock);
  va_end(arguments);
}

void
ms_store_access_notice_held(MsStoreAccess *access)
{
  g_autofree char *shown = ms_path_display(access->path);

  g_mutex_lock(&access->lock);
  if (!access->was_held && !access->was_noticed)
    access->notice = g_strdup_printf("%s: is held by another program; until it lets go, masks are "
                                     "read and results may not be kept",
                                     shown);
  access->was_held = TRUE;
  g_mutex_unlock(&access->lock);
}

static MsStoreCure
refuse(MsStoreAccess *access, const char *reason)
{
  g_autofree char *shown = ms_path_display(access->path);

  ms_store_access_notice(access, "%s: cannot be used (%s); results are not kept", shown, reason);
  return MS_STORE_NEVER;
}

static gboolean
may_mend(MsStoreAccess *access)
{
  guint n_mended;

  g_mutex_lock(&access->lock);
  n_mended = access->n_mended++;
  g_mutex_unlock(&access->lock);
  return n_mended < MOST_MENDED;
}

static MsStoreCure
make_anew(MsStoreAccess *access)
{
  g_autofree char *shown = ms_path_display(access->path);

  ms_store_file_remove(access->path);
  ms_store_access_notice(access,
                         "%s: was damaged, or of another version, and has been made anew; masks "
                         "are read again",
                         shown);
  return MS_STORE_AGAIN;
}

MsStoreCure
ms_store_access_mend(MsStoreAccess *access, sqlite3 *db, int code)
{
  MsStoreState state = ms_store_state_of(code);

  if (state == MS_STORE_BROKEN && ms_store_file_has_moved(db))
    state = MS_STORE_GONE;
  sqlite3_close(db);
  switch (state) {
  case MS_STORE_BUSY:
    return MS_STORE_LATER;
  case MS_STORE_GONE:
    return MS_STORE_AGAIN;
  case MS_STORE_BROKEN:
    return may_mend(access) ? make_anew(access) : refuse(access, sqlite3_errstr(code));
  default:
    return refuse(access, sqlite3_errstr(code));
  }
}

sqlite3 *
ms_store_access_open(MsStoreAccess *access, MsStorePatience *patience, MsStoreCure *cure)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = ms_cache_folder_make(NULL, &error);
  sqlite3 *db = NULL;
  int code;

  if (!folder) {
    ms_store_access_notice(access, "%s; results are not kept", error->message);
    *cure = MS_STORE_NEVER;
    return NULL;
  }
  do {
    code = ms_store_file_open(access->path, patience, &db);
    if (code == SQLITE_OK)
      return db;
    *cure = ms_store_access_mend(access, g_steal_pointer(&db), code);
  } while (*cure == MS_STORE_AGAIN);
  return NULL;
}
