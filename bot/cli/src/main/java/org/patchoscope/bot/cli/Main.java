// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.UncheckedIOException;
import org.patchoscope.bot.cli.mail.MailCommand;
import org.patchoscope.bot.cli.options.ErrorOutput;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.bot.engine.ProgramVersion;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.store.StoreException;
import org.patchoscope.semantics.kernel.files.KernelBuildException;
import org.patchoscope.semantics.work.Unexpected;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Parses the command line, and turns what goes wrong into a few plain lines. */
@Command(
        name = "patchoscope",
        description = "Shows what the kernel's entry and exit code does before and after each patch.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        version = "Patchoscope " + ProgramVersion.NUMBER,
        subcommands = {
            DemoCommand.class,
            ReviewCommand.class,
            TreeCommand.class,
            MailCommand.class,
            RangeDiffCommand.class,
            DoctorCommand.class,
            BenchCommand.class,
            DiffFunctionCommand.class,
            TracingCommand.class,
            CompareCommand.class,
            ReleasesCommand.class,
            ServeCommand.class,
            B4CheckCommand.class
        },
        footer = {
            "",
            "Exit status: 0 equivalent, 1 findings, 2 usage, 3 something not analysed, 4 equal within the loop bound,"
                    + " 70 error, 75 try again."
        })
public final class Main {
    private Main() {}

    /** Runs a command; returns the exit status. */
    public static int run(String[] arguments) {
        CommandLine line = new CommandLine(new Main());
        line.setUsageHelpWidth(80);
        line.setExecutionExceptionHandler((e, c, r) -> report(e));
        if (arguments.length == 0) {
            line.usage(System.out);
            return ReportOptions.USAGE;
        }
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError e) {
            ErrorOutput.say("patchoscope: " + Unexpected.sentence(e));
            hint("the program itself", "if this looks like a defect, please report it");
            return ErrorOutput.STATUS;
        }
    }

    private static int report(Exception e) {
        ErrorOutput.say("patchoscope: " + e.getMessage());
        switch (e) {
            case ReviewException r -> hint(r.where(), r.advice());
            case MailInputException m -> hint(m.where(), m.advice());
            case StoreException s -> hint(s.where(), s.advice());
            case KernelBuildException k -> {
                hint(k.where(), k.remedy());
                k.log().lines().limit(12).forEach(l -> ErrorOutput.say("  | " + l));
            }
            case UncheckedIOException u -> hint(String.valueOf(u.getCause()), "check that the disk is not full");
            default -> hint(e.getClass().getSimpleName(), "if this looks like a defect, please report it");
        }
        return ErrorOutput.STATUS;
    }

    private static void hint(String where, String advice) {
        ErrorOutput.say("  where: " + where);
        ErrorOutput.say("  do:    " + advice);
    }
}
