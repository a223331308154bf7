// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchoscope.differ.BaseFinder;
import org.patchoscope.differ.SeriesApplier;
import org.patchoscope.differ.TreeRef;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.Patch;
import org.patchoscope.mail.series.Series;
import org.patchoscope.mail.series.SeriesAssembler;

/** A series of which something is not for this tree. */
final class ChosenTest {
    @TempDir
    private Path directory;

    private static String part(int number, int total, String file, String old) {
        return "Message-ID: <" + number + "@x>\nIn-Reply-To: <1@x>\nFrom: Jo <jo@x.org>\nDate: Mon, 1 Jan 2024 00:00:0"
                + number
                + " +0000\nSubject: [PATCH " + number + "/" + total + "] p" + number + "\n\nlog\n---\n\n--- a/" + file
                + "\n+++ b/" + file + "\n@@ -1,3 +1,3 @@\n one\n-" + old + "\n+new " + number + "\n three\n";
    }

    private Series series(int total, IntPredicate here, String... files) {
        return SeriesAssembler.assemble(IntStream.rangeClosed(1, total)
                        .filter(here)
                        .mapToObj(n -> part(n, total, files[n - 1], "two").getBytes(StandardCharsets.UTF_8))
                        .map(MailSource::readMessage)
                        .toList())
                .series()
                .getFirst();
    }

    private Chosen.Applied applied(Chosen chosen) throws Exception {
        for (String file : List.of("arch/x86/a.c", "kernel/b.c", "kernel/c.c")) {
            Path path = directory.resolve("tree").resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, "one\ntwo\nthree\n");
        }
        TreeStore store = new TreeStore(directory.resolve("store"));
        TreeRef tree = store.add("t", directory.resolve("tree"));
        var found = new BaseFinder(store)
                .find(new BaseFinder.Request(
                        List.of(tree),
                        chosen.patches().stream().map(Chosen::input).toList(),
                        "HEAD",
                        null));
        return chosen.apply(new SeriesApplier(store), (BaseFinder.Result.Base) found);
    }

    @Test
    void aPatchForAnotherArchitectureThatDoesNotApplyIsLeftOut() throws Exception {
        Series series = series(3, n -> true, "arch/x86/a.c", "arch/powerpc/p.c", "kernel/b.c");
        Chosen.Applied applied = applied(Chosen.of(series, n -> true, n -> false));
        assertThat(applied.states().complete()).isTrue();
        assertThat(applied.patches()).extracting(Patch::number).containsExactly(1, 3);
        assertThat(applied.leftOut()).singleElement().asString().startsWith("patch 2 (p2): does not apply");
    }

    @Test
    void oneThatALaterPatchNeedsOrThatIsBuiltIsNot() throws Exception {
        Series needed = series(3, n -> true, "arch/x86/a.c", "arch/powerpc/p.c", "arch/powerpc/p.c");
        assertThat(applied(Chosen.of(needed, n -> true, n -> false)).states().complete())
                .isFalse();
        Series built = series(2, n -> true, "arch/x86/gone.c", "kernel/b.c");
        assertThat(applied(Chosen.of(built, n -> true, n -> false)).leftOut()).isEmpty();
    }

    @Test
    void skippedAndMissingPartsThatNobodyWantsStopNothing() throws Exception {
        Series series = series(4, n -> n != 2, "arch/x86/a.c", "kernel/b.c", "kernel/b.c", "kernel/c.c");
        Chosen only = Chosen.of(series, n -> n >= 3, n -> false);
        assertThat(only.patches()).extracting(Patch::number).containsExactly(1, 3, 4);
        assertThat(only.leftOut()).singleElement().asString().startsWith("patch 2: its mail is missing");
        Chosen skip = Chosen.of(series, n -> n != 2 && n != 3, n -> n == 2 || n == 3);
        assertThat(skip.patches()).extracting(Patch::number).containsExactly(1, 4);
        assertThat(skip.leftOut()).anyMatch(l -> l.equals("patch 3 (p3): left out, as asked"));
    }
}
