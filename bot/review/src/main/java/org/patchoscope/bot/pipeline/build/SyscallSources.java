// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.semantics.kernel.SourceState;

/** Finds what the macros that wrap system calls reach: every source that defines one. */
public final class SyscallSources {
    private static final Pattern DEFINES = Pattern.compile("(?m)^[ \\t]*(?:COMPAT_)?SYSCALL_DEFINE[0-6]\\(");
    private static final Pattern WRAPPER =
            Pattern.compile("(?m)^[ \\t]*#[ \\t]*define[ \\t]+(?:_*(?:COMPAT_)?SYSCALL_DEFINE\\w+|inline\\b)");
    private static final Set<String> ELSEWHERE =
            Set.of("Documentation", "tools", "samples", "scripts", "sound", "rust", "usr", "LICENSES");

    private SyscallSources() {}

    /** Whether one of the touched headers says what a system call's definition expands to. */
    public static boolean wrapped(SourceState before, SourceState after, SortedSet<String> touched) throws IOException {
        for (String path : touched) {
            if (path.endsWith(".h")
                    && (WRAPPER.matcher(text(before, path)).find()
                            || WRAPPER.matcher(text(after, path)).find())) {
                return true;
            }
        }
        return false;
    }

    /** Sources of the tree that define system calls; {@code archDirectory} is the architecture's below {@code arch/}. */
    public static SortedSet<String> of(SourceState state, String archDirectory) throws IOException {
        SortedSet<String> found = new TreeSet<>();
        try (Stream<Path> top = Files.list(state.baseDir())) {
            for (Path directory : top.filter(Files::isDirectory).sorted().toList()) {
                String name = directory.getFileName().toString();
                if (!ELSEWHERE.contains(name) && !name.startsWith(".")) {
                    Path root = name.equals("arch") ? directory.resolve(archDirectory) : directory;
                    search(state, root, found);
                }
            }
        }
        state.replaced().forEach((path, content) -> {
            if (path.endsWith(".c")
                    && (!path.startsWith("arch/") || path.startsWith("arch/" + archDirectory + "/"))
                    && DEFINES.matcher(new String(content, StandardCharsets.ISO_8859_1))
                            .find()) {
                found.add(path);
            }
        });
        return found;
    }

    private static void search(SourceState state, Path root, Set<String> into) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> sources = all.filter(p -> p.toString().endsWith(".c") && Files.isRegularFile(p))
                    .toList();
            sources.parallelStream()
                    .filter(SyscallSources::defines)
                    .map(p -> state.baseDir().relativize(p).toString())
                    .toList()
                    .forEach(into::add);
        }
    }

    private static boolean defines(Path file) {
        try {
            return DEFINES.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String text(SourceState state, String path) throws IOException {
        byte[] content = state.replaced().get(path);
        if (content == null) {
            Path file = state.baseDir().resolve(path);
            content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
        }
        return new String(content, StandardCharsets.ISO_8859_1);
    }
}
