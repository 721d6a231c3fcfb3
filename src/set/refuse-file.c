/* SPDX-License-Identifier: MIT
 *
 * The name's ending says what was meant, the first bytes what is there.
 */
#include "set/refuse-file.h"

#include <string.h>

#include "io/coco.h"
#include "io/error.h"
#include "io/file-start.h"
#include "io/file.h"
#include "set/ending.h"
#include "set/set.h"
#include "set/text.h"

#define START_BYTES 16

#define WANTED                                                                                     \
  "masks are a folder, a pattern with {id}, or annotations (COCO's .json, a .csv of run lengths)"

static gboolean
is_utf_16(GBytes *start)
{
  gsize size;
  const guint8 *data = g_bytes_get_data(start, &size);
  return size >= 2 && (memcmp(data, "\xff\xfe", 2) == 0 || memcmp(data, "\xfe\xff", 2) == 0);
}

/* What the reader of annotations stumbles over, without the file's name, which is said before. */
static char *
find_fault(const char *path, const char *shown, GCancellable *cancellable)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(MsCoco) coco = ms_coco_open(path, NULL, NULL, cancellable, &cause);
  gsize length = strlen(shown);
  if (coco)
    return g_strdup("its beginning holds no images and no annotations");
  if (g_str_has_prefix(cause->message, shown) && strchr(":,", cause->message[length]))
    return g_strdup(cause->message + length + strspn(cause->message + length, ":, "));
  return g_strdup(cause->message);
}

static char *
describe(const char *path, const char *shown, GBytes *start, GCancellable *cancellable)
{
  if (is_utf_16(start))
    return g_strdup("a file of text in UTF-16, which is not read; save it as UTF-8");
  if (ms_ending_is(path, ".json")) {
    g_autofree char *fault = find_fault(path, shown, cancellable);
    return g_strdup_printf("a JSON file, but no COCO annotations or results: %s", fault);
  }
  if (ms_ending_is_of_table(path))
    return g_strdup("a table, but none of run lengths, which has a column of image names (ImageId) "
                    "and one of runs (EncodedPixels); " WANTED);
  if (ms_text_is_picture(path))
    return g_strdup("a file, not a folder; single files are compared where --actual and every "
                    "--predicted are a file each");
  return g_strdup("a file, not a folder; " WANTED);
}

void
ms_refuse_file(const char *path, GCancellable *cancellable, GError **error)
{
  g_autofree char *shown = ms_path_display(path);
  g_autoptr(GError) cause = NULL;
  g_autoptr(GBytes) start = ms_file_read_start(path, START_BYTES, &cause);
  g_autofree char *what = NULL;
  if (!start && !g_error_matches(cause, MS_IO_ERROR, MS_IO_ERROR_EMPTY)) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return;
  }
  what = start ? describe(path, shown, start, cancellable)
               : g_strdup("a file, not a folder, and empty (0 bytes)");
  if (!g_cancellable_set_error_if_cancelled(cancellable, error))
    g_set_error(error, MS_SET_ERROR, MS_SET_ERROR_NOT_FOUND, "%s is %s", shown, what);
}
