// SPDX-License-Identifier: Apache-2.0
/** Makes each state of a series: sources, objects, what is loaded from them. */
@NullMarked
package org.patchoscope.bot.pipeline.build;

import org.jspecify.annotations.NullMarked;
