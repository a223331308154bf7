// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Program.FunctionRef;

/**
 * Makes faults in every function of a profile's objects, asks the product's engine about each, and writes one line of JSON per
 * fault. What stands in the file already is not done again.
 */
public final class Sabotage {
    private static final long STACK = 256 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Sabotage() {}

    /**
     * {@code ARCH[,ARCH] TREE CACHE DIRECTORY COUNT SEED MILLISECONDS [KIND FUNCTION]}: the first {@code COUNT} faults of each
     * architecture, in {@code DIRECTORY/ARCH.jsonl}; only those that the
     * pattern at the end matches, or whose ids are in the file that it names behind an at sign. {@code table FILE...} prints
     * the table, {@code objects ARCH TREE CACHE} where the objects are.
     */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("table")) {
            System.out.print(Table.of(Stream.of(args).skip(1).map(Path::of).toList()));
            return;
        }
        if (args[0].equals("objects")) {
            try (World world = World.of(args[1], Path.of(args[2]), Path.of(args[3]))) {
                world.files().forEach((name, file) -> System.out.println(file + " " + name));
            }
            return;
        }
        Path directory = Files.createDirectories(Path.of(args[3]));
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService each = Executors.newCachedThreadPool(
                Thread.ofPlatform().stackSize(STACK).factory())) {
            for (String arch : args[0].split(",", -1)) {
                running.add(each.submit(() -> {
                    try (World world = World.of(arch, Path.of(args[1]), Path.of(args[2]))) {
                        run(
                                world,
                                directory.resolve(arch + ".jsonl"),
                                Integer.parseInt(args[4]),
                                Long.parseLong(args[5]),
                                Duration.ofMillis(Long.parseLong(args[6])),
                                args.length > 7 ? args[7] : ".*");
                        return null;
                    }
                }));
            }
        }
        for (Future<?> f : running) {
            f.get();
        }
    }

    static void run(World world, Path out, int count, long seed, Duration each, String only) throws IOException {
        List<Fault> faults =
                sample(world, seed).stream().filter(chosen(only)).limit(count).toList();
        Set<String> done = Files.exists(out)
                ? Files.readAllLines(out).stream().map(Sabotage::id).collect(Collectors.toSet())
                : Set.of();
        try (Writer writer = Files.newBufferedWriter(out, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (Fault f : faults) {
                if (!done.contains(f.id())) {
                    writer.write(JSON.writeValueAsString(judged(world, f, each)) + "\n");
                    writer.flush();
                }
            }
        }
    }

    /** By a pattern for kind and function, or by a file of their ids. */
    private static Predicate<Fault> chosen(String only) throws IOException {
        if (only.startsWith("@")) {
            Set<String> ids = Set.copyOf(Files.readAllLines(Path.of(only.substring(1))));
            return f -> ids.contains(f.id());
        }
        return f -> (f.kind() + " " + f.function()).matches(only);
    }

    private static String id(String line) {
        try {
            return JSON.readTree(line).get("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All faults in the order in which they are made: of every function and kind one, then of each another. */
    static List<Fault> sample(World world, long seed) {
        Random random = new Random(seed);
        List<List<Fault>> strata = new ArrayList<>();
        Program program = world.program(new Exprs());
        Instructions instructions = new Instructions(program, world.disassembler);
        SiteFaults single = world.target.arch().equals("arm64")
                ? new Arm64Faults(world.disassembler)
                : new X86Faults(world.disassembler);
        for (ObjectFile o : world.objects()) {
            for (ObjectFile.Function f : new TreeMap<>(o.functions()).values()) {
                Map<FaultKind, List<Fault>> kinds = new EnumMap<>(FaultKind.class);
                for (List<Site> range : instructions.of(new FunctionRef(o, f))) {
                    faults(range, single)
                            .forEach(x -> kinds.computeIfAbsent(x.kind(), k -> new ArrayList<>())
                                    .add(x));
                }
                kinds.values().forEach(all -> {
                    Collections.shuffle(all, random);
                    strata.add(all);
                });
            }
        }
        List<Fault> order = new ArrayList<>();
        for (int round = 0; !strata.isEmpty(); round++) {
            int r = round;
            strata.removeIf(s -> s.size() <= r);
            Collections.shuffle(strata, random);
            strata.forEach(s -> order.add(s.get(r)));
        }
        return order;
    }

    private static List<Fault> faults(List<Site> range, SiteFaults single) {
        List<Fault> all = new ArrayList<>();
        for (int i = 0; i < range.size(); i++) {
            all.addAll(single.of(range.get(i)));
            if (i + 1 < range.size()) {
                Neighbours.swapped(range.get(i), range.get(i + 1)).ifPresent(all::add);
            }
        }
        Set<String> seen = new HashSet<>();
        all.removeIf(f -> !seen.add(f.id()));
        return all;
    }

    private static JsonNode judged(World world, Fault f, Duration each) {
        ObjectNode line = JSON.createObjectNode();
        line.put("id", f.id());
        line.put("arch", world.target.arch());
        line.put("kind", f.kind().name());
        line.put("function", f.function());
        line.put("before", f.before());
        line.put("after", f.after());
        long start = System.nanoTime();
        try {
            Judgement j = world.compare(f, each);
            line.put("verdict", j.verdict().name());
            line.put("why", j.why());
            if (j.verdict() == Judgement.Kind.EQUIVALENT || j.verdict() == Judgement.Kind.EQUAL_WITHIN_BOUND) {
                line.put("effect", WithoutEffect.why(world, f));
            }
        } catch (RuntimeException | StackOverflowError e) {
            line.put("verdict", "ERROR");
            line.put("why", e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : ""));
        }
        line.put("ms", (System.nanoTime() - start) / 1_000_000);
        return line;
    }
}
