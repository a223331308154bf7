// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.JobMaker;
import org.patchoscope.bot.pipeline.ResultStore;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.pipeline.ReviewJob;
import org.patchoscope.bot.pipeline.ReviewPipeline;
import org.patchoscope.bot.pipeline.Stopwatch;
import org.patchoscope.bot.pipeline.UnitReviewer;
import org.patchoscope.bot.pipeline.build.DemoStateBuilder;
import org.patchoscope.bot.pipeline.build.LoadedObjects;
import org.patchoscope.bot.review.Review;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.differ.TreeStore;
import org.patchoscope.mail.mbox.MailInputException;
import org.patchoscope.mail.mbox.MailSource;
import org.patchoscope.mail.series.SeriesAssembler;
import org.patchoscope.semantics.count.concrete.CycleModel;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.work.Limits;
import org.patchoscope.semantics.work.WorkTime;

/** The embedded miniature kernel and its series, unpacked for as long as it is needed. */
public record Miniature(ScratchDirectory directory) implements AutoCloseable {
    private static final String RESOURCES = "/org/patchoscope/bot/demo";

    public static Miniature unpack() throws IOException, URISyntaxException {
        ScratchDirectory directory = ScratchDirectory.create("demo");
        unpack(directory.path());
        return new Miniature(directory);
    }

    @Override
    public void close() throws IOException {
        directory.close();
    }

    /** Reviews the series; {@code run} names the directory that compiling uses. */
    public Review review(Workspace workspace, Stopwatch stopwatch, String run)
            throws IOException, ReviewException, MailInputException {
        return review(workspace, stopwatch, run, WorkTime.UNBOUNDED);
    }

    /** The same where there is only so much time. */
    public Review review(Workspace workspace, Stopwatch stopwatch, String run, WorkTime time)
            throws IOException, ReviewException, MailInputException {
        Path home = directory.path();
        TreeStore store = new TreeStore(home.resolve("store"));
        var tree = store.add("miniature", home.resolve("tree"));
        Path mbox = home.resolve("series.mbox");
        long start = System.nanoTime();
        var series = SeriesAssembler.assemble(MailSource.read(mbox)).newest("the demo's series");
        stopwatch.since(Stopwatch.Stage.MAIL, start);
        long parsed = System.nanoTime();
        ReviewJob job = new JobMaker(store).ofSeries(series, tree, null);
        stopwatch.since(Stopwatch.Stage.APPLY, parsed);
        Toolchain toolchain = workspace.toolchain();
        ArchProfile profile = new Profiles().shipped("demo-arm64");
        JsonNode compile =
                new YAMLMapper().readTree(home.resolve("compile.yaml").toFile());
        List<DemoStateBuilder.Source> sources = new ArrayList<>();
        compile.get("objects").forEach(o -> {
            if (o.get("arch").asText().equals("arm64")) {
                sources.add(new DemoStateBuilder.Source(
                        "arm64", o.get("object").asText(), o.get("source").asText()));
            }
        });
        List<String> arguments = new ArrayList<>();
        compile.get("arguments").get("arm64").forEach(a -> arguments.add(a.asText()));
        try (Disassembler disassembler = new Disassembler(toolchain.libLLVM(), "aarch64-linux-gnu", "+all")) {
            var lane = new ReviewPipeline.Lane(
                    profile,
                    new Review.Configuration("base", List.of()),
                    new DemoStateBuilder(toolchain, sources, arguments, home.resolve(run)),
                    new UnitReviewer(
                            profile,
                            disassembler,
                            CycleModel.of(Target.of("arm64"), toolchain.tool("llvm-mca")),
                            new LoadedObjects(new DebugInfoReader(toolchain.tool("llvm-dwarfdump"))),
                            Limits.REVIEW.within(time),
                            f -> {},
                            stopwatch));
            String tool = ProgramVersion.with(toolchain);
            return new ReviewPipeline(tool, workspace::say, stopwatch, ResultStore.NOTHING)
                    .review(job, List.of(lane), n -> true, List.of("x86-64: the demo is reviewed on arm64 alone"));
        }
    }

    private static void unpack(Path home) throws IOException, URISyntaxException {
        var uri = Objects.requireNonNull(Miniature.class.getResource(RESOURCES + "/compile.yaml"))
                .toURI();
        if (uri.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                copy(jar.getPath(RESOURCES), home);
            }
        } else {
            copy(Objects.requireNonNull(Path.of(uri).getParent()), home);
        }
    }

    private static void copy(Path from, Path home) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path p : all.filter(Files::isRegularFile).toList()) {
                Path to = home.resolve(from.relativize(p).toString());
                Files.createDirectories(Objects.requireNonNull(to.getParent()));
                try (InputStream in = Files.newInputStream(p)) {
                    Files.copy(in, to);
                }
            }
        }
    }
}
