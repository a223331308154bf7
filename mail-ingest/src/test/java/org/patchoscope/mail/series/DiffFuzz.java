// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.Arrays;
import org.patchoscope.mail.TextRepair;
import org.patchoscope.mail.diff.Diff;
import org.patchoscope.mail.diff.DiffPaths;
import org.patchoscope.mail.diff.DiffScanner;
import org.patchoscope.mail.text.Charsets;

/** What holds for every text in which a diff is looked for. */
public final class DiffFuzz {
    private DiffFuzz() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] data) {
        DiffScanner.find(data).ifPresent(found -> {
            Claims.holds(
                    0 <= found.start() && found.start() < found.end() && found.end() <= data.length,
                    "it is in the text");
            byte[] diff = Arrays.copyOfRange(data, found.start(), found.end());
            Diff again = DiffScanner.find(diff).orElseThrow(() -> new AssertionError("a diff alone is one"));
            Claims.holds(again.start() == 0 && again.end() == diff.length, "nothing of a diff is left out of it");
            Claims.holds(again.damaged() == found.damaged(), "a diff alone is as sound as in its text");
        });
        DiffPaths.of(data).forEach(p -> Claims.holds(!p.isEmpty(), "a path is not empty"));
        TextRepair.lineEnds(data);
        TextRepair.unsign(data);
        TextRepair.unflow(data, true);
        PatchText.trailers(PatchText.above(Charsets.decode(data, "").text()).changelog());
    }
}
