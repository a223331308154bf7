// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.patchoscope.bot.cli.options.CommonOptions;
import org.patchoscope.bot.engine.KernelLanes;
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "All settings as YAML; deploy/patchoscope.yaml shows them. Options and $PATCHOSCOPE_SERVICE_*"
                    + " go before it.")
    private @Nullable Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where to keep reviews (default: $PATCHOSCOPE_DATA or ~/.local/share/patchoscope).")
    private @Nullable Path data;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on (default: localhost).")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on (default: 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--tree",
            paramLabel = "TREE",
            description = "Registered tree to review on; without one only the demo's series is reviewed.")
    private @Nullable String tree;

    @Option(names = "--arch", paramLabel = "ARCH", description = "arm64 (the default), x86_64, or arm64,x86_64.")
    private @Nullable String arch;

    @Option(
            names = "--variants",
            paramLabel = "N",
            description = "Vary at most N of the options that the changed code reads (default: 0).")
    private @Nullable Integer variants;

    @Option(names = "--jobs", paramLabel = "N", description = "Compiler processes (default: one per processor).")
    private @Nullable Integer jobs;

    @Option(
            names = "--store",
            paramLabel = "DIR|URL",
            description = "The mail store to follow (default: $PATCHOSCOPE_STORE or ~/.local/share/patchoscope/mail).")
    private @Nullable String store;

    @Option(names = "--check", description = "Say what is wrong with the settings, and start nothing.")
    private boolean check;

    @Override
    public Integer call() throws ReviewException {
        if (arch != null) {
            KernelLanes.archs(arch);
        }
        if (port != null && (port < 0 || port > 65_535)) {
            throw new ReviewException("not a port: " + port, "--port", "give a number from 1 to 65535");
        }
        ServiceProgram program = ServiceProgram.find();
        var options = new ServiceProgram.Options(config == null ? List.of() : List.of(config), settings());
        if (check) {
            program.check(options).forEach(System.out::println);
            return 0;
        }
        return program.run(options);
    }

    private Map<String, String> settings() {
        Map<String, String> out = new LinkedHashMap<>();
        put(out, "data", data == null ? environment("PATCHOSCOPE_DATA") : data.toAbsolutePath());
        put(out, "host", host);
        put(out, "port", port);
        put(out, "tree", tree);
        put(out, "archs", arch);
        put(out, "variants", variants);
        put(out, "jobs", jobs);
        put(out, "store.location", store == null ? environment("PATCHOSCOPE_STORE") : store);
        put(out, "store.user", environment("PATCHOSCOPE_STORE_USER"));
        put(out, "store.password", environment("PATCHOSCOPE_STORE_PASSWORD"));
        Path cache = common.workspace().cache();
        if (!cache.equals(Path.of(System.getProperty("user.home"), ".cache", "patchoscope"))) {
            put(out, "cache", cache);
        }
        return out;
    }

    private static void put(Map<String, String> out, String name, @Nullable Object value) {
        if (value != null) {
            out.put(name, value.toString());
        }
    }

    private static @Nullable String environment(String name) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? null : value;
    }
}
