// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.patchoscope.bot.report.Words;
import org.patchoscope.bot.review.Review.Tracing;
import org.patchoscope.bot.review.Review.TracingChange;
import org.patchoscope.bot.review.TracingReport;

/** What {@code patchoscope tracing} found, as plain text of at most 80 columns. */
public final class TracingText {
    private TracingText() {}

    /** Renders a report. */
    public static String render(TracingReport report, boolean colour) {
        Page page = new Page(colour);
        page.text(Page.Tone.HEADING, "", report.title());
        page.text(Page.Tone.QUIET, "", "on " + report.base());
        for (TracingReport.Lane lane : report.lanes()) {
            page.heading(lane.arch() + ", " + lane.configuration());
            totals(lane, page);
            TextTracing.lines(lane.tracing(), page);
            functions(lane, page);
            lane.failures().forEach(f -> page.text("  ", "Not compiled: " + f));
            if (!lane.leftOut().isEmpty()) {
                page.text("  ", "Not part of the kernel in this configuration: " + Words.joined(lane.leftOut()) + ".");
            }
        }
        if (!report.limits().isEmpty()) {
            page.heading("Not looked at");
            report.limits().forEach(l -> page.text("- ", l));
        }
        return page.toString();
    }

    private static void totals(TracingReport.Lane lane, Page page) {
        Tracing tracing = lane.tracing();
        String objects = Words.count(lane.objects(), "object");
        if (lane.functions().isEmpty()) {
            page.text(
                    "",
                    Words.count(tracing.before(), "function") + " of " + objects + " could be traced, "
                            + tracing.after() + " can be now.");
            if (tracing.changes().stream()
                    .noneMatch(c -> c.kind() == TracingChange.Turn.BECOMES_TRACEABLE
                            || c.kind() == TracingChange.Turn.STOPS_BEING_TRACEABLE)) {
                page.text("  ", "No function that was there becomes or stops being traceable.");
            }
        } else {
            page.text(
                    "",
                    tracing.after() + " of " + Words.count(lane.functions().size(), "function") + " of " + objects
                            + " can be traced.");
        }
    }

    private static void functions(TracingReport.Lane lane, Page page) {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        lane.functions()
                .forEach(f -> byReason.computeIfAbsent(f.why(), k -> new ArrayList<>())
                        .add(f.name()));
        byReason.forEach((why, names) -> {
            page.text(Page.Tone.QUIET, "  ", why + " (" + names.size() + ")");
            page.text("    ", String.join(", ", names));
        });
    }
}
