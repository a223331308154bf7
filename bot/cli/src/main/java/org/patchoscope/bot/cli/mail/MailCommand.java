// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.ReportOptions;
import picocli.CommandLine.Command;

/** {@code patchoscope mail}: the store of mail, its sources and what it holds. */
@Command(
        name = "mail",
        description = "Read mail archives into a store, and look up mails and series in it.",
        subcommands = {
            MailImportCommand.class,
            MailFollowCommand.class,
            MailShowCommand.class,
            MailSeriesCommand.class,
            MailStatsCommand.class,
            MailProblemsCommand.class,
            MailCommandsCommand.class
        })
public final class MailCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        System.err.println("patchoscope mail: say what to do, for example 'import' (see --help)");
        return ReportOptions.USAGE;
    }
}
