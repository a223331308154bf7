// SPDX-License-Identifier: Apache-2.0
/** Makes small faults in machine code, and counts what a comparison says of them. */
@NullMarked
package org.patchoscope.bot.sabotage;

import org.jspecify.annotations.NullMarked;
