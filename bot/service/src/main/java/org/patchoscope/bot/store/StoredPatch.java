// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

/** A patch of a series, as mailed. */
public record StoredPatch(int number, String title, String messageId, String changelog) {}
