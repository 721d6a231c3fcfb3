/* SPDX-License-Identifier: MIT
 *
 * One call of zlib at a time, each on a bounded piece of input and of output, so that a stream that
 * inflates to a thousand times its size is stopped at the limit and can be cancelled on the way.
 */
#include "io/gzip.h"

#include <string.h>
#include <zlib.h>

#include "io/error.h"
#include "io/magic.h"

#define FIRST_CAPACITY (64u << 10)
#define AT_ONCE        (4u << 20)  /* between two looks at the cancellable */
#define MAX_COUNTED    (64u << 20) /* bytes too many: enough to say that it is much */
#define GZIP_ONLY      (15 + 16)   /* zlib: the largest window, a gzip header and no other */

static const guint8 magic[] = {0x1f, 0x8b};

typedef struct {
  z_stream stream;
  const char *name; /* of the file */
  const guint8 *at; /* the next byte that is not inflated */
  const guint8 *end;
  guint8 *output;
  gsize size; /* of what came out */
  gsize capacity;
} Inflation;

typedef enum {
  STEP_ON,  /* there may be more */
  STEP_END, /* all members are inflated */
  STEP_CUT, /* the input ends within a member */
  STEP_FAILED,
} Step;

static gboolean
begins_as_gzip(const guint8 *data, gsize size)
{
  return size >= sizeof magic && memcmp(data, magic, sizeof magic) == 0;
}

gboolean
ms_gzip_sniff(GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  return begins_as_gzip(data, size);
}

static gboolean
inflation_init(Inflation *self, GBytes *bytes, const char *name, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(bytes, &size);

  *self = (Inflation){.name = name, .at = data, .end = data + size};
  if (!begins_as_gzip(data, size)) {
    g_autofree char *found = ms_magic_describe(bytes);

    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_FORMAT, "%s: not gzip data (begins with %s)", name,
                found);
    return FALSE;
  }
  if (inflateInit2(&self->stream, GZIP_ONLY) == Z_OK)
    return TRUE;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: no memory to inflate it", name);
  return FALSE;
}

static void
inflation_clear(Inflation *self)
{
  inflateEnd(&self->stream);
  g_free(self->output);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Inflation, inflation_clear)

static gboolean
is_padding(const guint8 *at, const guint8 *end)
{
  while (at < end && *at == 0)
    at++;
  return at == end;
}

/* Behind a member: another one, the end, or what should not be there. */
static Step
begin_member(Inflation *self, GError **error)
{
  if (is_padding(self->at, self->end))
    return STEP_END;
  if (begins_as_gzip(self->at, (gsize)(self->end - self->at)) &&
      inflateReset(&self->stream) == Z_OK)
    return STEP_ON;
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
              "%s: %" G_GSIZE_FORMAT " bytes behind its gzip data that are none", self->name,
              (gsize)(self->end - self->at));
  return STEP_FAILED;
}

/* There is room for at least a byte of output. */
static Step
inflate_more(Inflation *self, GError **error)
{
  z_stream *stream = &self->stream;
  int result;

  stream->next_in = (Bytef *)self->at;
  stream->avail_in = (uInt)MIN(self->end - self->at, AT_ONCE);
  stream->next_out = self->output + self->size;
  stream->avail_out = (uInt)MIN(self->capacity - self->size, AT_ONCE);
  result = inflate(stream, Z_NO_FLUSH);
  self->at = stream->next_in;
  self->size = (gsize)(stream->next_out - self->output);
  if (result == Z_OK)
    return STEP_ON;
  if (result == Z_STREAM_END)
    return begin_member(self, error);
  if (result == Z_BUF_ERROR) /* no step was possible, and there was room */
    return STEP_CUT;
  if (result == Z_MEM_ERROR)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE, "%s: no memory to inflate it",
                self->name);
  else
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT, "%s: broken gzip data (%s)", self->name,
                stream->msg ? stream->msg : "no deflated data");
  return STEP_FAILED;
}

static gboolean
make_room(Inflation *self, gsize max_capacity, GError **error)
{
  gsize capacity = MIN(MAX(self->capacity * 2, FIRST_CAPACITY), max_capacity);
  guint8 *output;

  if (self->size < self->capacity)
    return TRUE;
  output = g_try_realloc(self->output, capacity);
  if (!output) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
                "%s: not enough memory for more than %" G_GSIZE_FORMAT " inflated bytes",
                self->name, self->size);
    return FALSE;
  }
  self->output = output;
  self->capacity = capacity;
  return TRUE;
}

static GBytes *
take_output(Inflation *self)
{
  guint8 *output = g_realloc(g_steal_pointer(&self->output), self->size);

  return g_bytes_new_take(output, self->size);
}

/* Up to a byte more than the limit, which shows that there is more. */
static Step
inflate_up_to(Inflation *self, gsize limit, GCancellable *cancellable, GError **error)
{
  Step step = STEP_ON;

  while (step == STEP_ON && self->size <= limit) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error) ||
        !make_room(self, limit + 1, error))
      return STEP_FAILED;
    step = inflate_more(self, error);
  }
  if (step == STEP_CUT && self->size <= limit) {
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: cut short: its gzip data break off after %" G_GSIZE_FORMAT " inflated bytes",
                self->name, self->size);
    return STEP_FAILED;
  }
  return step;
}

GBytes *
ms_gzip_inflate(GBytes *bytes, guint64 max_bytes, const char *name, GCancellable *cancellable,
                GError **error)
{
  gsize limit = (gsize)MIN(max_bytes, G_MAXSIZE / 4);
  g_auto(Inflation) self = {0};

  if (!inflation_init(&self, bytes, name, error) ||
      inflate_up_to(&self, limit, cancellable, error) == STEP_FAILED)
    return NULL;
  if (self.size <= limit)
    return take_output(&self);
  g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_TOO_LARGE,
              "%s: inflates to more than %" G_GSIZE_FORMAT " bytes, which is the limit", name,
              limit);
  return NULL;
}

/* What was inflated is given up: its memory takes what comes next, of which only the number of
 * bytes counts. */
static void
fail_too_long(Inflation *self, gsize promised, Step step, GCancellable *cancellable, GError **error)
{
  guint64 n_behind = self->size - promised;

  while (step == STEP_ON && n_behind < MAX_COUNTED) {
    if (g_cancellable_set_error_if_cancelled(cancellable, error))
      return;
    self->size = 0;
    step = inflate_more(self, error);
    n_behind += self->size;
  }
  if (step != STEP_FAILED)
    g_set_error(error, MS_IO_ERROR, MS_IO_ERROR_CORRUPT,
                "%s: %s%" G_GUINT64_FORMAT " inflated bytes behind the %" G_GSIZE_FORMAT
                " that its header promises",
                self->name, step == STEP_ON ? "at least " : "", n_behind, promised);
}

GBytes *
ms_gzip_inflate_promised(GBytes *bytes, gsize n_bytes, const char *name, GCancellable *cancellable,
                         GError **error)
{
  g_auto(Inflation) self = {0};
  Step step;

  g_return_val_if_fail(n_bytes < G_MAXSIZE / 4, NULL);
  if (!inflation_init(&self, bytes, name, error))
    return NULL;
  step = inflate_up_to(&self, n_bytes, cancellable, error);
  if (step == STEP_FAILED)
    return NULL;
  if (self.size <= n_bytes)
    return take_output(&self);
  fail_too_long(&self, n_bytes, step, cancellable, error);
  return NULL;
}

GBytes *
ms_gzip_inflate_start(GBytes *bytes, gsize n_bytes, const char *name, GError **error)
{
  g_auto(Inflation) self = {0};
  Step step = STEP_ON;

  if (!inflation_init(&self, bytes, name, error))
    return NULL;
  while (step == STEP_ON && self.size < n_bytes) {
    if (!make_room(&self, n_bytes, error))
      return NULL;
    step = inflate_more(&self, error);
  }
  return step == STEP_FAILED ? NULL : take_output(&self);
}
