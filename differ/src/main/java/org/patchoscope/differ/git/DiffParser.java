// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.patch.BinaryHunk;
import org.eclipse.jgit.patch.FileHeader;
import org.eclipse.jgit.patch.Patch;
import org.eclipse.jgit.util.RawParseUtils;
import org.eclipse.jgit.util.io.BinaryDeltaInputStream;
import org.eclipse.jgit.util.io.BinaryHunkInputStream;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.diff.ChangeType;
import org.patchoscope.differ.diff.DiffBody;
import org.patchoscope.differ.diff.DiffHunk;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.FileMode;
import org.patchoscope.differ.diff.HunkReader;
import org.patchoscope.differ.diff.SafePath;
import org.patchoscope.mail.diff.Diff;
import org.patchoscope.mail.diff.DiffScanner;

/** Reads a diff: headers and binary parts with JGit, hunks with {@link DiffScanner}. */
public final class DiffParser {
    private static final int LARGEST_BINARY = 64 << 20;

    private DiffParser() {}

    /** A diff as read, or why it cannot be. */
    public sealed interface Result {
        /** Well formed, every path safe. */
        record Parsed(List<FileDiff> files) implements Result {
            public Parsed {
                files = List.copyOf(files);
            }
        }

        /** Not a diff, broken, or naming paths it must not. */
        record Malformed(String reason) implements Result {}

        /** A diff of a kind that cannot be applied here. */
        record Unsupported(String file, String reason) implements Result {}
    }

    /** The diff is not well formed; the message says where. */
    private static final class MalformedDiffException extends Exception {
        MalformedDiffException(String message) {
            super(message);
        }
    }

    /** Something this parser does not do. */
    private static final class UnsupportedDiffException extends Exception {
        private final String file;

        UnsupportedDiffException(String file, String reason) {
            super(reason);
            this.file = file;
        }

        Result.Unsupported result() {
            return new Result.Unsupported(file, String.valueOf(getMessage()));
        }
    }

    /** Reads the diff in a text; prose around it is skipped. */
    public static Result parse(byte[] text) {
        try {
            byte[] whole = terminated(text);
            Optional<Diff> diff = DiffScanner.find(whole);
            if (diff.isEmpty()) {
                return new Result.Malformed("there is no diff in it");
            }
            if (diff.get().damage().isPresent()) {
                return new Result.Malformed("damaged: " + diff.get().damage().get());
            }
            List<FileDiff> files = new ArrayList<>();
            for (Diff.FilePart part : diff.get().files()) {
                byte[] bytes = Arrays.copyOfRange(whole, part.start(), part.end());
                files.add(file(bytes, part.git(), HunkReader.read(whole, part.hunks())));
            }
            return new Result.Parsed(files);
        } catch (MalformedDiffException e) {
            return new Result.Malformed(String.valueOf(e.getMessage()));
        } catch (UnsupportedDiffException e) {
            return e.result();
        }
    }

    /** Mail programs drop the last line end. */
    private static byte[] terminated(byte[] text) {
        if (text.length == 0 || text[text.length - 1] == '\n') {
            return text;
        }
        byte[] whole = Arrays.copyOf(text, text.length + 1);
        whole[text.length] = '\n';
        return whole;
    }

    private static FileDiff file(byte[] part, boolean git, List<DiffHunk> hunks)
            throws MalformedDiffException, UnsupportedDiffException {
        Patch patch = new Patch();
        patch.parse(part, 0, part.length);
        if (patch.getFiles().size() != 1) {
            throw new MalformedDiffException("not the diff of one file: " + firstLine(part));
        }
        FileHeader header = patch.getFiles().get(0);
        ChangeType type = ChangeType.valueOf(header.getChangeType().name());
        String oldPath = type == ChangeType.ADD ? header.getNewPath() : header.getOldPath();
        String newPath = type == ChangeType.DELETE ? header.getOldPath() : header.getNewPath();
        if (oldPath == null || newPath == null || isNothing(oldPath) || isNothing(newPath)) {
            throw new MalformedDiffException("no file name: " + firstLine(part));
        }
        checkPaths(oldPath, newPath);
        if (header.getClass() != FileHeader.class) {
            throw new UnsupportedDiffException(newPath, "a diff against several parents");
        }
        if (!git && type == ChangeType.MODIFY) {
            // Like git: "--- x.orig/+++ x" is about x, and the shorter of two variants is the file.
            oldPath = newPath = newPath.startsWith(oldPath) ? oldPath : newPath;
        }
        return new FileDiff(
                oldPath,
                newPath,
                type,
                git,
                mode(header.getOldMode(), newPath),
                mode(header.getNewMode(), newPath),
                id(header.getOldId()),
                id(header.getNewId()),
                body(header, hunks, newPath));
    }

    private static void checkPaths(String... paths) throws MalformedDiffException {
        for (String path : paths) {
            var objection = SafePath.objection(path);
            if (objection.isPresent()) {
                throw new MalformedDiffException(objection.get());
            }
        }
    }

    private static boolean isNothing(String path) {
        return path.equals(DiffEntry.DEV_NULL);
    }

    private static String id(@Nullable AbbreviatedObjectId id) {
        return id == null ? "" : id.name();
    }

    private static @Nullable FileMode mode(org.eclipse.jgit.lib.@Nullable FileMode mode, String path)
            throws UnsupportedDiffException {
        if (mode == null || mode.getBits() == 0) {
            return null;
        }
        return FileMode.ofBits(mode.getBits())
                .orElseThrow(() -> new UnsupportedDiffException(
                        path, String.format(Locale.ROOT, "mode %o (a submodule?)", mode.getBits())));
    }

    private static DiffBody body(FileHeader header, List<DiffHunk> hunks, String path) throws MalformedDiffException {
        if (!hunks.isEmpty()) {
            return new DiffBody.Text(hunks);
        }
        BinaryHunk hunk = header.getForwardBinaryHunk();
        if (hunk != null) {
            if (hunk.getSize() > LARGEST_BINARY) {
                throw new MalformedDiffException("binary diff too large: " + path);
            }
            int from = RawParseUtils.nextLF(hunk.getBuffer(), hunk.getStartOffset());
            byte[] encoded = Arrays.copyOfRange(hunk.getBuffer(), from, hunk.getEndOffset());
            return new DiffBody.Binary(hunk.getType() == BinaryHunk.Type.DELTA_DEFLATED, hunk.getSize(), encoded);
        }
        return header.getPatchType() == FileHeader.PatchType.UNIFIED
                ? new DiffBody.None()
                : new DiffBody.BinaryLeftOut();
    }

    /** The content that a binary diff makes of an old one. */
    public static byte[] decode(DiffBody.Binary binary, byte[] old) throws IOException {
        try (InputStream data =
                new InflaterInputStream(new BinaryHunkInputStream(new ByteArrayInputStream(binary.encoded())))) {
            // One byte more than stated is enough to see that it is too long: no inflation bombs.
            byte[] inflated = data.readNBytes(binary.size() + 1);
            if (inflated.length != binary.size()) {
                throw new IOException("binary data is not as long as stated");
            }
            return binary.delta() ? undelta(inflated, old) : inflated;
        }
    }

    private static byte[] undelta(byte[] delta, byte[] old) throws IOException {
        try (BinaryDeltaInputStream in = new BinaryDeltaInputStream(old, new ByteArrayInputStream(delta))) {
            if (in.getExpectedResultSize() > LARGEST_BINARY) {
                throw new IOException("binary delta makes too large a file");
            }
            return in.readNBytes((int) in.getExpectedResultSize());
        }
    }

    private static String firstLine(byte[] part) {
        String line = new String(part, 0, Math.min(part.length, 200), java.nio.charset.StandardCharsets.UTF_8);
        return line.lines().findFirst().orElse("");
    }
}
