/* SPDX-License-Identifier: MIT
 *
 * A connection is either open with all of its statements or not open at all: whatever fails on the
 * way closes it.
 */
#include "set/store-connection.h"

#include "set/store-private.h"

/* Files that go one after the other, each before anything was done with it. */
#define MOST_GONE 4

static const char find_signature_sql[] = "SELECT id FROM signatures WHERE hash = ?1";

struct MsStoreConnection {
  MsStoreAccess *access;
  const MsStoreManner *manner;
  MsStorePatience patience;
  int pause;

  sqlite3 *db;
  sqlite3_stmt *find_signature;
  sqlite3_stmt *statements[MS_STORE_MOST_STATEMENTS];
  guint generation;
  guint n_gone;
  gboolean is_held;
  gint64 held_until; /* monotonic */
  gint is_off;       /* atomic */
};

static int patience_of_tests = -1, pause_of_tests = -1;

void
ms_store_use_patience(int patience, int pause)
{
  patience_of_tests = patience;
  pause_of_tests = pause;
}

MsStoreConnection *
ms_store_connection_new(MsStoreAccess *access, const MsStoreManner *manner)
{
  MsStoreConnection *connection = g_new0(MsStoreConnection, 1);

  connection->access = access;
  connection->manner = manner;
  connection->patience.ms = patience_of_tests >= 0 ? patience_of_tests : manner->patience;
  connection->pause = pause_of_tests >= 0 ? pause_of_tests : manner->pause;
  return connection;
}

static void
finalize_statements(MsStoreConnection *connection)
{
  g_clear_pointer(&connection->find_signature, sqlite3_finalize);
  for (guint i = 0; i < MS_STORE_MOST_STATEMENTS; i++)
    g_clear_pointer(&connection->statements[i], sqlite3_finalize);
}

static void
close_file(MsStoreConnection *connection)
{
  finalize_statements(connection);
  g_clear_pointer(&connection->db, sqlite3_close);
}

void
ms_store_connection_free(MsStoreConnection *connection)
{
  close_file(connection);
  g_free(connection);
}

/* --- what is wrong ---------------------------------------------------------------------------- */

static void
hold(MsStoreConnection *connection)
{
  connection->is_held = TRUE;
  connection->held_until = g_get_monotonic_time() + connection->pause * G_GINT64_CONSTANT(1000);
  ms_store_access_notice_held(connection->access);
}

/* Whether there is something to try again. */
static gboolean
follow(MsStoreConnection *connection, MsStoreCure cure)
{
  if (cure == MS_STORE_NEVER)
    ms_store_connection_give_up(connection);
  else if (cure == MS_STORE_LATER || ++connection->n_gone > MOST_GONE)
    hold(connection);
  else
    return TRUE;
  return FALSE;
}

static gboolean
mend(MsStoreConnection *connection, int code)
{
  finalize_statements(connection);
  return follow(connection,
                ms_store_access_mend(connection->access, g_steal_pointer(&connection->db), code));
}

gboolean
ms_store_connection_settle(MsStoreConnection *connection, int code)
{
  switch (ms_store_state_of(code)) {
  case MS_STORE_FINE:
    connection->is_held = FALSE;
    connection->n_gone = 0;
    return FALSE;
  case MS_STORE_BUSY:
    hold(connection);
    return FALSE;
  default:
    return mend(connection, code);
  }
}

/* --- opening ---------------------------------------------------------------------------------- */

static int
prepare(MsStoreConnection *connection)
{
  const MsStoreManner *manner = connection->manner;
  int code = ms_store_run(connection->db, manner->settings);

  if (code == SQLITE_OK)
    code = ms_store_prepare(connection->db, find_signature_sql, &connection->find_signature);
  for (guint i = 0; i < MS_STORE_MOST_STATEMENTS && code == SQLITE_OK; i++)
    if (manner->sql[i])
      code = ms_store_prepare(connection->db, manner->sql[i], &connection->statements[i]);
  return code;
}

/* Removed or replaced, it would take whatever is written with it. */
static void
leave_moved_file(MsStoreConnection *connection)
{
  if (connection->db && ms_store_file_has_moved(connection->db))
    close_file(connection);
}

static gboolean
is_left_alone(const MsStoreConnection *connection)
{
  return connection->is_held && g_get_monotonic_time() < connection->held_until;
}

gboolean
ms_store_connection_open(MsStoreConnection *connection)
{
  MsStoreCure cure;
  int code;

  if (ms_store_connection_is_off(connection) || is_left_alone(connection))
    return FALSE;
  leave_moved_file(connection);
  while (!connection->db) {
    connection->db = ms_store_access_open(connection->access, &connection->patience, &cure);
    if (!connection->db)
      return follow(connection, cure);
    connection->generation++;
    code = prepare(connection);
    if (code != SQLITE_OK && !mend(connection, code))
      return FALSE;
  }
  return TRUE;
}

/* --- the open connection ---------------------------------------------------------------------- */

sqlite3 *
ms_store_connection_db(const MsStoreConnection *connection)
{
  return connection->db;
}

sqlite3_stmt *
ms_store_connection_statement(const MsStoreConnection *connection, guint index)
{
  return connection->statements[index];
}

int
ms_store_connection_find_signature(MsStoreConnection *connection, const MsHash *hash, gint64 *id)
{
  sqlite3_stmt *statement = connection->find_signature;
  int code;

  sqlite3_bind_blob(statement, 1, hash, sizeof *hash, SQLITE_STATIC);
  code = sqlite3_step(statement);
  *id = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  return code == SQLITE_ROW || code == SQLITE_DONE ? SQLITE_OK : code;
}

guint
ms_store_connection_get_generation(const MsStoreConnection *connection)
{
  return connection->generation;
}

gboolean
ms_store_connection_is_held(const MsStoreConnection *connection)
{
  return connection->is_held;
}

/* --- any thread ------------------------------------------------------------------------------- */

void
ms_store_connection_hurry(MsStoreConnection *connection, int patience)
{
  if (patience < g_atomic_int_get(&connection->patience.ms))
    g_atomic_int_set(&connection->patience.ms, patience);
}

void
ms_store_connection_give_up(MsStoreConnection *connection)
{
  g_atomic_int_set(&connection->is_off, TRUE);
}

gboolean
ms_store_connection_is_off(const MsStoreConnection *connection)
{
  return g_atomic_int_get(&connection->is_off);
}
