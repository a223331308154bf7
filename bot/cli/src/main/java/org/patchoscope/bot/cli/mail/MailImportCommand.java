// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.mail;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.cli.options.MailStoreOptions;
import org.patchoscope.bot.engine.Workspace;
import org.patchoscope.differ.git.GitSystem;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.source.MailFeed;
import org.patchoscope.mail.source.MailFeeds;
import org.patchoscope.mail.store.Importer;
import org.patchoscope.mail.store.MailStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code patchoscope mail import}: what is new at a source, into the store. */
@Command(name = "import", description = "Read all that is new at a source. Run it again to read on where it stopped.")
final class MailImportCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions options = new MailStoreOptions();

    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE",
            description = "A public-inbox archive (a directory, one epoch, or an address), an mbox (also .gz and .xz),"
                    + " a Maildir or folder of mails, imap(s)://USER@HOST/FOLDER, nntp://HOST/GROUP,"
                    + " or - for standard input. Password for IMAP: $PATCHOSCOPE_IMAP_PASSWORD.")
    private List<String> sources = List.of();

    @Override
    public Integer call() throws IOException, MailInputException {
        Workspace workspace = common.workspace();
        try (MailStore store = options.open()) {
            for (String source : sources) {
                try (MailFeed feed = feeds(workspace).open(source)) {
                    System.out.println(line(source, run(workspace, store, feed)));
                }
            }
        }
        return 0;
    }

    static MailFeeds feeds(Workspace workspace) throws IOException {
        String password = System.getenv("PATCHOSCOPE_IMAP_PASSWORD");
        GitSystem.install(workspace.cache());
        return new MailFeeds(workspace.cache().resolve("archives"), System.in, password == null ? "" : password);
    }

    static Importer.Result run(Workspace workspace, MailStore store, MailFeed feed)
            throws IOException, MailInputException {
        long[] said = {0};
        long[] last = {0};
        boolean whole = false;
        try {
            Importer.Result result = new Importer(store, stored -> {
                        last[0] = stored;
                        if (stored - said[0] >= 5000) {
                            said[0] = stored;
                            workspace.say(stored + " mails stored");
                        }
                    })
                    .run(feed);
            whole = true;
            result.unreadable().forEach(u -> workspace.say("cannot be read, left out: " + u));
            return result;
        } finally {
            if (!whole) {
                workspace.say(last[0] + " mails stored before it stopped");
            }
        }
    }

    static String line(String source, Importer.Result result) {
        return source + ": " + (result.read() - result.repeated()) + " new mails"
                + (result.repeated() == 0 ? "" : ", " + result.repeated() + " stored before")
                + (result.skipped() == 0 ? "" : ", " + result.skipped() + " that cannot be read");
    }
}
