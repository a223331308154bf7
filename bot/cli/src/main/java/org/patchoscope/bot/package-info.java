// SPDX-License-Identifier: Apache-2.0
/** The program. */
@NullMarked
package org.patchoscope.bot;

import org.jspecify.annotations.NullMarked;
