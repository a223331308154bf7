// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.patchoscope.semantics.count.assembly.MarkedAssembly;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.toolchain.Toolchain;

/**
 * Compiles the embedded miniature kernel, without make. What it compiles comes with Patchoscope, so it
 * needs no sandbox; mailed patches never come here. One thing at a time: a state has one directory.
 */
public final class DemoStateBuilder implements StateBuilder {
    /** An object and its source, relative to the tree. */
    public record Source(String arch, String object, String source) {}

    private static final Pattern DEFINE = Pattern.compile("#define ((?:_TIF_|THREAD_SIZE)\\w*) .*");
    private static final Pattern QUAD = Pattern.compile("\\s+\\.(?:xword|quad)\\s+(-?\\d+).*");

    private final Toolchain toolchain;
    private final List<Source> sources;
    private final List<String> arguments;
    private final Path work;

    public DemoStateBuilder(Toolchain toolchain, List<Source> sources, List<String> arguments, Path work) {
        this.toolchain = toolchain;
        this.sources = List.copyOf(sources);
        this.arguments = List.copyOf(arguments);
        this.work = work;
    }

    @Override
    public synchronized Built build(SourceState state, SortedSet<String> touched) {
        try {
            Path tree = work.resolve("state-" + state.key().substring(0, 16));
            if (!Files.isDirectory(tree)) {
                materialise(state, tree);
            }
            List<BuiltObject> objects = new ArrayList<>();
            Map<String, String> failures = new TreeMap<>();
            for (Source s : sources) {
                compile(tree, s, s.object(), objects, failures);
            }
            return new Built(objects, failures, Map.of(), macros(tree), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot compile the demo", e);
        }
    }

    private void compile(Path tree, Source s, String to, List<BuiltObject> objects, Map<String, String> failures)
            throws IOException {
        Path object = tree.resolve(to);
        List<String> command = clang();
        command.addAll(List.of("-c", s.source(), "-o", to));
        String said = run(tree, command);
        if (Files.exists(object)) {
            objects.add(new BuiltObject(s.object(), object, hash(object), Set.of(s.source())));
        } else {
            failures.put(s.object(), said.lines().findFirst().orElse("no object"));
        }
    }

    @Override
    public synchronized Marked marked(SourceState state, String object) {
        Path tree = work.resolve("state-" + state.key().substring(0, 16));
        Source source = sources.stream()
                .filter(s -> s.object().equals(object))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not an object of the demo: " + object));
        try {
            List<String> preprocess = clang();
            preprocess.addAll(List.of("-E", source.source(), "-o", "preprocessed.s"));
            run(tree, preprocess);
            String text = Files.readString(tree.resolve("preprocessed.s"), StandardCharsets.ISO_8859_1);
            MarkedAssembly marks = MarkedAssembly.of(text, source.arch().equals("x86_64"));
            Files.writeString(tree.resolve("marked.S"), marks.text(), StandardCharsets.ISO_8859_1);
            Path made = tree.resolve(object + ".marked");
            Files.deleteIfExists(made);
            List<String> assemble = clang();
            assemble.addAll(List.of("-c", "marked.S", "-o", made.toString()));
            run(tree, assemble);
            return Files.exists(made)
                    ? new Marked.Made(made, marks)
                    : new Marked.NotMade("with marks at its macros it does not assemble");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot assemble the demo", e);
        }
    }

    private List<String> clang() {
        List<String> command = new ArrayList<>();
        command.add(toolchain.tool("clang").toString());
        command.addAll(arguments);
        return command;
    }

    private static void materialise(SourceState state, Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(state.baseDir())) {
            for (Path from : all.filter(Files::isRegularFile).toList()) {
                Path to = tree.resolve(state.baseDir().relativize(from).toString());
                Files.createDirectories(to.getParent());
                Files.copy(from, to);
            }
        }
        for (Map.Entry<String, byte[]> e : state.replaced().entrySet()) {
            Path to = tree.resolve(e.getKey());
            Files.createDirectories(to.getParent());
            Files.write(to, e.getValue());
        }
        for (String gone : state.deleted()) {
            Files.deleteIfExists(tree.resolve(gone));
        }
    }

    /** Values of the flag macros: their names from the preprocessor, their values from the compiler. */
    private Map<String, Long> macros(Path tree) throws IOException {
        Path probe = tree.resolve("probe.c");
        String include = "#include <asm/thread_info.h>\n";
        Files.writeString(probe, include);
        List<String> list = clang();
        list.addAll(List.of("-dM", "-E", "probe.c"));
        List<String> names = run(tree, list)
                .lines()
                .map(DEFINE::matcher)
                .filter(Matcher::matches)
                .map(m -> m.group(1))
                .sorted()
                .toList();
        StringBuilder code = new StringBuilder(include);
        names.forEach(n -> code.append("unsigned long value_of_")
                .append(n)
                .append(" = (")
                .append(n)
                .append(");\n"));
        Files.writeString(probe, code);
        List<String> compile = clang();
        compile.addAll(List.of("-w", "-S", "probe.c", "-o", "-"));
        return values(run(tree, compile));
    }

    private static Map<String, Long> values(String assembly) {
        Map<String, Long> values = new LinkedHashMap<>();
        String name = "";
        for (String line : assembly.lines().toList()) {
            if (line.startsWith("value_of_") && line.contains(":")) {
                name = line.substring(9, line.indexOf(':'));
            }
            Matcher q = QUAD.matcher(line);
            if (q.matches() && !name.isEmpty()) {
                values.put(name, Long.parseLong(q.group(1)));
                name = "";
            }
        }
        return values;
    }

    private static String run(Path directory, List<String> command) throws IOException {
        Process p = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String hash(Path file) throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
