/* SPDX-License-Identifier: MIT
 *
 * What lies in a folder and its sub-folders, as paths relative to it in byte order. Hidden names
 * are left out, links are followed unless they lead back above themselves, and no file is looked
 * at where its folder already tells what it is.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  char *folder;
  GPtrArray *names; /* char *: relative paths, '/' between folders */
  guint n_others;   /* files that are not pictures, when only pictures were asked for */
  char *other;      /* the first of those in byte order */
} MsListing;

/* notices (MsNotice, may be NULL) takes what could not be entered. Errors: MS_SET_ERROR_NOT_FOUND
 * when the folder itself is missing, not a folder or not readable; G_IO_ERROR_CANCELLED. */
MsListing *ms_listing_new(const char *folder, gboolean pictures_only, GPtrArray *notices,
                          GCancellable *cancellable, GError **error);
void ms_listing_free(MsListing *listing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MsListing, ms_listing_free)

/* Names of the folders directly in a folder, in byte order; hidden ones left out. */
GStrv ms_listing_folders(const char *folder, GError **error);

G_END_DECLS
