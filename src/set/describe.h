/* SPDX-License-Identifier: MIT
 *
 * Numbers and verdicts in words, the same on screen, in figures and in text reports. All results
 * are the caller's to free. Independent of the locale.
 */
#pragma once

#include <glib.h>

#include "metric/confusion.h"
#include "metric/measures.h"

G_BEGIN_DECLS

/* "1,048,576" */
char *ms_describe_count(guint64 count);
/* Words as a sentence: "mean IoU 0.830" is "Mean IoU 0.830.". Caller frees. */
char *ms_describe_sentence(const char *words);
/* At most five characters: "9,999", "12.3k", "1.05M". */
char *ms_describe_short_count(guint64 count);
/* Fixed digits: "0.788"; "n/a" when undefined. A value below 1 is never shown as "1.000": it is cut
 * to "0.999", so that only a perfect score looks perfect; likewise 0. */
char *ms_describe_ratio(MsValue value, guint digits);
/* A boundary or instance metric: a ratio as above; "1.414 px"; "infinite"; "n/a". */
char *ms_describe_measure(MsMeasure measure, MsValue value, guint digits);
/* Fixed digits, and more than `digits` where it takes more for the text to lie on the same side of
 * the limit, of 0 and of 1 as the value itself, so that no sentence contradicts itself. */
char *ms_describe_beside(double value, double limit, guint digits);
/* A label's score: "0.71"; "0.5004" where a threshold of 0.5 let it pass. */
char *ms_describe_label_score(double score, double threshold);
/* The shortest text that reads back as the same double. */
char *ms_describe_exact_number(double value);
/* "416 / (416 + 73 + 39)"; "both masks empty: 1 by rule". */
char *ms_describe_iou_formula(const MsConfusion *confusion, MsEmptyRule empty);
/* The same for any metric of one example. */
char *ms_describe_formula(const MsConfusion *confusion, MsMetric metric, MsEmptyRule empty);
/* The same of one class against the rest; "in neither mask". */
char *ms_describe_class_formula(const MsClassCounts *counts, MsMetric metric, MsEmptyRule empty);
/* "Exact match: all 1,024 pixels agree", "Not exact: 112 of 1,024 pixels differ"; labels likewise.
 */
char *ms_describe_match(const MsConfusion *confusion);
/* "both masks empty score 1" and so on; of label sets in their words. */
const char *ms_describe_empty_rule(const MsRules *rules);

G_END_DECLS
