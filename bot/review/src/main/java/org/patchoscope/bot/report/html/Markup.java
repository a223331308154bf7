// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

/** HTML that this program made, to be shown as it is. Never text of a mail. */
public record Markup(String html) {}
