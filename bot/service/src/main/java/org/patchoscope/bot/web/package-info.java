// SPDX-License-Identifier: Apache-2.0
/** The pages, as people and programs ask for them. */
@NullMarked
package org.patchoscope.bot.web;

import org.jspecify.annotations.NullMarked;
