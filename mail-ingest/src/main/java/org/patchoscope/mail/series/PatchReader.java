// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Authors;
import org.patchoscope.mail.Message;
import org.patchoscope.mail.Part;
import org.patchoscope.mail.Problem;
import org.patchoscope.mail.SubjectLine;
import org.patchoscope.mail.diff.Diff;
import org.patchoscope.mail.diff.DiffScanner;
import org.patchoscope.mail.text.Charsets;

/** Reads the patch a mail holds, in its text or in an attachment. */
final class PatchReader {

    private PatchReader() {}

    /** Whether the mail holds a diff that is not quoted. */
    static boolean hasDiff(Message message) {
        return !diffs(message).isEmpty();
    }

    /** The patch of the mail as part {@code number}; its diff is empty when there is none. */
    static Patch read(Message message, int number) {
        List<Found> diffs = diffs(message);
        if (diffs.isEmpty()) {
            return patch(message, number, PatchText.above(message.body()), new byte[0]);
        }
        Found found = diffs.getFirst();
        byte[] bytes = found.part.bytes();
        byte[] diff = Arrays.copyOfRange(bytes, found.where.start(), found.where.end());
        byte[] above = Arrays.copyOfRange(bytes, 0, found.where.start());
        String text = Charsets.decode(above, found.part.charset()).text();
        // An attached patch often has only the diff, and its changelog is the mail's text.
        if (found.part.attachment() && text.isBlank()) {
            text = message.body();
        }
        List<Problem> problems = problems(message, diffs);
        boolean more = problems.size() > message.problems().size();
        return patch(more ? message.withProblems(problems) : message, number, PatchText.above(text), diff);
    }

    /** The mail's problems and those of the patch it holds. */
    static List<Problem> problems(Message message) {
        return problems(message, diffs(message));
    }

    private static Patch patch(Message message, int number, PatchText text, byte[] diff) {
        String title = text.header("subject")
                .map(s -> SubjectLine.parse(s).title())
                .orElseGet(() -> message.subjectLine().title());
        String author = text.header("from")
                .map(Address::parse)
                .filter(a -> !a.address().isEmpty())
                .orElseGet(() -> Authors.of(message))
                .display();
        return new Patch(message.id(), number, title, author, text.changelog(), diff, message);
    }

    private static List<Problem> problems(Message message, List<Found> diffs) {
        List<Problem> problems = new ArrayList<>(message.problems());
        if (!diffs.isEmpty()) {
            Diff diff = diffs.getFirst().where;
            diff.damage()
                    .or(diff::surplus)
                    .ifPresent(d -> problems.add(new Problem(Problem.Kind.DAMAGED_DIFF, d.toString())));
        }
        if (diffs.size() > 1) {
            problems.add(new Problem(Problem.Kind.SEVERAL_DIFFS, diffs.size() + " parts with a diff"));
        }
        return problems;
    }

    private record Found(Part part, Diff where) {}

    /** Text first, then attachments, each in order. */
    private static List<Found> diffs(Message message) {
        List<Found> found = new ArrayList<>();
        for (boolean attachment : new boolean[] {false, true}) {
            for (Part part : message.parts()) {
                if (part.attachment() == attachment && part.mayHoldDiff()) {
                    Optional<Diff> where = DiffScanner.find(part.bytes());
                    where.ifPresent(w -> found.add(new Found(part, w)));
                }
            }
        }
        return found;
    }
}
