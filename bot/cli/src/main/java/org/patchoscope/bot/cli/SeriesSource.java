// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Assembly;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.mail.series.SeriesLookup;
import org.patchoscope.mail.store.MailStore;
import org.patchoscope.mail.store.StoreLocation;

/** Finds a series that a user names: in a file, a directory, standard input, or the mail store. */
final class SeriesSource {
    private final StoreLocation mail;

    /**
     * @param mail the store in which a Message-ID is looked up
     */
    SeriesSource(StoreLocation mail) {
        this.mail = mail;
    }

    /**
     * What a name stands for.
     *
     * @param meant the series itself: the one with that mail, or the newest
     * @param versions all postings of its work, oldest first
     */
    record Named(Series meant, List<Series> versions) {
        Named {
            versions = List.copyOf(versions);
        }

        /** The last posting of a version; 0 is the one that is meant. */
        Series version(int version, String input) throws ReviewException {
            if (version == 0) {
                return meant;
            }
            return versions.stream()
                    .filter(s -> s.version() == version)
                    .reduce((older, newer) -> newer)
                    .orElseThrow(() -> new ReviewException(
                            "there is no version " + version,
                            input,
                            "there are "
                                    + String.join(
                                            ", ",
                                            versions.stream()
                                                    .map(s -> "v" + s.version())
                                                    .distinct()
                                                    .toList())));
        }
    }

    Named find(String input) throws IOException, ReviewException, MailInputException {
        if (!input.equals("-") && !Files.exists(Path.of(input))) {
            return stored(input);
        }
        Assembly assembly = SeriesAssembler.assemble(
                input.equals("-") ? MailSource.read(System.in, "standard input") : MailSource.read(Path.of(input)));
        return new Named(assembly.newest(input), assembly.topics().getLast().series());
    }

    private Named stored(String input) throws IOException, ReviewException {
        MessageId id = MessageId.parse(input)
                .orElseThrow(() -> new ReviewException(
                        "that is no file, no range and no Message-ID", input, "check the name of the file"));
        try (MailStore store = MailStore.open(mail)) {
            SeriesLookup.Found found = store.find(id)
                    .orElseThrow(() -> new ReviewException(
                            "no series with that mail is in the store " + mail,
                            input,
                            "import the archive it is in: patchoscope mail import SOURCE"));
            return new Named(found.series(), found.topic().series());
        }
    }
}
