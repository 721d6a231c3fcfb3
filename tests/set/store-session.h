/* SPDX-License-Identifier: MIT
 *
 * A cache folder for tests of the results store, and what they do with the store in it.
 */
#pragma once

#include "set/cache-folder.h"
#include "set/store-file.h"
#include "stored-rows.h"
#include "support/files.h"

#define MAX_BYTES MS_STORE_MAX_BYTES

typedef struct {
  char *cache;
  char *path; /* of the store */
} Fixture;

static inline void
set_up(Fixture *fixture, gconstpointer data)
{
  fixture->cache = ms_cache_path(NULL);
  fixture->path = ms_cache_path(MS_STORE_FILE_NAME);
}

static inline void
tear_down(Fixture *fixture, gconstpointer data)
{
  test_remove_recursively(fixture->cache);
  g_free(fixture->cache);
  g_free(fixture->path);
}

/* One store with one signature. */
typedef struct {
  MsStore *store;
  MsStoreSignature *signature;
} Session;

static inline Session
session_open_bound(guint signature_number, guint64 max_bytes)
{
  MsHash hash = stored_signature(signature_number);
  Session session = {.store = ms_store_new(max_bytes)};

  session.signature = ms_store_use(session.store, &hash);
  return session;
}

static inline Session
session_open(guint signature_number)
{
  return session_open_bound(signature_number, MAX_BYTES);
}

/* Asserts that there was nothing to say. */
static inline void
session_close(Session *session)
{
  g_autofree char *notice = NULL;

  ms_store_flush(session->store);
  notice = ms_store_take_notice(session->store);
  g_assert_cmpstr(notice, ==, NULL);
  g_clear_pointer(&session->store, ms_store_free);
}

static inline void
session_close_noticed(Session *session, const char *words)
{
  g_autofree char *notice = NULL;
  g_autofree char *second = NULL;

  ms_store_flush(session->store);
  notice = ms_store_take_notice(session->store);
  second = ms_store_take_notice(session->store);
  g_assert_nonnull(notice);
  g_test_message("%s", notice);
  g_assert_nonnull(strstr(notice, words));
  g_assert_null(second);
  g_clear_pointer(&session->store, ms_store_free);
}

static inline void
write_rows(guint signature, guint first, guint n, guint seed)
{
  Session session = session_open(signature);

  for (guint i = first; i < first + n; i++)
    stored_put(session.store, session.signature, i, seed);
  session_close(&session);
}

static inline guint
count_rows(guint signature, guint first, guint n, guint seed)
{
  Session session = session_open(signature);
  guint n_found = stored_count(session.store, session.signature, first, n, seed);

  session_close(&session);
  return n_found;
}

/* With a connection of the test's own. */
static inline void
run_sql(const Fixture *fixture, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint(sqlite3_exec(db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close(db);
}

static inline gint64
ask_sql(const Fixture *fixture, const char *sql)
{
  sqlite3 *db = NULL;
  gint64 number = -1;

  g_assert_cmpint(sqlite3_open(fixture->path, &db), ==, SQLITE_OK);
  g_assert_cmpint(ms_store_ask(db, sql, &number), ==, SQLITE_OK);
  sqlite3_close(db);
  return number;
}
