// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.patchoscope.bot.cli.options.ReportOptions;
import org.patchoscope.semantics.kernel.KernelBuild;
import org.patchoscope.semantics.kernel.config.Requirement;
import org.patchoscope.semantics.sandbox.SandboxProbe;
import picocli.CommandLine.Command;

/** {@code patchoscope doctor}: what this machine lacks. */
@Command(name = "doctor", description = "Say what this machine lacks, and the command that installs it.")
final class DoctorCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        List<Requirement> all = KernelBuild.check();
        for (Requirement r : all) {
            System.out.printf("%-8s %-14s %s%n", r.present() ? "ok" : "missing", r.name(), r.why());
        }
        boolean sandbox = switch (SandboxProbe.probe()) {
            case SandboxProbe.Result.Works w -> {
                System.out.printf("%-8s %-14s %s%n", "ok", "sandbox", String.join(", ", w.isolation()));
                yield true;
            }
            case SandboxProbe.Result.Broken b -> {
                System.out.printf("%-8s %-14s %s%n", "missing", "sandbox", b.why());
                System.out.println("  do: " + b.remedy());
                yield false;
            }
        };
        List<Requirement> missing = all.stream().filter(r -> !r.present()).toList();
        if (!missing.isEmpty()) {
            System.out.println("install: apt-get install "
                    + missing.stream()
                            .map(Requirement::debianPackage)
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }
        return missing.isEmpty() && sandbox ? 0 : ReportOptions.NOT_ANALYSED;
    }
}
