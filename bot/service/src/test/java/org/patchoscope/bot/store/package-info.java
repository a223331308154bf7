// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.store;

import org.jspecify.annotations.NullMarked;
