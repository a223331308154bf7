// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.patchoscope.semantics.kernel.config.KernelConfig;
import org.patchoscope.semantics.kernel.config.Variant;
import org.patchoscope.semantics.kernel.files.CacheFiles;
import org.patchoscope.semantics.kernel.files.CompileOutcome;
import org.patchoscope.semantics.kernel.files.DirLock;
import org.patchoscope.semantics.kernel.files.Logs;
import org.patchoscope.semantics.sandbox.CommandOutcome;
import org.patchoscope.semantics.toolchain.Progress;

/** Configures a source directory into an output directory of its own, once. */
final class Preparer {
    private static final String READY = "ready";
    private static final String FAILED = "failed";

    private final Kbuild kbuild;
    private final Progress progress;

    Preparer(Kbuild kbuild, Progress progress) {
        this.kbuild = kbuild;
        this.progress = progress;
    }

    /** What is to be configured: {@code home} will hold the output directory and the notes about it. */
    record Order(Path source, Path home, String key, Arch arch, Variant variant, SeedConfig seed) {
        Path out() {
            return home.resolve("out");
        }
    }

    /** Where the configuration comes from. */
    sealed interface SeedConfig {
        /** The architecture's defconfig with the recipe's settings. */
        record Defconfig() implements SeedConfig {}

        /** A finished configuration, brought up to date with this tree's Kconfig files. */
        record CopyOf(Path dotConfig) implements SeedConfig {}

        /** A finished output directory of the same tree, with the variant's settings in place of its own. */
        record VariationOf(Path out) implements SeedConfig {}
    }

    Step<Prepared> prepare(Order order) throws IOException {
        return DirLock.holding(order.home(), () -> prepareLocked(order));
    }

    private Step<Prepared> prepareLocked(Order order) throws IOException {
        Path failed = order.home().resolve(FAILED);
        if (Files.exists(failed)) {
            String log = Files.readString(failed);
            return new Step.Stopped<>(new CompileOutcome.Failed(Logs.firstError(log), log));
        }
        if (Files.exists(order.home().resolve(READY))) {
            return new Step.Done<>(read(order));
        }
        Step<Prepared> made = make(order);
        if (made instanceof Step.Stopped<Prepared>(CompileOutcome.Failed f)) {
            // The same tree fails the same way; every object asked for would try again for half a minute.
            Files.writeString(failed, f.firstError() + "\n" + f.log());
        }
        return made;
    }

    private Step<Prepared> make(Order order) throws IOException {
        progress.step("preparing " + order.arch().kbuildName() + " ("
                + order.variant().name() + ") from " + order.source());
        CacheFiles.deleteTree(order.out());
        Files.createDirectories(order.out());
        Step<CommandOutcome> done = configure(order).then(configured -> make(order, List.of("prepare")));
        if (done instanceof Step.Stopped<CommandOutcome> stopped) {
            return new Step.Stopped<>(stopped.outcome());
        }
        PrepareInputs.collect(order.source(), order.out()).write(order.home());
        Files.writeString(order.home().resolve(READY), order.key());
        return new Step.Done<>(read(order));
    }

    private Step<CommandOutcome> configure(Order order) throws IOException {
        Path dotConfig = order.out().resolve(".config");
        switch (order.seed()) {
            case SeedConfig.Defconfig ignored -> {
                Step<CommandOutcome> made = make(order, List.of("defconfig"));
                if (made instanceof Step.Stopped<CommandOutcome>) {
                    return made;
                }
                Files.writeString(dotConfig, Recipe.fragment(order.arch(), order.variant()), StandardOpenOption.APPEND);
            }
            case SeedConfig.VariationOf(Path from) -> {
                CacheFiles.copyTree(from, order.out());
                Files.writeString(dotConfig, Recipe.fragment(order.arch(), order.variant()), StandardOpenOption.APPEND);
            }
            case SeedConfig.CopyOf(Path from) -> Files.copy(from, dotConfig, StandardCopyOption.REPLACE_EXISTING);
        }
        return make(order, List.of("olddefconfig"));
    }

    private Step<CommandOutcome> make(Order order, List<String> targets) {
        CommandOutcome outcome = kbuild.make(order.source(), order.out(), order.arch(), targets);
        boolean good = outcome instanceof CommandOutcome.Finished f && f.exit() == 0;
        return good ? new Step.Done<>(outcome) : new Step.Stopped<>(Logs.failure(outcome));
    }

    private static Prepared read(Order order) throws IOException {
        KernelConfig config = KernelConfig.read(order.out().resolve(".config"));
        List<String> unmet = config.unmet(Recipe.settings(order.arch(), order.variant()));
        return new Prepared(order.source(), order.out(), order.key(), order.arch(), order.variant(), config, unmet);
    }
}
