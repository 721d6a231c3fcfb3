/* SPDX-License-Identifier: MIT
 *
 * A file is made anew a few times at most: what breaks each time is no file to keep results in.
 */
#include "set/store-access.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

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

  ms_store_access_notice(access,
                         "%s: cannot be used: %s; results are not kept (remove it, or name another "
                         "folder by MASKSCOPE_CACHE, or run with --no-cache)",
                         shown, reason);
  return MS_STORE_NEVER;
}

static MsStoreCure
refuse_full(MsStoreAccess *access, const char *reason)
{
  g_autofree char *shown = ms_path_display(access->path);

  ms_store_access_notice(access,
                         "%s: cannot be written: %s; results are not kept (\"maskscope "
                         "clear-cache\" makes room, MASKSCOPE_CACHE names a folder elsewhere)",
                         shown, reason);
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

/* --- why a file cannot be used ---------------------------------------------------------------- */

/* SQLite has two words for all that the system may have said. number: errno, 0 where SQLite had
 * none. */
static const char *
reason_of(const char *path, int code, int number)
{
  if ((code & 0xff) == SQLITE_READONLY && number == 0)
    number = g_access(path, W_OK) != 0 ? errno : EROFS;
  return number != 0 ? g_strerror(number) : sqlite3_errstr(code);
}

/* A quota, too, or a limit on the size of files. */
static gboolean
takes_no_more(int code)
{
  return (code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_FSYNC;
}

static MsStoreCure
give_reason(MsStoreAccess *access, int code, int number)
{
  if (!takes_no_more(code))
    return refuse(access, reason_of(access->path, code, number));
  return refuse_full(access,
                     reason_of(access->path, code, (code & 0xff) == SQLITE_FULL ? ENOSPC : number));
}

/* What stands in the file's place and is none; NULL: nothing does. */
static const char *
describe_obstacle(const char *path)
{
  struct stat info;

  if (stat(path, &info) == 0)
    return S_ISREG(info.st_mode)   ? NULL
           : S_ISDIR(info.st_mode) ? "it is a folder"
                                   : "it is no file";
  return lstat(path, &info) == 0 && S_ISLNK(info.st_mode) ? "it is a link that leads nowhere"
                                                          : NULL;
}

/* --- opening and mending ---------------------------------------------------------------------- */

MsStoreCure
ms_store_access_mend(MsStoreAccess *access, sqlite3 *db, int code)
{
  MsStoreState state = ms_store_state_of(code);
  int number = sqlite3_system_errno(db);

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
    return give_reason(access, code, number);
  }
}

sqlite3 *
ms_store_access_open(MsStoreAccess *access, MsStorePatience *patience, MsStoreCure *cure)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = ms_cache_folder_make(NULL, &error);
  const char *obstacle = folder ? describe_obstacle(access->path) : NULL;
  sqlite3 *db = NULL;
  int code;

  if (!folder)
    ms_store_access_notice(access, "%s; results are not kept", error->message);
  else if (obstacle)
    refuse(access, obstacle);
  if (!folder || obstacle) {
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
