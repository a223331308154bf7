// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/**
 * Makes a tree from another one and some changed paths, writing only the directories on the way to
 * them. Names are held as one character per byte: names that are no UTF-8 survive, and comparing
 * strings gives git's order.
 */
final class TreeRewriter {
    private final ObjectReader reader;
    private final ObjectInserter inserter;

    TreeRewriter(ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
    }

    private record Node(String name, FileMode mode, ObjectId id) {}

    /** An empty value removes the path. */
    ObjectId rewrite(@Nullable ObjectId tree, Map<String, Optional<TreeEntry>> changes) throws IOException {
        Map<String, Optional<TreeEntry>> raw = new HashMap<>();
        changes.forEach((path, entry) -> raw.put(new String(path.getBytes(UTF_8), ISO_8859_1), entry));
        ObjectId result = directory(tree, raw);
        return result == null ? new TreeFormatter().insertTo(inserter) : result;
    }

    /** Null when nothing is left in the directory: git keeps no empty ones. */
    private @Nullable ObjectId directory(@Nullable ObjectId tree, Map<String, Optional<TreeEntry>> changes)
            throws IOException {
        SortedMap<String, Node> nodes = read(tree);
        Map<String, Map<String, Optional<TreeEntry>>> below = new HashMap<>();
        Map<String, TreeEntry> added = new HashMap<>();
        changes.forEach((path, entry) -> {
            int slash = path.indexOf('/');
            if (slash >= 0) {
                below.computeIfAbsent(path.substring(0, slash), k -> new HashMap<>())
                        .put(path.substring(slash + 1), entry);
            } else {
                nodes.remove(path);
                entry.ifPresent(e -> added.put(path, e));
            }
        });
        for (var sub : below.entrySet()) {
            String key = sub.getKey() + "/";
            Node old = nodes.remove(key);
            ObjectId id = directory(old == null ? null : old.id, sub.getValue());
            if (id != null) {
                nodes.put(key, new Node(sub.getKey(), FileMode.TREE, id));
            }
        }
        added.forEach((name, e) ->
                nodes.put(name, new Node(name, FileMode.fromBits(e.modeBits()), ObjectId.fromString(e.id()))));
        return nodes.isEmpty() ? null : write(nodes);
    }

    /** Sorted as git does: a directory as if its name ended with a slash. */
    private SortedMap<String, Node> read(@Nullable ObjectId tree) throws IOException {
        SortedMap<String, Node> nodes = new TreeMap<>();
        if (tree != null) {
            CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
            for (; !parser.eof(); parser.next(1)) {
                String name = new String(
                        parser.getEntryPathBuffer(), parser.getNameOffset(), parser.getNameLength(), ISO_8859_1);
                FileMode mode = parser.getEntryFileMode();
                String key = mode.equals(FileMode.TREE) ? name + "/" : name;
                nodes.put(key, new Node(name, mode, parser.getEntryObjectId()));
            }
        }
        return nodes;
    }

    private ObjectId write(SortedMap<String, Node> nodes) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        for (Node node : nodes.values()) {
            formatter.append(node.name.getBytes(ISO_8859_1), node.mode, node.id);
        }
        return formatter.insertTo(inserter);
    }
}
