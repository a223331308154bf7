// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import java.util.Arrays;
import java.util.List;
import org.patchoscope.bot.review.CodeCounts;
import org.patchoscope.bot.review.CodeCounts.LineCount;
import org.patchoscope.bot.review.CodeCounts.MacroCount;
import org.patchoscope.bot.review.ExitComparison;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.Assignment;
import org.patchoscope.bot.review.Review.Claim;
import org.patchoscope.bot.review.Review.Claim.Kind;
import org.patchoscope.bot.review.Review.Claim.Standing;
import org.patchoscope.bot.review.Review.Configuration;
import org.patchoscope.bot.review.Review.Count;
import org.patchoscope.bot.review.Review.FindingText;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.PathCount;
import org.patchoscope.bot.review.Review.PathCounts;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.TraceLine;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.bot.review.Review.Verdict;

/** Reviews to render: the demo series with a fifth patch that could not be analysed. */
public final class Samples {
    static final String BASE = "base";
    static final String RSEQ = "DEBUG_RSEQ=y";

    private Samples() {}

    public static Review demo() {
        return new Review(
                "mini: entry: one look at the flags",
                2,
                "A. Developer <dev@example.org>",
                "mini 1.0 (4f2c9d1a77b0)",
                "Patchoscope 0.1.0, clang 20.1.7",
                List.of("arm64", "x86_64"),
                List.of(new Configuration(BASE, List.of()), new Configuration(RSEQ, List.of("CONFIG_DEBUG_RSEQ=y"))),
                List.of(rename(), reading(), mask(), step(), unbuilt()),
                List.of(whole()),
                List.of(
                        new Premise(
                                "audit-context-needs-flag",
                                "audit_syscall_exit() does nothing for a task without _TIF_SYSCALL_AUDIT",
                                "the context is allocated together with the flag",
                                "kernel/auditsc.c, audit_alloc()"),
                        new Premise(
                                "trace-sys-exit-keeps-flags",
                                "__trace_sys_exit() does not write thread flags",
                                "a tracepoint gets them by value",
                                "profile arm64"),
                        new Premise("never-used", "this is not used", "", "")),
                List.of("mips and riscv: no instruction semantics", "the contents of the vDSO"),
                List.of(BesideSamples.series()));
    }

    private static PatchReview rename() {
        return patch(
                1,
                "mini: rename syscall_trace_exit() to syscall_exit_work()",
                List.of(claim("No functional change.", Standing.HOLDS, "both versions are proven equivalent")),
                unit("arm64", BASE, Verdict.EQUAL_WITHIN_BOUND, within("el0_svc_common")),
                unit("arm64", RSEQ, Verdict.EQUAL_WITHIN_BOUND, within("el0_svc_common")),
                unit("x86_64", BASE, Verdict.EQUIVALENT),
                unit("x86_64", RSEQ, Verdict.EQUIVALENT));
    }

    private static PatchReview reading() {
        return patch(
                2,
                "mini: read the thread flags once",
                List.of(claim(
                        "No functional change intended.",
                        Standing.HOLDS_EXCEPT_RACES,
                        "on arm64 and x86_64 a reading is missing")),
                unit("arm64", BASE, Verdict.RACE_WINDOW, root("el0_svc_common", Verdict.RACE_WINDOW, entryRace())),
                unit("arm64", RSEQ, Verdict.RACE_WINDOW, root("el0_svc_common", Verdict.RACE_WINDOW, entryRace())),
                unit("x86_64", BASE, Verdict.EQUIVALENT),
                unit("x86_64", RSEQ, Verdict.EQUIVALENT));
    }

    private static FindingText entryRace() {
        return new FindingText(
                "a1b2c3",
                Verdict.RACE_WINDOW,
                "two readings of the thread flags at entry become one",
                List.of(List.of(
                        "first reading of the flags has any of _TIF_SYSCALL_WORK",
                        "second reading has _TIF_SYSCALL_TRACE, which the first has not")),
                List.of(
                        line("read thread_info.flags", "common.c:20", false),
                        line("read thread_info.flags", "ptrace.c:31", true),
                        line("ptrace_report_syscall_entry(regs)", "ptrace.c:33", true)),
                List.of(
                        line("read thread_info.flags", "common.c:20", false),
                        line("invoke_syscall(regs)", "c:1", true)),
                List.of(
                        new Assignment("thread_info.flags, 1st reading", "_TIF_SYSCALL_AUDIT"),
                        new Assignment("thread_info.flags, 2nd reading", "_TIF_SYSCALL_AUDIT | _TIF_SYSCALL_TRACE")),
                List.of(),
                Review.Cause.UNKNOWN,
                2,
                1);
    }

    private static PatchReview mask() {
        return patch(
                3,
                "mini: look at the exit flags only",
                List.of(claim(
                        "No functional changes intended.",
                        Standing.FAILS,
                        "on arm64 el0_svc_common() changes, see finding")),
                counted(unit(
                        "arm64",
                        BASE,
                        Verdict.CHANGED,
                        partly(root("el0_svc_common", Verdict.CHANGED, auditLost()), "more than 12000 paths"))),
                counted(unit("arm64", RSEQ, Verdict.CHANGED, root("el0_svc_common", Verdict.CHANGED, auditLost()))),
                unit("x86_64", BASE, Verdict.EQUIVALENT),
                unit("x86_64", RSEQ, Verdict.EQUIVALENT));
    }

    private static FindingText auditLost() {
        return new FindingText(
                "d4e5f6",
                Verdict.CHANGED,
                "audit_syscall_exit() is called before and is not called after",
                List.of(
                        List.of("entry flags have any of _TIF_SYSCALL_WORK", EXIT_NONE),
                        List.of("exit flags have any of _TIF_SECCOMP | _TIF_SYSCALL_EMU", EXIT_NONE)),
                List.of(
                        line("syscall_trace_enter(regs)", "syscall.c:40", false),
                        line("read thread_info.flags", "syscall.c:41", false),
                        line("invoke_syscall(regs, scno)", "syscall.c:44", false),
                        line("local_irq_disable()", "syscall.c:46", false),
                        line("read thread_info.flags", "syscall.c:47", false),
                        new TraceLine("audit_syscall_exit(regs)", "interrupts masked", "ptrace.c:71", true),
                        line("return", "syscall.c:52", true)),
                List.of(
                        line("syscall_trace_enter(regs)", "syscall.c:40", false),
                        line("read thread_info.flags", "syscall.c:41", false),
                        line("invoke_syscall(regs, scno)", "syscall.c:44", false),
                        line("local_irq_disable()", "syscall.c:46", false),
                        line("read thread_info.flags", "syscall.c:47", false),
                        line("return", "syscall.c:53", true)),
                List.of(
                        new Assignment("thread_info.flags at entry", "_TIF_SECCOMP"),
                        new Assignment("thread_info.flags after invoke_syscall", "_TIF_SECCOMP"),
                        new Assignment("regs->syscallno", "0")),
                List.of("audit-context-needs-flag"),
                Review.Cause.quoting(List.of(
                        "@@ -44,7 +44,7 @@ static void el0_svc_common(struct pt_regs *regs)",
                        " \tflags = read_thread_flags();",
                        "-\tif (has_syscall_work(flags) || (flags & _TIF_SINGLESTEP))",
                        "+\tif (flags & (_TIF_SYSCALL_EXIT_WORK | _TIF_SINGLESTEP))",
                        " \t\tsyscall_exit_work(regs, flags);")),
                4,
                0);
    }

    private static final String EXIT_NONE = "exit flags have none of _TIF_SYSCALL_TRACE | _TIF_SYSCALL_AUDIT |"
            + " _TIF_SYSCALL_TRACEPOINT | _TIF_SINGLESTEP";

    private static PatchReview step() {
        FindingText lost = new FindingText(
                "0718ab",
                Verdict.CHANGED,
                "ptrace_report_syscall_exit() is no longer called with step set",
                List.of(List.of("exit flags have all of _TIF_SYSCALL_EMU | _TIF_SINGLESTEP")),
                List.of(line("ptrace_report_syscall_exit(regs, 1)", "ptrace.c:80", true)),
                List.of(line("ptrace_report_syscall_exit(regs, 0)", "ptrace.c:82", true)),
                List.of(new Assignment("flags", "_TIF_SYSCALL_EMU | _TIF_SINGLESTEP")),
                List.of(),
                Review.Cause.UNKNOWN,
                1,
                0);
        return patch(
                4,
                "mini: no step after an emulated call",
                List.of(),
                unit("arm64", BASE, Verdict.EQUIVALENT),
                unit("arm64", RSEQ, Verdict.CHANGED, root("el0_svc_common", Verdict.CHANGED, lost)),
                unit("x86_64", BASE, Verdict.NOT_BUILT),
                unit("x86_64", RSEQ, Verdict.NOT_BUILT));
    }

    private static PatchReview unbuilt() {
        List<Unit> units = List.of(
                Unit.unmeasured(
                        "arm64",
                        BASE,
                        Verdict.NOT_ANALYSED,
                        List.of(),
                        List.of(),
                        List.of("entry.S:112: no semantics for instruction sys #6, c7, c1, #4"),
                        List.of(),
                        List.of("Kbuild drops CONFIG_DEBUG_RSEQ after this patch")),
                unit("x86_64", BASE, Verdict.EQUIVALENT));
        return new PatchReview(
                5,
                "mini: convert the exit path to a table that is walked from both ends at once",
                "20261101.5@example.org",
                List.of("arch/arm64/kernel/entry.S"),
                List.of("two hunks moved by 3 lines"),
                List.of(claim("No functional change.", Standing.UNDECIDED, "not analysed on arm64")),
                units);
    }

    private static PatchReview whole() {
        return patch(
                0,
                "",
                List.of(),
                unit("arm64", BASE, Verdict.CHANGED, root("el0_svc_common", Verdict.CHANGED, auditLost())),
                unit("arm64", RSEQ, Verdict.CHANGED, root("el0_svc_common", Verdict.CHANGED, auditLost())),
                unit("x86_64", BASE, Verdict.EQUIVALENT),
                unit("x86_64", RSEQ, Verdict.EQUIVALENT));
    }

    public static PatchReview patch(int number, String title, List<Claim> claims, Unit... units) {
        String id = number == 0 ? "" : "20261101." + number + "@example.org";
        List<String> touched = List.of("arch/arm64/kernel/syscall.c");
        return new PatchReview(number, title, id, touched, List.of(), claims, Arrays.asList(units));
    }

    public static Unit unit(String arch, String configuration, Verdict verdict, Root... roots) {
        return Unit.unmeasured(
                arch, configuration, verdict, List.of(), Arrays.asList(roots), List.of(), List.of(), List.of());
    }

    private static Unit counted(Unit unit) {
        List<Count> counts = List.of(
                new Count("fast path", "instructions", 152, 146),
                new Count("fast path", "moves", 40, 38),
                new Count("traced", "instructions", 310, 310),
                new Count("syscall_exit_work", "instructions", 0, 24));
        return Unit.unmeasured(
                        unit.arch(),
                        unit.configuration(),
                        unit.verdict(),
                        List.of("el0_svc_common"),
                        unit.roots(),
                        List.of(),
                        counts,
                        List.of())
                .with(paths())
                .with(code());
    }

    private static CodeCounts code() {
        String entry = "arch/x86/entry/entry_64.o";
        return new CodeCounts(
                new CodeCounts.Sizes(
                        List.of(new Count("el0_svc_common", "bytes", 608, 584), new Count("new_one", "bytes", 0, 96)),
                        4096,
                        4168),
                List.of(
                        new MacroCount(
                                entry,
                                "RESTORE_REST",
                                14,
                                7,
                                2,
                                1,
                                "6 movq + 1 addq",
                                "6 movq + 1 addq",
                                "addq -1, movq -6",
                                List.of("system_call")),
                        new MacroCount(
                                entry,
                                "SAVE_REST",
                                7,
                                7,
                                1,
                                1,
                                "6 movq + 1 subq",
                                "6 movq + 1 subq",
                                "",
                                List.of("system_call"))),
                List.of(new Count("RESTORE_REST", "cycles on znver3", 9, 6)),
                List.of(new LineCount(
                        "system_call",
                        "arch/x86/entry/entry_64.S",
                        412,
                        0,
                        "RESTORE_REST",
                        7,
                        0,
                        "6 movq + 1 addq",
                        "",
                        "addq -1, movq -6")),
                List.of("arch/x86/entry/other.S: the end of macro X without its beginning"),
                List.of(
                        new ExitComparison(
                                "system_call",
                                List.of(new ExitComparison.Change(
                                        List.of(List.of("phase1() result == 0", "flags has none of _TIF_WORK")),
                                        new ExitComparison.Way(
                                                "iretq",
                                                List.of("trace_enter", "call through a pointer"),
                                                75,
                                                List.of()),
                                        new ExitComparison.Way(
                                                "sysretq", List.of("phase1", "call through a pointer"), 55, List.of()),
                                        List.of(
                                                new Count("movq", "executed", 44, 23),
                                                new Count("leaq", "executed", 0, 1)))),
                                List.of(),
                                List.of(),
                                ""),
                        new ExitComparison(
                                "ia32_cstar_target",
                                List.of(),
                                List.of(new ExitComparison.Way("iretq", List.of("trace_enter"), 80, List.of())),
                                List.of(new ExitComparison.Way("iretq", List.of("trace_enter"), 80, List.of())),
                                "")));
    }

    private static PathCounts paths() {
        return new PathCounts(
                List.of(
                        path("plain", 293, 293, List.of(), List.of("call through a pointer")),
                        path(
                                "audited",
                                384,
                                371,
                                List.of(
                                        new Count("audited", "moves", 71, 66),
                                        new Count("audited", "calls and returns", 29, 21)),
                                List.of("call through a pointer")),
                        path("seccomp", 368, 370, List.of(new Count("seccomp", "nops", 4, 6)), List.of())),
                List.of("traced, mitigations off: after: the branch at f+0x4 depends on the result of ptrace_notify()"),
                List.of("code that patch_it() patches is counted as compiled"));
    }

    private static PathCount path(String name, int before, int after, List<Count> kinds, List<String> outside) {
        return new PathCount(
                "64-bit system call",
                name,
                "mitigations off",
                "eret",
                before,
                after,
                kinds,
                List.of("call through a pointer"),
                outside);
    }

    private static Root within(String function) {
        return Root.withinBound(function, 40, 3, 2, List.of("trace-sys-exit-keeps-flags"));
    }

    public static Root root(String function, Verdict verdict, FindingText... findings) {
        return new Root(
                function, verdict, 40, Arrays.asList(findings), List.of(), List.of("trace-sys-exit-keeps-flags"));
    }

    /** Of which something could not be analysed beside what was found. */
    static Root partly(Root root, String why) {
        return new Root(root.function(), root.verdict(), root.pairs(), root.findings(), List.of(why), root.leansOn());
    }

    private static Claim claim(String quote, Standing standing, String because) {
        return new Claim(quote, Kind.NO_FUNCTIONAL_CHANGE, standing, because);
    }

    static TraceLine line(String text, String place, boolean differs) {
        return new TraceLine(text, "", place, differs);
    }
}
