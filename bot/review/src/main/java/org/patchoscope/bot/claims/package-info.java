// SPDX-License-Identifier: Apache-2.0
/** What changelogs claim of themselves, and whether the simulation agrees. */
@NullMarked
package org.patchoscope.bot.claims;

import org.jspecify.annotations.NullMarked;
