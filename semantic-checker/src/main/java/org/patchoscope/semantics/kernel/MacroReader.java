// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.kernel.config.MacroFile;
import org.patchoscope.semantics.kernel.config.MacroTable;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileCommand;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.Digest;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.sandbox.Command;
import org.patchoscope.semantics.sandbox.CommandOutcome;
import org.patchoscope.semantics.sandbox.ResourceLimits;
import org.patchoscope.semantics.sandbox.Sandbox;
import org.patchoscope.semantics.toolchain.Toolchain;

/** Lets the compiler evaluate macros: names from a preprocessor run, values from an array in a probe's object. */
final class MacroReader {
    private static final Pattern OBJECT_LIKE = Pattern.compile("#define ([A-Za-z_][A-Za-z0-9_]*) \\S.*");
    private static final int ROUNDS = 6;
    private static final String SECTION = ".patchoscope_macros";

    private final Path cacheDir;
    private final Toolchain toolchain;
    private final Sandbox sandbox;
    private final CompilerRun compiler;

    MacroReader(Path cacheDir, Toolchain toolchain, Sandbox sandbox, CompilerRun compiler) {
        this.cacheDir = cacheDir;
        this.toolchain = toolchain;
        this.sandbox = sandbox;
        this.compiler = compiler;
    }

    MacroTable read(View view, CompileCommand command, String contentKey, Pattern wanted) throws IOException {
        if (command.isAssembly()) {
            // An assembler takes any undefined name for a symbol with the value 0 for now; that would be a wrong value.
            return unknown("macros are read from C sources only, not from " + command.source());
        }
        String key = new Digest()
                .add("macros-1")
                .add(contentKey)
                .add(wanted.pattern())
                .add(Integer.toString(wanted.flags()))
                .hex();
        Path file = cacheDir.resolve("macros").resolve(key);
        if (Files.exists(file)) {
            return MacroFile.parse(Files.readAllLines(file));
        }
        try (Work work = Work.create(cacheDir)) {
            MacroTable table = evaluate(view, command, wanted, work);
            if (table instanceof MacroTable.Values values) {
                ObjectCache.writeAtomically(file, MacroFile.text(values));
            }
            return table;
        }
    }

    private MacroTable evaluate(View view, CompileCommand command, Pattern wanted, Work work) throws IOException {
        Path source = view.prepared().source().resolve(command.source());
        Path listing = work.out().resolve("macros.txt");
        CommandOutcome listed =
                compiler.run(view, command, work, List.of("-w", "-dM", "-E", "-o", listing.toString()), source);
        if (!CompilerRun.good(listed, listing)) {
            return new MacroTable.Unknown(Logs.failure(listed));
        }
        SortedSet<String> notConstant = new TreeSet<>();
        List<String> names = names(CacheFiles.readPlainText(listing).lines().toList(), wanted);
        for (int round = 0; round < ROUNDS && !names.isEmpty(); round++) {
            Path probe = Files.writeString(work.in().resolve("probe.c"), probe(source, names));
            Path object = work.out().resolve("probe.o");
            List<String> flags = List.of("-w", "-ferror-limit=0", "-g0", "-c", "-o", object.toString());
            CommandOutcome outcome = compiler.run(view, command, work, flags, probe);
            if (CompilerRun.good(outcome, object)) {
                return table(names, notConstant, object, work);
            }
            SortedSet<String> bad = bad(outcome, probe, names);
            if (bad.isEmpty()) {
                return new MacroTable.Unknown(Logs.failure(outcome));
            }
            notConstant.addAll(bad);
            names = names.stream().filter(name -> !bad.contains(name)).toList();
        }
        return names.isEmpty()
                ? new MacroTable.Values(new TreeMap<>(), notConstant)
                : unknown("the probe still had errors after " + ROUNDS + " rounds");
    }

    static List<String> names(List<String> listing, Pattern wanted) {
        SortedSet<String> names = new TreeSet<>();
        for (String line : listing) {
            Matcher matcher = OBJECT_LIKE.matcher(line);
            if (matcher.matches() && wanted.matcher(matcher.group(1)).matches()) {
                names.add(matcher.group(1));
            }
        }
        return List.copyOf(names);
    }

    /** One name a line, the first in line 3. An address times one is no constant, which keeps relocations out. */
    private static String probe(Path source, List<String> names) {
        StringBuilder text = new StringBuilder("#include \"" + source + "\"\n");
        text.append(
                "const unsigned long long __attribute__((used, section(\"" + SECTION + "\"))) __patchoscope[] = {\n");
        names.forEach(name -> text.append("((unsigned long long)(").append(name).append(") * 1ULL),\n"));
        return text.append("};\n").toString();
    }

    private static SortedSet<String> bad(CommandOutcome outcome, Path probe, List<String> names) {
        SortedSet<String> bad = new TreeSet<>();
        if (outcome instanceof CommandOutcome.Finished finished) {
            Matcher error = Pattern.compile(Pattern.quote(probe.toString()) + ":(\\d+):\\d+: error:")
                    .matcher(finished.stderr());
            while (error.find()) {
                int index = Integer.parseInt(error.group(1)) - 3;
                if (index >= 0 && index < names.size()) {
                    bad.add(names.get(index));
                }
            }
        }
        return bad;
    }

    private MacroTable table(List<String> names, SortedSet<String> notConstant, Path object, Work work)
            throws IOException {
        Path dump = work.out().resolve("values");
        List<String> argv =
                new ArrayList<>(List.of(toolchain.tool("llvm-objcopy").toString()));
        argv.addAll(List.of(
                "--dump-section",
                SECTION + "=" + dump,
                object.toString(),
                work.out().resolve("x.o").toString()));
        CommandOutcome outcome = sandbox.run(new Command(
                argv,
                work.out(),
                List.of(toolchain.root()),
                List.of(work.out()),
                Kbuild.ENV,
                ResourceLimits.compile()));
        if (!CompilerRun.good(outcome, dump)) {
            return new MacroTable.Unknown(Logs.failure(outcome));
        }
        ByteBuffer bytes = ByteBuffer.wrap(CacheFiles.readPlain(dump)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() != names.size() * Long.BYTES) {
            return unknown("the probe holds " + bytes.remaining() + " bytes for " + names.size() + " names");
        }
        SortedMap<String, Long> values = new TreeMap<>();
        names.forEach(name -> values.put(name, bytes.getLong()));
        return new MacroTable.Values(values, notConstant);
    }

    private static MacroTable unknown(String why) {
        return new MacroTable.Unknown(new CompileOutcome.Refused(why));
    }
}
