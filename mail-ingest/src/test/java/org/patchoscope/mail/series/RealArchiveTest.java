// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.MessageId;
import org.patchoscope.mail.mbox.MailSource;

/** 4,000 consecutive mails of a real list: none may break the reader, and none may be lost. */
final class RealArchiveTest {

    @Test
    void everyMailIsReadAndAccountedFor(@TempDir Path folder) throws Exception {
        List<Message> mails = mails(folder);
        assertThat(mails).hasSizeGreaterThan(3900);
        Assembly assembly = SeriesAssembler.assemble(mails);

        Set<MessageId> placed = new HashSet<>();
        assembly.series().forEach(s -> s.messages().forEach(m -> placed.add(m.id())));
        assembly.suggestions().forEach(s -> placed.add(s.message().id()));
        assembly.unassembled().forEach(u -> placed.add(u.message().id()));
        assertThat(placed)
                .hasSize((int) mails.stream().map(Message::id).distinct().count());
        assertThat(mails).allSatisfy(m -> assertThat(m.from()).isNotEqualTo(Address.NOBODY));

        // The incomplete ones went to this list only in part.
        assertThat(assembly.series().stream().filter(Series::isComplete).count())
                .isGreaterThan(300);
        assertThat(assembly.series().stream().flatMap(s -> s.patches().stream()))
                .allMatch(p -> !p.hasDiff() || !p.touchedPaths().isEmpty());
        System.out.printf(
                "archive: %d mails, %d series (%d complete), %d topics, %d suggestions, %d other%n",
                mails.size(),
                assembly.series().size(),
                assembly.series().stream().filter(Series::isComplete).count(),
                assembly.topics().size(),
                assembly.suggestions().size(),
                assembly.unassembled().size());
    }

    /** A public-inbox v2 epoch: one commit per mail, the mail in blob "m". */
    private static List<Message> mails(Path folder) throws Exception {
        Path bundle = Path.of(System.getProperty("patchoscope.shared", ""))
                .resolve("corpus")
                .resolve("linux-s390-2026.bundle");
        assumeTrue(Files.exists(bundle), "no real archive here");
        Path repository = folder.resolve("epoch.git");
        Process clone = new ProcessBuilder("git", "clone", "-q", "--bare", bundle.toString(), repository.toString())
                .inheritIO()
                .start();
        assertThat(clone.waitFor()).isZero();
        Process log = new ProcessBuilder("git", "-C", repository.toString(), "log", "--format=%H:m").start();
        List<String> names = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(log.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(names::add);
        }
        return blobs(repository, names);
    }

    private static List<Message> blobs(Path repository, List<String> names) throws IOException {
        Path wanted = Files.write(repository.resolve("wanted"), names);
        Process cat = new ProcessBuilder("git", "-C", repository.toString(), "cat-file", "--batch")
                .redirectInput(wanted.toFile())
                .start();
        List<Message> mails = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(cat.getInputStream()))) {
            for (int i = 0; i < names.size(); i++) {
                String[] head = line(in).split(" ");
                if (head.length == 3) {
                    byte[] raw = in.readNBytes(Integer.parseInt(head[2]));
                    in.readByte();
                    mails.add(MailSource.readMessage(raw));
                }
            }
        }
        return mails;
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c > 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
