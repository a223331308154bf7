// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.compare.match.Side;
import org.patchoscope.semantics.count.exits.ExitChange;
import org.patchoscope.semantics.count.exits.ExitPath;
import org.patchoscope.semantics.count.exits.ExitPaths;
import org.patchoscope.semantics.count.exits.ExitPaths.Result.NotFollowed;
import org.patchoscope.semantics.count.exits.ExitPaths.Result.Ways;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.solver.RememberingSolver;
import org.patchoscope.semantics.solver.SlicingSolver;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.solver.Z3Solver;
import org.patchoscope.semantics.words.Words;

/** The ways out of the kernel of the entries that are assembly, before and after. */
public final class EntryExits {
    private final ArchProfile profile;
    private final Abi abi;
    private final Disassembler disassembler;

    public EntryExits(ArchProfile profile, Abi abi, Disassembler disassembler) {
        this.profile = profile;
        this.abi = abi;
        this.disassembler = disassembler;
    }

    /** Both sides must have been made with {@code x}; {@code assembly} are the objects that come of {@code .S} files. */
    public List<ExitComparison> compare(Side before, Side after, Exprs x, Set<String> assembly) {
        List<ExitComparison> all = new ArrayList<>();
        try (Solver solver = new SlicingSolver(new RememberingSolver(new Z3Solver()))) {
            ExitPaths old = ways(before, solver, assembly);
            ExitPaths now = ways(after, solver, assembly);
            Map<String, Long> macros = new TreeMap<>(after.macros());
            macros.putAll(before.macros());
            Layout layout =
                    new Layout(before.program().debug().and(after.program().debug()));
            Words words = new Words(profile, layout, macros, x);
            entries(before)
                    .filter(entry -> after.program().function(entry).isPresent())
                    .forEach(entry -> all.add(entry(entry, old.of(entry), now.of(entry), x, solver, words)));
        }
        return all;
    }

    private Stream<String> entries(Side side) {
        return side.program().objects().stream()
                .flatMap(o -> o.functions().values().stream())
                .map(ObjectFile.Function::name)
                // The vectors of arm64 have one exit instruction.
                .filter(f -> abi.returnOnStack() && abi.vectors().apply(f).isPresent())
                .distinct()
                .sorted();
    }

    private ExitPaths ways(Side side, Solver solver, Set<String> assembly) {
        List<ObjectFile> followed = side.program().objects().stream()
                .filter(o -> assembly.contains(o.name()))
                .toList();
        return new ExitPaths(
                side.program(), abi, disassembler, solver, followed, side.macros(), profile.interruptsOff());
    }

    private static ExitComparison entry(
            String entry, ExitPaths.Result old, ExitPaths.Result now, Exprs x, Solver solver, Words words) {
        if (old instanceof Ways a && now instanceof Ways b) {
            List<ExitComparison.Change> changes = ExitChange.between(a.ways(), b.ways(), x, solver).stream()
                    .map(c -> change(c, words))
                    .toList();
            return new ExitComparison(entry, changes, distinct(a.ways()), distinct(b.ways()), "");
        }
        String why = (old instanceof NotFollowed n ? n : (NotFollowed) now).reason();
        return new ExitComparison(entry, List.of(), List.of(), List.of(), why);
    }

    private static ExitComparison.Change change(ExitChange c, Words words) {
        List<List<String>> conditions =
                c.conditions().stream().map(words::together).toList();
        TreeSet<String> mnemonics = new TreeSet<>(c.before().executed().keySet());
        mnemonics.addAll(c.after().executed().keySet());
        List<Count> executed = mnemonics.stream()
                .map(m -> new Count(
                        m,
                        "executed",
                        c.before().executed().getOrDefault(m, 0),
                        c.after().executed().getOrDefault(m, 0)))
                .toList();
        return new ExitComparison.Change(conditions, way(c.before()), way(c.after()), executed);
    }

    private static ExitComparison.Way way(ExitPath w) {
        return new ExitComparison.Way(w.exit(), w.calls(), w.instructions(), w.faults());
    }

    private static List<ExitComparison.Way> distinct(List<ExitPath> ways) {
        Map<String, ExitComparison.Way> all = new LinkedHashMap<>();
        ways.forEach(w -> all.merge(
                w.exit() + " " + w.calls() + " " + w.faults(),
                way(w),
                (a, b) -> a.instructions() <= b.instructions() ? a : b));
        return List.copyOf(all.values());
    }
}
