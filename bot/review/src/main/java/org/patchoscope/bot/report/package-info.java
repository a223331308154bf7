// SPDX-License-Identifier: Apache-2.0
/** Renders a review as text, JSON and HTML. Mail content in it is hostile and is never passed on as it came. */
@NullMarked
package org.patchoscope.bot.report;

import org.jspecify.annotations.NullMarked;
