// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.sabotage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.machine.Location;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Program.FunctionRef;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;

/**
 * Makes faults in every function of a profile's objects, asks the product's engine about each, and writes one line of JSON per
 * fault. What stands in the file already is not done again.
 */
public final class Sabotage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Sabotage() {}

    /** {@code ARCH TREE CACHE OUT COUNT SEED MILLISECONDS}, or {@code table OUT...}. */
    public static void main(String[] args) throws IOException, ObjectException {
        if (args[0].equals("table")) {
            System.out.print(Table.of(Stream.of(args).skip(1).map(Path::of).toList()));
            return;
        }
        try (World world = World.of(args[0], Path.of(args[1]), Path.of(args[2]))) {
            if (args[3].equals("objects")) {
                world.files().forEach((name, file) -> System.out.println(file + " " + name));
                return;
            }
            run(
                    world,
                    Path.of(args[3]),
                    Integer.parseInt(args[4]),
                    Long.parseLong(args[5]),
                    Duration.ofMillis(Long.parseLong(args[6])),
                    args.length > 7 ? args[7] : ".*");
        }
    }

    static void run(World world, Path out, int count, long seed, Duration each, String only) throws IOException {
        List<Fault> faults = sample(world, seed).stream()
                .filter(f -> (f.kind() + " " + f.function()).matches(only))
                .limit(count)
                .toList();
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

    private static String id(String line) {
        try {
            return JSON.readTree(line).get("id").asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
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
                line.put("effect", effect(world, f));
            }
        } catch (RuntimeException | StackOverflowError e) {
            line.put("verdict", "ERROR");
            line.put("why", e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : ""));
        }
        line.put("ms", (System.nanoTime() - start) / 1_000_000);
        return line;
    }

    /** What shows without the engine that a fault has no effect; empty where nothing does. */
    private static String effect(World world, Fault f) {
        Program before = world.program(new Exprs());
        Program after = world.program(before.exprs(), Mutant.of(f));
        ObjectFile.Function function = f.object().functions().get(f.function());
        FunctionRef ref = new FunctionRef(f.object(), java.util.Objects.requireNonNull(function));
        if (f.section() != function.section() || !function.contains(f.section(), f.offset())) {
            return "";
        }
        Liveness live = new Liveness(before, ref, world.target.arch());
        if (!live.reached(f.offset())) {
            return "not reached";
        }
        if (f.object().keys().containsKey(new ObjectFile.Place(f.section(), f.offset()))) {
            return "static key";
        }
        Set<String> written = new HashSet<>();
        for (Program p : List.of(before, after)) {
            ObjectFile o = p == before
                    ? f.object()
                    : p.objects().stream()
                            .filter(c -> c.name().equals(f.object().name()))
                            .findFirst()
                            .orElseThrow();
            var i = p.at(new Location(o, f.section(), f.offset()));
            boolean plain = i.ops().stream()
                    .allMatch(op -> op instanceof Op.Set
                            || op instanceof Op.Undefine
                            || op instanceof Op.Load
                            || op instanceof Op.Effect e
                                    && e.effect() instanceof org.patchoscope.semantics.ir.SystemEffect.Hint);
            if (!plain || i.length() == 0) {
                return "";
            }
            written.addAll(Effects.of(i).writes());
        }
        return f.kind() != FaultKind.SWAP && live.dead(f.offset(), written) ? "dead" : "";
    }
}
