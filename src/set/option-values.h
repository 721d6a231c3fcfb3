/* SPDX-License-Identifier: MIT
 *
 * The values of options as text: read the same way from the command line and from a .maskset file.
 * `name` is how the user wrote the option, for the message.
 */
#pragma once

#include "set/options.h"

G_BEGIN_DECLS

void ms_options_add_predicted(MsOptions *options, const char *name, const char *path);

/* Both set MS_OPTIONS_ERROR_USAGE and return FALSE. The second says "NAME takes TAKES, not VALUE".
 */
gboolean ms_options_usage_error(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
gboolean ms_options_value_error(const char *name, const char *takes, const char *value,
                                GError **error);

/* "7", "none" */
gboolean ms_options_set_background(MsOptions *options, const char *name, const char *value,
                                   GError **error);
/* "0,255", "void,-1", "none" */
gboolean ms_options_set_ignore(MsOptions *options, const char *name, const char *value,
                               GError **error);
/* "1", "nonzero" */
gboolean ms_options_set_positive(MsOptions *options, const char *name, const char *value,
                                 GError **error);
/* "none", "plain", "1000" */
gboolean ms_options_set_instances(MsOptions *options, const char *name, const char *value,
                                  GError **error);
/* "11-20=3,255=ignore", added to what there is: of both sides, the actual one, the predicted one */
gboolean ms_options_add_map(MsOptions *options, const char *name, const char *value,
                            GError **error);
gboolean ms_options_add_map_actual(MsOptions *options, const char *name, const char *value,
                                   GError **error);
gboolean ms_options_add_map_predicted(MsOptions *options, const char *name, const char *value,
                                      GError **error);
/* "unet:flip-x,shift:2:-1"; a model once */
gboolean ms_options_add_adjust(MsOptions *options, const char *name, const char *value,
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
/* "x", "y", "z" */
gboolean ms_options_set_slice_axis(MsOptions *options, const char *name, const char *value,
                                   GError **error);
/* "gap=0.2,examples=20,explain", "none"; what is not named is as ms_advice_limits_init() sets it */
gboolean ms_options_set_advise(MsOptions *options, const char *name, const char *value,
                               GError **error);

G_END_DECLS
