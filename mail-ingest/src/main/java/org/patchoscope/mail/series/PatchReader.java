// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.patchoscope.mail.Address;
import org.patchoscope.mail.Authors;
import org.patchoscope.mail.HeaderText;
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

    /** Mails within mails within mails are looked into so far. */
    private static final int DEEPEST = 4;

    /** Whether the mail holds a diff that is not quoted. */
    static boolean hasDiff(Message message) {
        return !diffs(message).isEmpty() || !embedded(message, 0).isEmpty();
    }

    /** The patch of the mail as part {@code number}, the first where it holds several; its diff is empty when there is none. */
    static Patch read(Message message, int number) {
        return readAll(message, number).getFirst();
    }

    /** The patches of the mail, the first of them as part {@code number}; one with an empty diff when there is none. */
    static List<Patch> readAll(Message message, int number) {
        return readAll(message, number, 0);
    }

    private static List<Patch> readAll(Message message, int number, int depth) {
        List<Patch> inner = embedded(message, depth);
        if (inner.isEmpty()) {
            return List.of(own(message, number));
        }
        List<Patch> patches = new ArrayList<>();
        for (Patch patch : inner) {
            patches.add(new Patch(
                    message.id(),
                    number + patches.size(),
                    patch.title(),
                    patch.author(),
                    patch.changelog(),
                    patch.diff(),
                    joined(message, patch.message())));
        }
        return patches;
    }

    private static Message joined(Message outer, Message inner) {
        List<Problem> more = inner.problems().stream()
                .filter(p -> p.kind() == Problem.Kind.DAMAGED_DIFF || p.kind() == Problem.Kind.SEVERAL_DIFFS)
                .toList();
        if (more.isEmpty()) {
            return outer;
        }
        List<Problem> all = new ArrayList<>(outer.problems());
        all.addAll(more);
        return outer.withProblems(all);
    }

    /** Patches that are mails within the mail; none when its text, outside of such a mail, holds a diff. */
    private static List<Patch> embedded(Message message, int depth) {
        List<Patch> patches = new ArrayList<>();
        for (Part part : depth < DEEPEST ? ordered(message) : List.<Part>of()) {
            List<Message> mails = Embedded.in(part);
            if (mails.isEmpty()
                    && patches.isEmpty()
                    && DiffScanner.find(part.bytes()).isPresent()) {
                return List.of();
            }
            for (Message mail : mails) {
                readAll(mail, 1, depth + 1).stream().filter(Patch::hasDiff).forEach(patches::add);
            }
        }
        return patches;
    }

    private static Patch own(Message message, int number) {
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

    /** The mail's problems and those of the patches it holds. */
    static List<Problem> problems(Message message) {
        Set<Problem> problems = new LinkedHashSet<>();
        readAll(message, 1).forEach(p -> problems.addAll(p.message().problems()));
        return List.copyOf(problems);
    }

    private static Patch patch(Message message, int number, PatchText text, byte[] diff) {
        String title = text.header("subject")
                .map(s -> SubjectLine.parse(HeaderText.decodeWords(s)).title())
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

    private static List<Found> diffs(Message message) {
        List<Found> found = new ArrayList<>();
        for (Part part : ordered(message)) {
            DiffScanner.find(part.bytes()).ifPresent(w -> found.add(new Found(part, w)));
        }
        return found;
    }

    /** Parts that may hold a patch: text first, then attachments, each in order. */
    private static List<Part> ordered(Message message) {
        return Stream.of(false, true)
                .flatMap(a -> message.parts().stream().filter(p -> p.attachment() == a && p.mayHoldDiff()))
                .toList();
    }
}
