/* SPDX-License-Identifier: MIT
 *
 * The values of options as text: read the same way from the command line and from a .maskset file.
 * `name` is how the user wrote the option, for the message.
 */
#pragma once

#include "set/options.h"

G_BEGIN_DECLS

void ms_options_add_predicted(MsOptions *options, const char *name, const char *path);

/* "7", "none" */
gboolean ms_options_set_background(MsOptions *options, const char *name, const char *value,
                                   GError **error);
/* "0,255", "none" */
gboolean ms_options_set_ignore(MsOptions *options, const char *name, const char *value,
                               GError **error);
/* "1", "nonzero" */
gboolean ms_options_set_positive(MsOptions *options, const char *name, const char *value,
                                 GError **error);
/* "0.5" */
gboolean ms_options_set_threshold(MsOptions *options, const char *name, const char *value,
                                  GError **error);
/* "one", "zero", "skip" */
gboolean ms_options_set_empty(MsOptions *options, const char *name, const char *value,
                              GError **error);
/* "skip", "nearest" */
gboolean ms_options_set_size_mismatch(MsOptions *options, const char *name, const char *value,
                                      GError **error);

G_END_DECLS
