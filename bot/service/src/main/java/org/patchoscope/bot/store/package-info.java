// SPDX-License-Identifier: Apache-2.0
/** Series, reviews and what became of them, in a relational database. */
@NullMarked
package org.patchoscope.bot.store;

import org.jspecify.annotations.NullMarked;
