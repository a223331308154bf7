// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.nio.file.Path;
import java.time.Clock;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreException;
import org.patchoscope.mail.store.StoreLocation;
import picocli.CommandLine.Option;

/** Options of every command that uses the mail store. The password for a server comes from the environment only. */
final class MailStoreOptions {
    /** As sysexits.h has it for what may go well the next time (EX_TEMPFAIL). */
    static final int HANGS = 75;

    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            description = "Where mail is kept: a directory, or jdbc:postgresql://HOST/NAME"
                    + " (default: $PATCHOSCOPE_STORE or ~/.local/share/patchoscope/mail)."
                    + " Login to a server: $PATCHOSCOPE_STORE_USER, $PATCHOSCOPE_STORE_PASSWORD.")
    private String store = defaultStore();

    MailStore open() throws StoreException {
        return MailStore.open(location(), MailStore.PATIENCE, Clock.systemUTC(), MailStoreOptions::hangs);
    }

    /** Nothing is put away: whatever would be needs the store. What is kept there is whole. */
    static void hangs() {
        System.err.println(
                "patchoscope: the store of mail failed, and something asked of it has not come back for a minute:"
                        + " H2 does not recover");
        System.err.println("  do:    make room on the disk and run it again: what was not finished is repeated");
        Runtime.getRuntime().halt(HANGS);
    }

    StoreLocation location() {
        return StoreLocation.of(
                store, environment("PATCHOSCOPE_STORE_USER"), environment("PATCHOSCOPE_STORE_PASSWORD"));
    }

    private static String defaultStore() {
        String set = environment("PATCHOSCOPE_STORE");
        return !set.isBlank()
                ? set
                : Path.of(System.getProperty("user.home"), ".local", "share", "patchoscope", "mail")
                        .toString();
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        return value == null ? "" : value;
    }
}
