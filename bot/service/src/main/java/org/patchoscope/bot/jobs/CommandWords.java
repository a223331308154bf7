// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import org.patchoscope.mail.command.Decision;

/** Why a command is not carried out, as pages and mails say it. */
final class CommandWords {
    private CommandWords() {}

    static String refused(Decision.Reason reason) {
        return switch (reason) {
            case TOO_OLD -> "Not carried out: it was written too long ago.";
            case UNPROVEN_SENDER -> "Not carried out: nobody who is believed says that it is from its sender.";
            case NO_SERIES -> "Not carried out: it answers no series that is known here.";
            case NOT_ALLOWED ->
                "Not carried out: only the author of the series, maintainers of what it touches and the operator may.";
            case UNCLEAR ->
                "Not understood. Commands are rerun, base REF, assume NAME, dismiss FINDING REASON and stop,"
                        + " each on a line of its own.";
            case TOO_MANY -> "Not carried out: these are more commands than one sender may give in a day.";
            case WITHDRAWN -> "Not carried out: its mail was taken back.";
        };
    }
}
