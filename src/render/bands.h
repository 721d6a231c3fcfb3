/* SPDX-License-Identifier: MIT
 *
 * Work on the rows of a picture, spread over the processors in bands. Made for a few milliseconds
 * between two frames of the screen: whoever calls works along, takes what nobody has taken yet, and
 * never waits for a thread that has not begun.
 */
#pragma once

/* Rows first_row <= y < first_row + n_rows; on any thread, several at once. */
typedef void (*MsBand)(void *user, int first_row, int n_rows);

/* Calls `band` for all rows, band_rows at a time, and returns when they are done. */
void ms_bands_run(int n_rows, int band_rows, MsBand band, void *user);
