// SPDX-License-Identifier: Apache-2.0
/** The service as a process: how it starts, and what it is made of. */
@NullMarked
package org.patchoscope.bot.service;

import org.jspecify.annotations.NullMarked;
