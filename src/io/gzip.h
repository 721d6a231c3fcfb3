/* SPDX-License-Identifier: MIT
 *
 * gzip through zlib, whole streams in memory.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean ms_gzip_sniff(GBytes *bytes);

/* Inflates all members, at most max_bytes of output (MS_IO_ERROR_TOO_LARGE, which says the limit).
 * Memory grows with what comes out, not with what a header promises. A stream that breaks off or
 * has a wrong checksum is MS_IO_ERROR_CORRUPT; zero bytes behind the last member are padding. */
GBytes *ms_gzip_inflate(GBytes *bytes, guint64 max_bytes, const char *name,
                        GCancellable *cancellable, GError **error);

/* The same where it is known how much must come out: fewer bytes than n_bytes are given as they
 * are, more are MS_IO_ERROR_CORRUPT, which says how many there are behind what is meant. */
GBytes *ms_gzip_inflate_promised(GBytes *bytes, gsize n_bytes, const char *name,
                                 GCancellable *cancellable, GError **error);

/* The first n_bytes of what comes out, or as many as there are: bytes may be no more than the
 * beginning of a file. */
GBytes *ms_gzip_inflate_start(GBytes *bytes, gsize n_bytes, const char *name, GError **error);

G_END_DECLS
