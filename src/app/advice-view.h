/* SPDX-License-Identifier: MIT
 *
 * The advice that the scores of a set call for, a card each: headline, the numbers that led to it,
 * what to do. Takes no room where there is none.
 */
#pragma once

#include <gtk/gtk.h>

#include "set/advice.h"

G_BEGIN_DECLS

#define MS_TYPE_ADVICE_VIEW (ms_advice_view_get_type())
G_DECLARE_FINAL_TYPE(MsAdviceView, ms_advice_view, MS, ADVICE_VIEW, GtkWidget)

/* Shows what is given of an array of MsAdvice; NULL: nothing. Not kept. */
void ms_advice_view_show(MsAdviceView *self, const GPtrArray *advice);

/* Why the others are not given, a line each; NULL: nothing is left to say. Caller frees. */
char *ms_advice_view_describe_absence(const GPtrArray *advice);

G_END_DECLS
