// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Unit;

/** What tables of counts have in their cells, in text and in pages. */
public final class CountTables {
    private CountTables() {}

    public static Map<String, List<Count>> tables(PatchReview patch) {
        Map<List<Count>, Map<String, List<String>>> same = new LinkedHashMap<>();
        for (Unit unit : patch.units()) {
            List<Count> changed =
                    unit.counts().stream().filter(c -> c.before() != c.after()).toList();
            if (!changed.isEmpty()) {
                same.computeIfAbsent(changed, _ -> new LinkedHashMap<>())
                        .computeIfAbsent(unit.arch(), _ -> new ArrayList<>())
                        .add(unit.configuration());
            }
        }
        Map<String, List<Count>> out = new LinkedHashMap<>();
        same.forEach((counts, archs) ->
                archs.forEach((arch, configs) -> out.put(arch + ", " + Words.joined(configs), counts)));
        return out;
    }

    public static String change(Count count) {
        if (count.before() == 0) {
            return "new";
        }
        double percent = 100.0 * (count.after() - count.before()) / count.before();
        return String.format(Locale.ROOT, "%+.1f%%", percent);
    }

    public static String name(Count count) {
        return count.kind().equals("instructions") ? count.name() : count.name() + ", " + count.kind();
    }
}
