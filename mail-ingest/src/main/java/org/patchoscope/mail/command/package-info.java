// SPDX-License-Identifier: Apache-2.0
/** Commands to the bot that people write into their mails: recognised, and allowed or not. Nothing here acts on one. */
@org.jspecify.annotations.NullMarked
package org.patchoscope.mail.command;
