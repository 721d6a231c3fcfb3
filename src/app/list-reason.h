/* SPDX-License-Identifier: MIT
 *
 * Why a list of examples is empty, in words.
 */
#pragma once

#include "set/order.h"

G_BEGIN_DECLS

/* class_name: that of the wish's class; NULL: any. unfinished: scores are still to come. Caller
 * frees. */
char *ms_list_reason(const MsWish *wish, const char *class_name, gboolean unfinished);

/* Whether anything but the split is filtered. */
gboolean ms_list_is_filtered(const MsWish *wish);

G_END_DECLS
