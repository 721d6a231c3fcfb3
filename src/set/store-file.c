/* SPDX-License-Identifier: MIT
 *
 * A rollback journal, never a WAL: home folders lie on network file systems, where a WAL does not
 * work. Synchronous NORMAL: a batch of results costs a few waits for the disk, on a thread of its
 * own. A killed program costs what it had not committed; the loss of power may, on a disk that
 * writes in an order of its own, damage the file, which is then made anew.
 *
 * Pages of 16 KiB hold rows of up to 4 KB, those of probability maps, in the tree itself, which is
 * in the order of ids: reading a set again is a walk from page to page.
 *
 * A file whose tables are not letter by letter those made here is none of ours: it could bring
 * triggers and views.
 */
#include "set/store-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "set/store-row.h"

#define APPLICATION_ID 0x4d735374 /* "MsSt" */
#define STORE_VERSION  2

#define SIGNATURES_SQL                                                                             \
  "CREATE TABLE signatures (id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, "     \
  "used INTEGER NOT NULL)"
#define RESULTS_SQL                                                                                \
  "CREATE TABLE results (signature INTEGER NOT NULL, example TEXT NOT NULL, result BLOB NOT "      \
  "NULL, PRIMARY KEY (signature, example)) WITHOUT ROWID"
#define SURVEYS_SQL                                                                                \
  "CREATE TABLE surveys (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, facts BLOB NOT NULL)"
#define OURS_SQL "'" SIGNATURES_SQL "', '" RESULTS_SQL "', '" SURVEYS_SQL "'"

MsStoreState
ms_store_state_of(int code)
{
  switch (code & 0xff) {
  case SQLITE_OK:
  case SQLITE_ROW:
  case SQLITE_DONE:
    return MS_STORE_FINE;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return MS_STORE_BUSY;
  case SQLITE_READONLY:
    return code == SQLITE_READONLY_DBMOVED ? MS_STORE_GONE : MS_STORE_REFUSED;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
    return MS_STORE_BROKEN;
  default:
    return code == SQLITE_IOERR_SHORT_READ ? MS_STORE_BROKEN : MS_STORE_REFUSED;
  }
}

int
ms_store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement)
{
  return sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL);
}

int
ms_store_step(sqlite3_stmt *statement)
{
  int code = sqlite3_step(statement);

  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return code == SQLITE_DONE ? SQLITE_OK : code;
}

int
ms_store_run(sqlite3 *db, const char *sql)
{
  return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

int
ms_store_ask(sqlite3 *db, const char *sql, gint64 *number)
{
  sqlite3_stmt *statement = NULL;
  int code = ms_store_prepare(db, sql, &statement);

  if (code != SQLITE_OK)
    return code;
  code = sqlite3_step(statement);
  if (code == SQLITE_ROW)
    *number = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return code == SQLITE_ROW ? SQLITE_OK : code == SQLITE_DONE ? SQLITE_CORRUPT : code;
}

void
ms_store_file_remove(const char *path)
{
  g_autofree char *journal = g_strconcat(path, "-journal", NULL);

  /* The journal first: without its file it would be taken for that of the next one. */
  g_unlink(journal);
  g_unlink(path);
}

/* SQLite would make it for others to read. Closing a descriptor lets go of the locks that this
 * process has on the file: of one that was not there it has none. */
static void
make_private_file(const char *path)
{
  int fd = g_open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    close(fd);
}

static int
wait_for_others(void *data, int n_waits)
{
  MsStorePatience *patience = data;
  gint64 now = g_get_monotonic_time();

  if (n_waits == 0)
    patience->since = now;
  if (now - patience->since >= g_atomic_int_get(&patience->ms) * G_GINT64_CONSTANT(1000))
    return 0;
  g_usleep(n_waits < 5 ? 1000u << n_waits : 50000);
  return 1;
}

static int
configure(sqlite3 *db, MsStorePatience *patience)
{
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_handler(db, wait_for_others, patience);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, (int)(2 * MS_STORE_ROW_MAX_BYTES));
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  return ms_store_run(db, "PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; "
                          "PRAGMA temp_store = MEMORY; PRAGMA synchronous = NORMAL");
}

/* Within a transaction; fine when another program was faster. */
static int
make_tables(sqlite3 *db)
{
  g_autofree char *marks = g_strdup_printf("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                           APPLICATION_ID, STORE_VERSION);
  gint64 n_tables = 0;
  int code = ms_store_run(db, "BEGIN IMMEDIATE");

  if (code != SQLITE_OK)
    return code;
  code = ms_store_ask(db, "SELECT count(*) FROM sqlite_master", &n_tables);
  if (code == SQLITE_OK && n_tables == 0) {
    code = ms_store_run(db, SIGNATURES_SQL "; " RESULTS_SQL "; " SURVEYS_SQL);
    if (code == SQLITE_OK)
      code = ms_store_run(db, marks);
  }
  if (code == SQLITE_OK)
    code = ms_store_run(db, "COMMIT");
  else
    ms_store_run(db, "ROLLBACK");
  return code;
}

/* A file of no bytes is an empty database. */
static int
make_if_empty(sqlite3 *db)
{
  gint64 n_pages = 0;
  int code = ms_store_ask(db, "PRAGMA page_count", &n_pages);

  if (code != SQLITE_OK || n_pages > 0)
    return code;
  code = ms_store_run(db, "PRAGMA page_size = 16384");
  return code == SQLITE_OK ? make_tables(db) : code;
}

/* Whether these are the tables, and nothing else is. AUTOINCREMENT has one of its own, UNIQUE an
 * index without text. */
static int
check_tables(sqlite3 *db)
{
  gint64 application = 0, version = 0, n_ours = 0, n_others = 0;
  int code = ms_store_ask(db, "PRAGMA application_id", &application);

  if (code == SQLITE_OK)
    code = ms_store_ask(db, "PRAGMA user_version", &version);
  if (code == SQLITE_OK)
    code =
        ms_store_ask(db, "SELECT count(*) FROM sqlite_master WHERE sql IN (" OURS_SQL ")", &n_ours);
  if (code == SQLITE_OK)
    code = ms_store_ask(db,
                        "SELECT count(*) FROM sqlite_master WHERE sql IS NOT NULL AND "
                        "sql NOT IN (" OURS_SQL ", 'CREATE TABLE sqlite_sequence(name,seq)')",
                        &n_others);
  if (code != SQLITE_OK)
    return code;
  return application == APPLICATION_ID && version == STORE_VERSION && n_ours == 3 && n_others == 0
             ? SQLITE_OK
             : SQLITE_NOTADB;
}

static int
use_journal(sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  int code = ms_store_prepare(db, "PRAGMA journal_mode = TRUNCATE", &statement);
  gboolean is_used;

  if (code != SQLITE_OK)
    return code;
  code = sqlite3_step(statement);
  is_used = code == SQLITE_ROW &&
            g_strcmp0((const char *)sqlite3_column_text(statement, 0), "truncate") == 0;
  sqlite3_finalize(statement);
  return is_used ? SQLITE_OK : code == SQLITE_ROW ? SQLITE_NOTADB : code;
}

gboolean
ms_store_file_has_moved(sqlite3 *db)
{
  int has_moved = 0;

  sqlite3_file_control(db, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  return has_moved != 0;
}

/* What no SQL of ours can be asked of is no store of ours, such as a format of later versions. */
static int
take_for_foreign(int code)
{
  return (code & 0xff) == SQLITE_ERROR ? SQLITE_NOTADB : code;
}

int
ms_store_file_open(const char *path, MsStorePatience *patience, sqlite3 **db)
{
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  int code;

  make_private_file(path);
  code = sqlite3_open_v2(path, db, flags, NULL);
  if (code == SQLITE_OK)
    code = configure(*db, patience);
  if (code == SQLITE_OK)
    code = make_if_empty(*db);
  if (code == SQLITE_OK)
    code = check_tables(*db);
  if (code == SQLITE_OK)
    code = use_journal(*db);
  return take_for_foreign(code);
}
