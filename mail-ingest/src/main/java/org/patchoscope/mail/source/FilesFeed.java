// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files with one mail each: a Maildir, or a folder of {@code .eml} and {@code .patch} files. They do not change, but may be
 * renamed and come late, so the position is a time of change, and files from shortly before it are read again.
 */
final class FilesFeed implements MailFeed {
    /** A delivery that takes longer between writing and moving a file would be missed. */
    private static final long OVERLAP_SECONDS = 3600;

    private record Entry(Path file, long changed) {}

    private final String name;
    private final List<Path> folders;

    /**
     * @param name of the source
     * @param folders whose files are mails
     */
    FilesFeed(String name, List<Path> folders) {
        this.name = name;
        this.folders = List.copyOf(folders);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void read(String position, Sink sink) throws IOException {
        long from = position.matches("\\d{1,18}") ? Long.parseLong(position) - OVERLAP_SECONDS : Long.MIN_VALUE;
        List<Entry> entries = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    long changed = Files.getLastModifiedTime(file).toInstant().getEpochSecond();
                    if (changed >= from && !file.getFileName().toString().startsWith(".")) {
                        entries.add(new Entry(file, changed));
                    }
                }
            }
        }
        entries.sort(Comparator.comparingLong(Entry::changed)
                .thenComparing(e -> e.file().getFileName().toString()));
        for (Entry entry : entries) {
            deliver(entry, sink);
        }
    }

    private static void deliver(Entry entry, Sink sink) throws IOException {
        byte[] raw;
        boolean cut;
        try (InputStream in = Files.newInputStream(entry.file())) {
            raw = in.readNBytes(MailLimits.MOST_BYTES);
            cut = in.read() >= 0;
        } catch (NoSuchFileException e) {
            // A mail program has moved it meanwhile; the next reading finds it under its new name.
            return;
        } catch (IOException e) {
            sink.unreadable("the file " + entry.file() + " (" + e + ")");
            return;
        }
        sink.accept(new Arrival(
                raw,
                Arrival.Change.ADDED,
                Instant.ofEpochSecond(entry.changed()),
                cut,
                String.valueOf(entry.changed())));
    }

    @Override
    public void close() {
        // Files are open only while they are read.
    }
}
