// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.pipeline.ReviewException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code patchoscope serve}: reviews as they arrive, and a web search of past findings. */
@Command(
        name = "serve",
        description =
                "Serve reviews on the web, search them, and review what comes into the mail store or is handed in."
                        + " Sends no mail by itself.")
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private MailStoreOptions mail = new MailStoreOptions();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep reviews (default: $PATCHOSCOPE_DATA or ~/.local/share/patchoscope).")
    private Path data = defaultData();

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: localhost).")
    private String host = "localhost";

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: 8080).")
    private int port = 8080;

    @Option(
            names = "--tree",
            paramLabel = "TREE",
            description = "Registered tree to review on; without one only the demo's series is reviewed.")
    private @Nullable String tree;

    @Option(names = "--arch", paramLabel = "ARCH", description = "arm64 (the default), x86_64, or arm64,x86_64.")
    private String arch = KernelLanes.DEFAULT_ARCHS;

    @Option(
            names = "--variants",
            paramLabel = "N",
            description = "Vary at most N of the options that the changed code reads (default: 0).")
    private int variants;

    @Option(names = "--jobs", paramLabel = "N", description = "Compiler processes (default: one per processor).")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws ReviewException {
        KernelLanes.archs(arch);
        if (port < 0 || port > 65_535) {
            throw new ReviewException("not a port: " + port, "--port", "give a number from 1 to 65535");
        }
        var manner = new SeriesReviewer.Manner(arch, variants, List.of(), jobs, false);
        return ServiceProgram.find()
                .run(new ServiceProgram.Options(
                        data.toAbsolutePath(),
                        common.workspace().cache(),
                        host,
                        port,
                        tree == null ? List.of() : List.of(tree),
                        manner,
                        mail.forService()));
    }

    private static Path defaultData() {
        String set = System.getenv("PATCHOSCOPE_DATA");
        return set != null && !set.isBlank()
                ? Path.of(set)
                : Path.of(System.getProperty("user.home"), ".local", "share", "patchoscope");
    }
}
