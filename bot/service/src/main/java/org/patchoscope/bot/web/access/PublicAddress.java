// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

/**
 * Where others find the pages: in links that leave them.
 *
 * @param site without a slash at its end, to put a path behind
 */
public record PublicAddress(String site) {}
