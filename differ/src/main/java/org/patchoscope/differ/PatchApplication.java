// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchoscope.differ.diff.ChangeType;
import org.patchoscope.differ.diff.FileDiff;
import org.patchoscope.differ.diff.FileMode;
import org.patchoscope.differ.diff.SafePath;
import org.patchoscope.differ.git.GitObjects;
import org.patchoscope.differ.git.LineDiff;
import org.patchoscope.differ.git.TreeEntry;

/** One patch on one state. All of it applies or nothing does. */
final class PatchApplication {
    private final GitObjects objects;
    private final String baseTree;
    private final TreeState before;
    private final List<FileDiff> files;
    private final FileContent contents;
    private final Map<String, Optional<TreeEntry>> written = new HashMap<>();
    private final Map<String, byte[]> bytes = new HashMap<>();
    private final Set<String> vacated = new HashSet<>();
    private final List<Placement> notes = new ArrayList<>();
    private final List<TouchedFile> touched = new ArrayList<>();
    private boolean proven = true;

    /** A file of the patch does not fit; ends the application. */
    static final class ConflictException extends Exception {
        private final PatchOutcome.Conflict conflict;

        ConflictException(String file, int hunk, String reason) {
            super(reason);
            this.conflict = new PatchOutcome.Conflict(file, hunk, reason);
        }
    }

    PatchApplication(
            GitObjects objects, ApplyOptions options, String baseTree, TreeState before, List<FileDiff> files) {
        this.objects = objects;
        this.baseTree = baseTree;
        this.before = before;
        this.files = files;
        this.contents = new FileContent(objects, options, notes);
    }

    PatchOutcome run(int number) throws IOException {
        try {
            for (FileDiff file : files) {
                if (file.type() == ChangeType.DELETE || file.type() == ChangeType.RENAME) {
                    vacated.add(file.oldPath());
                }
            }
            for (FileDiff file : files) {
                apply(file);
            }
        } catch (ConflictException e) {
            return e.conflict;
        }
        String treeId = objects.writeTree(before.treeId(), written);
        List<Hunk> hunks = files.stream()
                .flatMap(f -> f.hunks().stream().map(h -> Hunk.of(f.path(), h)))
                .toList();
        TreeState state = new TreeState(before.baseCommit(), number, treeId, changed());
        return new PatchOutcome.Applied(state, notes, new Footprint(touched, hunks), proven);
    }

    private void apply(FileDiff stated) throws IOException, ConflictException {
        FileDiff file = stated;
        Optional<TreeEntry> old = source(file);
        if (file.type() == ChangeType.MODIFY
                && !file.gitHeader()
                && old.isEmpty()
                && file.hunks().stream().allMatch(h -> h.oldCount() == 0)) {
            file = file.asAddition();
        }
        if (file.type() == ChangeType.ADD) {
            create(file);
            return;
        }
        if (old.isEmpty() || old.get().fileMode().isEmpty()) {
            throw new ConflictException(file.oldPath(), 0, "there is no such file");
        }
        change(file, old.get());
    }

    private void create(FileDiff file) throws IOException, ConflictException {
        checkFree(file.newPath());
        FileMode mode = file.newMode() == null ? FileMode.REGULAR : file.newMode();
        finish(file, null, contents.create(file), mode);
    }

    private void change(FileDiff file, TreeEntry entry) throws IOException, ConflictException {
        FileMode present = entry.fileMode().orElseThrow();
        if (file.oldMode() != null && file.oldMode() != present) {
            if ((file.oldMode() == FileMode.SYMLINK) != (present == FileMode.SYMLINK)) {
                throw new ConflictException(file.oldPath(), 0, "one side is a symbolic link, the other a file");
            }
            notes.add(new Placement(file.oldPath(), 0, Placement.Kind.MODE_DIFFERS, 0));
        }
        byte[] old = objects.blob(entry.id());
        FileContent.Made made = contents.change(file, old, entry.id());
        boolean moves = file.type() == ChangeType.RENAME || file.type() == ChangeType.COPY;
        if (moves) {
            checkFree(file.newPath());
        }
        if (file.type() == ChangeType.RENAME && !written.containsKey(file.oldPath())) {
            written.put(file.oldPath(), Optional.empty());
        }
        finish(file, old, made, newMode(file, present));
    }

    /** A mode is changed only when the patch says so: the index line merely repeats the one it saw. */
    private static FileMode newMode(FileDiff file, FileMode present) {
        return file.newMode() == null || file.newMode() == file.oldMode() ? present : file.newMode();
    }

    private void finish(FileDiff file, byte @Nullable [] old, FileContent.Made made, FileMode mode)
            throws IOException, ConflictException {
        proven &= made.proven();
        if (file.type() == ChangeType.DELETE) {
            if (made.content().length > 0) {
                throw new ConflictException(file.oldPath(), 0, "the file to delete holds more than the patch removes");
            }
            written.put(file.oldPath(), Optional.empty());
        } else {
            checkLink(file, made.content(), mode);
            String id = objects.writeBlob(made.content());
            written.put(file.newPath(), Optional.of(TreeEntry.file(mode, id)));
            bytes.put(id, made.content());
        }
        note(file, old == null ? new byte[0] : old, made.content());
    }

    private static void checkLink(FileDiff file, byte[] content, FileMode mode) throws ConflictException {
        if (mode == FileMode.SYMLINK) {
            var objection = SafePath.linkObjection(file.newPath(), GitObjects.linkTarget(content));
            if (objection.isPresent()) {
                throw new ConflictException(file.newPath(), 0, objection.get());
            }
        }
    }

    private void note(FileDiff file, byte[] old, byte[] made) {
        List<LineRange> was = new ArrayList<>();
        List<LineRange> is = new ArrayList<>();
        for (LineDiff.Change c : LineDiff.changes(old, made)) {
            was.add(new LineRange(c.oldFrom() + 1, c.oldTo() - c.oldFrom()));
            is.add(new LineRange(c.newFrom() + 1, c.newTo() - c.newFrom()));
        }
        touched.add(new TouchedFile(file.path(), file.type(), was, is));
    }

    /** Renames and copies read the state before the patch, other parts what earlier parts left. */
    private Optional<TreeEntry> source(FileDiff file) throws IOException {
        boolean moves = file.type() == ChangeType.RENAME || file.type() == ChangeType.COPY;
        return moves ? objects.entry(before.treeId(), file.oldPath()) : current(file.oldPath());
    }

    private Optional<TreeEntry> current(String path) throws IOException {
        Optional<TreeEntry> made = written.get(path);
        return made != null ? made : objects.entry(before.treeId(), path);
    }

    private void checkFree(String path) throws IOException, ConflictException {
        boolean made = written.getOrDefault(path, Optional.empty()).isPresent();
        Optional<TreeEntry> there = objects.entry(before.treeId(), path);
        if (made || (there.isPresent() && !vacated.contains(path))) {
            throw new ConflictException(path, 0, "the file to create is already there");
        }
        for (var part : written.entrySet()) {
            if (part.getValue().isPresent() && part.getKey().startsWith(path + "/")) {
                throw new ConflictException(path, 0, "the file to create is a directory");
            }
        }
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            Optional<TreeEntry> entry = current(parent);
            if (entry.isPresent() && !entry.get().isDirectory() && !vacated.contains(parent)) {
                throw new ConflictException(path, 0, parent + " is not a directory");
            }
        }
    }

    /** What differs from the base now; a file that is back at its base content drops out. */
    private SortedMap<String, FileState> changed() throws IOException {
        SortedMap<String, FileState> changed = new TreeMap<>(before.changed());
        for (var part : written.entrySet()) {
            Optional<TreeEntry> base = objects.entry(baseTree, part.getKey());
            if (base.equals(part.getValue())) {
                changed.remove(part.getKey());
            } else if (part.getValue().isPresent()) {
                TreeEntry entry = part.getValue().get();
                changed.put(
                        part.getKey(),
                        new FileState.Present(entry.fileMode().orElseThrow(), content(entry), entry.id()));
            } else {
                changed.put(part.getKey(), new FileState.Deleted());
            }
        }
        return changed;
    }

    private byte[] content(TreeEntry entry) throws IOException {
        byte[] known = bytes.get(entry.id());
        return known != null ? known : objects.blob(entry.id());
    }
}
