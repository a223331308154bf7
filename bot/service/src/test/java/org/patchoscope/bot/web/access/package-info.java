// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.web.access;

import org.jspecify.annotations.NullMarked;
