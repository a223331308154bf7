// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.patchoscope.differ.PatchApplication.ConflictException;
import org.patchoscope.differ.diff.DiffBody;
import org.patchoscope.differ.diff.DiffHunk;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.FuzzyPlacer;
import org.patchoscope.differ.diff.HunkPlacer;
import org.patchoscope.differ.diff.Placed;
import org.patchoscope.differ.diff.Placing;
import org.patchoscope.differ.git.DiffParser;
import org.patchoscope.differ.git.GitObjects;
import org.patchoscope.differ.git.LineDiff;

/**
 * Makes a file's new content: exactly by git's rules; failing that by a three-way merge from the
 * blob the patch was made from, which loses nothing; failing that as GNU patch does it, with
 * some context ignored.
 */
final class FileContent {
    private final GitObjects objects;
    private final ApplyOptions options;
    private final List<Placement> notes;

    /** New content, and whether it has the blob id that the patch states. */
    record Made(byte[] content, boolean proven) {}

    FileContent(GitObjects objects, ApplyOptions options, List<Placement> notes) {
        this.objects = objects;
        this.options = options;
        this.notes = notes;
    }

    Made create(FileDiff file) throws ConflictException {
        return change(file, new byte[0], "");
    }

    Made change(FileDiff file, byte[] old, String oldId) throws ConflictException {
        boolean sameBase = isPrefix(file.oldId(), oldId);
        return switch (file.body()) {
            case DiffBody.None none -> new Made(old, true);
            case DiffBody.BinaryLeftOut left ->
                throw new ConflictException(file.path(), 0, "binary content that is not in the mail");
            case DiffBody.Binary binary -> binary(file, binary, old, oldId);
            case DiffBody.Text text -> text(file, text.hunks(), old, sameBase);
        };
    }

    /** Like git, only with full ids on both sides that both come out right. */
    private Made binary(FileDiff file, DiffBody.Binary binary, byte[] old, String oldId) throws ConflictException {
        boolean fromNothing = oldId.isEmpty() && isNull(file.oldId());
        if (!fromNothing && !file.oldId().equals(oldId)) {
            throw new ConflictException(file.path(), 0, "the binary file is not the one the patch was made from");
        }
        try {
            byte[] content = DiffParser.decode(binary, old);
            if (content.length > 0 && !objects.blobId(content).equals(file.newId())) {
                throw new ConflictException(file.path(), 0, "the binary diff does not make the file it states");
            }
            return new Made(content, true);
        } catch (IOException | RuntimeException e) {
            throw new ConflictException(file.path(), 0, "broken binary diff: " + e.getMessage());
        }
    }

    private Made text(FileDiff file, List<DiffHunk> hunks, byte[] old, boolean sameBase) throws ConflictException {
        Placing exact = HunkPlacer.place(old, hunks, sameBase);
        if (exact instanceof Placing.Done done) {
            return placed(file, done, sameBase);
        }
        if (options.threeWay()) {
            Optional<byte[]> merged = merge(file, hunks, old);
            if (merged.isPresent()) {
                notes.add(new Placement(file.path(), 0, Placement.Kind.THREE_WAY, 0));
                return new Made(merged.get(), isResult(file, merged.get()));
            }
        }
        return switch (options.fuzz() == 0 ? exact : FuzzyPlacer.place(old, hunks, options.fuzz())) {
            case Placing.Done done -> placed(file, done, sameBase);
            case Placing.Refused no -> {
                String known = isResult(file, old) ? "the tree has this change already" : no.reason();
                throw new ConflictException(file.path(), no.hunk(), known);
            }
        };
    }

    private Made placed(FileDiff file, Placing.Done done, boolean sameBase) {
        for (Placed hunk : done.hunks()) {
            if (hunk.offset() != 0) {
                notes.add(new Placement(file.path(), hunk.number(), Placement.Kind.OFFSET, hunk.offset()));
            }
            if (hunk.fuzz() != 0) {
                notes.add(new Placement(file.path(), hunk.number(), Placement.Kind.FUZZ, hunk.fuzz()));
            }
        }
        boolean proven = isResult(file, done.content());
        if (sameBase && !proven) {
            notes.add(new Placement(file.path(), 0, Placement.Kind.POST_IMAGE_DIFFERS, 0));
        }
        return new Made(done.content(), proven);
    }

    private Optional<byte[]> merge(FileDiff file, List<DiffHunk> hunks, byte[] ours) {
        try {
            Optional<byte[]> base = objects.blobByPrefix(file.oldId());
            if (base.isPresent() && HunkPlacer.place(base.get(), hunks, true) instanceof Placing.Done theirs) {
                return LineDiff.merge(base.get(), ours, theirs.content());
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean isResult(FileDiff file, byte[] content) {
        boolean empty = !file.newId().isEmpty() && isNull(file.newId());
        return empty ? content.length == 0 : isPrefix(file.newId(), objects.blobId(content));
    }

    private static boolean isNull(String id) {
        return id.chars().allMatch(c -> c == '0');
    }

    private static boolean isPrefix(String abbreviation, String id) {
        return abbreviation.length() >= 7 && id.startsWith(abbreviation);
    }
}
