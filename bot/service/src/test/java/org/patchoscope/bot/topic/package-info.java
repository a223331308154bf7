// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.patchoscope.bot.topic;

import org.jspecify.annotations.NullMarked;
