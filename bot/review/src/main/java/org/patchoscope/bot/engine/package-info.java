// SPDX-License-Identifier: Apache-2.0
/** From a series and a tree to a review: the way in for the command line and the service. */
@NullMarked
package org.patchoscope.bot.engine;

import org.jspecify.annotations.NullMarked;
