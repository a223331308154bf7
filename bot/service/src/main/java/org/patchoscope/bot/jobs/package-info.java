// SPDX-License-Identifier: Apache-2.0
/** What is done in the background, so that it survives a crash: reviewing what waits. */
@NullMarked
package org.patchoscope.bot.jobs;

import org.jspecify.annotations.NullMarked;
