/* SPDX-License-Identifier: MIT
 *
 * For tests: how long stores that are made from now on wait for other programs.
 */
#pragma once

/* ms that a lock is waited for, and until a file that is held is tried again; negative: as usual.
 */
void ms_store_use_patience(int patience, int pause);
