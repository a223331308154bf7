// SPDX-License-Identifier: Apache-2.0
/** Commands on mail stores. */
@NullMarked
package org.patchoscope.bot.cli.mail;

import org.jspecify.annotations.NullMarked;
