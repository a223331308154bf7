// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.nio.file.Path;
import java.time.Clock;
import org.patchoscope.mail.store.LastResort;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreException;
import org.patchoscope.mail.store.StoreLocation;
import picocli.CommandLine.Option;

/** Options of every command that uses the mail store. The password for a server comes from the environment only. */
public final class MailStoreOptions {
    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            description = "Where mail is kept: a directory, or jdbc:postgresql://HOST/NAME"
                    + " (default: $PATCHOSCOPE_STORE or ~/.local/share/patchoscope/mail)."
                    + " Login to a server: $PATCHOSCOPE_STORE_USER, $PATCHOSCOPE_STORE_PASSWORD.")
    private String store = defaultStore();

    public MailStore open() throws StoreException {
        return MailStore.open(
                location(),
                MailStore.PATIENCE,
                Clock.systemUTC(),
                () -> LastResort.end("mail", why -> ErrorOutput.say("patchoscope: " + why)));
    }

    public StoreLocation location() {
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
