// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.patchoscope.bot.pipeline.build.DemoStateBuilder;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.review.Review;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.kernel.SourceState;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.WorkTime;

/** Series of patches to one C file, and what reviews them on arm64. */
record SmallSeries(Path directory, String base) {
    private static final Toolchain TOOLCHAIN =
            Toolchain.unpack(Path.of(System.getProperty("user.home"), ".cache", "patchoscope", "toolchain"), s -> {});

    /** A series whose patches leave the file as {@code codes} says. */
    ReviewJob job(List<String> codes, int version) throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("include/asm"));
        Files.writeString(tree.resolve("include/asm/thread_info.h"), "");
        Files.writeString(tree.resolve("code.c"), base);
        List<SourceState> states = new ArrayList<>(List.of(SourceState.base(tree, "base")));
        List<ReviewJob.Part> parts = new ArrayList<>();
        for (String code : codes) {
            var replaced = new TreeMap<>(Map.of("code.c", code.getBytes(UTF_8)));
            states.add(new SourceState(tree, "base", replaced, new TreeSet<>()));
            int number = states.size() - 1;
            parts.add(new ReviewJob.Part(number, "Patch " + number, "", "", List.of("code.c"), List.of(), List.of()));
        }
        return new ReviewJob(
                "A series", version, "A", "tree", states, parts, new TreeSet<>(List.of("code.c")), List.of());
    }

    static Disassembler disassembler() {
        return Target.of("arm64").disassembler(TOOLCHAIN.libLLVM());
    }

    /** A configuration, in which the file is compiled with further options. */
    ReviewPipeline.Lane lane(String name, Disassembler disassembler, Stopwatch stopwatch, String... options) {
        return lane(name, disassembler, stopwatch, WorkTime.UNBOUNDED, options);
    }

    /** The same for a review that has only so much time. */
    ReviewPipeline.Lane lane(
            String name, Disassembler disassembler, Stopwatch stopwatch, WorkTime time, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--target=aarch64-linux-gnu", "-O2", "-g", "-mgeneral-regs-only", "-Iinclude"));
        arguments.addAll(List.of(options));
        return new ReviewPipeline.Lane(
                new Profiles().shipped("demo-arm64"),
                new Review.Configuration(name, List.of()),
                new DemoStateBuilder(
                        TOOLCHAIN,
                        List.of(new DemoStateBuilder.Source("arm64", "code.o", "code.c")),
                        arguments,
                        directory.resolve(name)),
                new UnitReviewer(
                        new Profiles().shipped("demo-arm64"),
                        disassembler,
                        CycleModel.of(Target.of("arm64"), TOOLCHAIN.tool("llvm-mca")),
                        new LoadedObjects(new DebugInfoReader(TOOLCHAIN.tool("llvm-dwarfdump"))),
                        Limits.REVIEW.within(time),
                        f -> {},
                        stopwatch));
    }
}
