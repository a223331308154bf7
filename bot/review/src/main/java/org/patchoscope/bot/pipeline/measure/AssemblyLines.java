// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.review.CodeCounts.LineCount;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Content;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Counted;
import org.patchoscope.semantics.count.assembly.AssemblyCount.Line;
import org.patchoscope.semantics.kernel.SourceState;

/** Sets the lines of two states of an assembly source against each other: by function and text, for numbers move. */
final class AssemblyLines {
    private record Key(String function, String file, String text) {}

    private record Sum(int line, Content content) {}

    private final SourceState state;
    private final Map<String, List<String>> files = new HashMap<>();

    private AssemblyLines(SourceState state) {
        this.state = state;
    }

    /** The lines that hold other instructions than before, in the order of the code. */
    static List<LineCount> compare(SourceState before, Counted old, SourceState after, Counted now) {
        Map<Key, Sum> one = new AssemblyLines(before).sums(old);
        Map<Key, Sum> two = new AssemblyLines(after).sums(now);
        List<LineCount> all = new ArrayList<>();
        Map<Key, Sum> keys = new LinkedHashMap<>(two);
        one.forEach(keys::putIfAbsent);
        for (Key k : keys.keySet()) {
            Sum a = one.get(k);
            Sum b = two.get(k);
            if (a == null || b == null || !a.content().equals(b.content())) {
                all.add(new LineCount(
                        k.function(),
                        k.file(),
                        number(a),
                        number(b),
                        k.text(),
                        content(a).instructions(),
                        content(b).instructions(),
                        content(a).text(),
                        content(b).text(),
                        content(a).change(content(b))));
            }
        }
        return all;
    }

    private static int number(@Nullable Sum s) {
        return s == null ? 0 : s.line();
    }

    private static Content content(@Nullable Sum s) {
        return s == null ? new Content(new TreeMap<>()) : s.content();
    }

    private Map<Key, Sum> sums(Counted counted) {
        Map<Key, Sum> all = new LinkedHashMap<>();
        for (Line l : counted.lines()) {
            Key key = new Key(l.function(), l.file(), source(l.file(), l.line()));
            all.merge(key, new Sum(l.line(), l.content()), AssemblyLines::add);
        }
        return all;
    }

    private static Sum add(Sum a, Sum b) {
        SortedMap<String, Integer> both = new TreeMap<>(a.content().mnemonics());
        b.content().mnemonics().forEach((m, n) -> both.merge(m, n, Integer::sum));
        return new Sum(a.line(), new Content(both));
    }

    /** The line with single spaces; of a file that is not in the tree, a generated one, the number stands for it. */
    private String source(String file, int line) {
        List<String> lines = Objects.requireNonNull(files.computeIfAbsent(file, this::read));
        return line >= 1 && line <= lines.size() ? lines.get(line - 1).strip().replaceAll("\\s+", " ") : "line " + line;
    }

    /** A patch can write any name into a line marker; only files of the tree are shown. */
    private List<String> read(String file) {
        try {
            byte[] replaced = state.replaced().get(file);
            if (replaced != null) {
                return text(replaced);
            }
            Path path = state.baseDir().resolve(file);
            boolean inside = state.exists(file)
                    && path.toRealPath().startsWith(state.baseDir().toRealPath());
            return inside ? text(Files.readAllBytes(path)) : List.of();
        } catch (IOException | InvalidPathException e) {
            return List.of();
        }
    }

    private static List<String> text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().toList();
    }
}
