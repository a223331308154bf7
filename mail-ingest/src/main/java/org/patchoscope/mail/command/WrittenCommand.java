// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.command;

/**
 * A command as it stands in a mail.
 *
 * @param position the how manieth of its mail, from 0
 * @param text what follows {@code patchoscope:}, with single blanks
 */
public record WrittenCommand(int position, String text, Command command) {}
