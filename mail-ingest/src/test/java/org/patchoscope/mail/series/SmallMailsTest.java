// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.mbox.MailSource;

/**
 * Small mails, each of a kind that real archives hold dozens to thousands of, and beside each what is made of it. A new kind is a
 * new file; {@code -Dpatchoscope.write=true} writes what is missing, to be read before it is kept.
 */
final class SmallMailsTest {
    private static final Path FOLDER = Path.of("src/test/resources/mails");

    static Stream<Path> kinds() throws java.io.IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".mbox")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachKindIsReadAsIsWrittenBesideIt(Path mbox) throws Exception {
        List<Message> mails = new ArrayList<>(MailSource.read(mbox));
        String made = describe(SeriesAssembler.assemble(mails));
        Path expected = Path.of(mbox.toString().replace(".mbox", ".expected"));
        if (Boolean.getBoolean("patchoscope.write") && !Files.exists(expected)) {
            Files.writeString(expected, made);
        }
        assertThat(made).isEqualTo(Files.readString(expected));
        Collections.shuffle(mails, new Random(1));
        assertThat(describe(SeriesAssembler.assemble(mails)))
                .as("in another order")
                .isEqualTo(made);
    }

    private static String describe(Assembly all) {
        StringBuilder text = new StringBuilder();
        for (Series series : all.series()) {
            text.append("v%d %d/%d missing %s cover %d %s%s%s %s: %s%n"
                    .formatted(
                            series.version(),
                            series.patches().size(),
                            series.total(),
                            series.missing(),
                            series.cover().size(),
                            series.prefixes(),
                            series.rfc() ? " RFC" : "",
                            series.resent() ? " RESEND" : "",
                            series.author(),
                            series.title()));
            series.notes().forEach(n -> text.append("  note: ").append(n).append('\n'));
            series.patches().forEach(p -> describe(p, text));
        }
        all.suggestions().forEach(s -> describe(s.patch(), text.append("suggestion\n")));
        all.unassembled()
                .forEach(u -> text.append(u.reason())
                        .append(' ')
                        .append(u.message().id())
                        .append('\n'));
        return text.toString();
    }

    private static void describe(Patch patch, StringBuilder text) {
        text.append("  %d %s %s: %s%n".formatted(patch.number(), patch.id(), patch.author(), patch.title()));
        patch.changelog().lines().forEach(l -> text.append("    | ").append(l).append('\n'));
        for (Problem problem : patch.message().problems()) {
            text.append("    ! ")
                    .append(problem.kind())
                    .append(' ')
                    .append(problem.detail())
                    .append('\n');
        }
        text.append("    ").append(patch.touchedPaths()).append('\n');
        if (!patch.message().problems().isEmpty()) {
            // Nothing of a damaged diff is lost.
            new String(patch.diff(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(l -> text.append("    : ").append(l).append('\n'));
        }
    }
}
