/* SPDX-License-Identifier: MIT
 *
 * A notice keeps its path as it is shown, not as the file system spells it.
 */
#include "set/notice.h"

#include "io/file.h"

static void
notice_free(gpointer data)
{
  MsNotice *notice = data;
  g_free(notice->path);
  g_free(notice->message);
  g_free(notice);
}

GPtrArray *
ms_notices_new(void)
{
  return g_ptr_array_new_with_free_func(notice_free);
}

void
ms_notices_add(GPtrArray *notices, const char *path, const char *format, ...)
{
  if (!notices)
    return;
  MsNotice *notice = g_new0(MsNotice, 1);
  notice->path = path ? ms_path_display(path) : NULL;
  va_list arguments;
  va_start(arguments, format);
  notice->message = g_strdup_vprintf(format, arguments);
  va_end(arguments);
  g_ptr_array_add(notices, notice);
}

void
ms_notices_mark_last(GPtrArray *notices, MsNoticeKind kind)
{
  if (notices && notices->len > 0)
    ((MsNotice *)g_ptr_array_index(notices, notices->len - 1))->kind = kind;
}
