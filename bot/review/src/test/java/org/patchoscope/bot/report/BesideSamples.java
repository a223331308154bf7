// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.List;
import org.patchoscope.bot.review.ArchitectureView;
import org.patchoscope.bot.review.ArchitectureView.Absent;
import org.patchoscope.bot.review.ArchitectureView.Moment;
import org.patchoscope.bot.review.ArchitectureView.Order;
import org.patchoscope.bot.review.ArchitectureView.Path;
import org.patchoscope.bot.review.ArchitectureView.Standing;
import org.patchoscope.bot.review.ArchitectureView.Step;

/** A series after which arm64 does what x86_64 does, as far as it can be compared. */
final class BesideSamples {
    private BesideSamples() {}

    static ArchitectureView series() {
        Moment before = new Moment(
                List.of(
                        path(
                                "all work",
                                Standing.SAME,
                                "",
                                order("arm64", "ptrace stop", "system call", "audit exit", "ptrace stop"),
                                order(
                                        "x86_64",
                                        "ptrace stop",
                                        "system call",
                                        "rseq check",
                                        "audit exit",
                                        "ptrace stop")),
                        path(
                                "emulated single-step",
                                Standing.DIFFERENT,
                                "",
                                order("arm64", "ptrace stop", "single-step trap"),
                                order("x86_64", "ptrace stop", "rseq check")),
                        path(
                                "user dispatch",
                                Standing.NOT_COMPARED,
                                "arm64: the tree has none of SYSCALL_WORK_SYSCALL_USER_DISPATCH",
                                order("x86_64", "user dispatch", "system call", "rseq check"))),
                List.of(new Absent("arm64", "rseq check")));
        Moment after = new Moment(
                List.of(
                        path(
                                "all work",
                                Standing.SAME,
                                "",
                                order("arm64", "ptrace stop", "system call", "rseq check", "audit exit", "ptrace stop"),
                                order(
                                        "x86_64",
                                        "ptrace stop",
                                        "system call",
                                        "rseq check",
                                        "audit exit",
                                        "ptrace stop")),
                        path(
                                "emulated single-step",
                                Standing.SAME,
                                "",
                                order("arm64", "ptrace stop", "rseq check"),
                                order("x86_64", "ptrace stop", "rseq check")),
                        path(
                                "user dispatch",
                                Standing.SAME,
                                "",
                                order("arm64", "user dispatch", "system call", "rseq check"),
                                order("x86_64", "user dispatch", "system call", "rseq check"))),
                List.of());
        return new ArchitectureView(
                0, Samples.BASE, "x86_64", before, after, List.of("a call that is not followed changes no flag"));
    }

    static Path path(String name, Standing standing, String reason, Order... orders) {
        return new Path(name, "what happens on it", standing, reason, List.of(orders));
    }

    static Order order(String arch, String... events) {
        List<Step> steps = List.of(events).stream().map(e -> new Step(e, "f")).toList();
        return new Order(arch, List.of("_TIF_WORK in thread_info.flags"), steps, List.of(arch + "_helper"));
    }
}
