// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count.concrete;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.program.Target;

/**
 * Estimates how many cycles a straight stretch of code takes when it is run once and nothing is in the pipeline, by
 * LLVM's scheduling model of one CPU (llvm-mca). That knows neither caches nor what comes before and after, and little of
 * system instructions; stretches with these are not estimated.
 *
 * @param llvmMca the program
 * @param triple as LLVM names the architecture
 * @param cpu as LLVM names the CPU
 */
public record CycleModel(Path llvmMca, String triple, String cpu) {
    /** What goes elsewhere, waits, or is done by the system: x86-64 in AT&T syntax, then arm64. */
    private static final Pattern NOT_STRAIGHT =
            Pattern.compile("j\\w+|call\\w*|l?ret\\w*|loop\\w*|int[13o]?|iret\\w*|sys\\w+|eret\\w*|ud[012]\\w*"
                    + "|swapgs|sti|cli|hlt|pushf\\w*|popf\\w*|wrmsr\\w*|rdmsr|verw|[lms]fence|clac|stac|cpuid|rdtsc\\w*|rdpmc"
                    + "|xsave\\w*|xrstor\\w*|inv\\w+|[ls][gil]dt\\w*|ltr\\w*|(rd|wr)[fg]sbase\\w*|\\.byte"
                    + "|b|bl\\w*|br\\w*|b\\..+|[ct]bn?z|svc|hvc|smc|msr|mrs|isb|d[sm]b|sb|ssbb|pssbb|wf[ei]\\w*|sevl?|yield"
                    + "|hint|tlbi|at|dc|ic|csdb|esb");

    private static final Pattern CONTROL_REGISTER = Pattern.compile("%(cr|dr|[cdefgs]s\\b)");
    private static final Pattern CYCLES = Pattern.compile("Total Cycles:\\s+(\\d{1,9})\\s");
    private static final int SECONDS = 10;

    /** The model of the CPU that {@code target} names. */
    public static CycleModel of(Target target, Path llvmMca) {
        return new CycleModel(llvmMca, target.triple(), target.cpu());
    }

    /**
     * The estimate for instructions in the assembler's syntax; none for code that is not straight, or that the model does
     * not know.
     */
    public OptionalInt cycles(List<String> code) {
        if (code.isEmpty() || !code.stream().allMatch(CycleModel::isStraight)) {
            return OptionalInt.empty();
        }
        try {
            return run(String.join("\n", code) + "\n");
        } catch (IOException e) {
            return OptionalInt.empty(); // an estimate that is not there is not told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    private static boolean isStraight(String instruction) {
        String[] words = instruction.strip().split("\\s+", 2);
        boolean straight = !instruction.isBlank()
                && !NOT_STRAIGHT.matcher(words[0]).matches()
                && !instruction.startsWith("rep")
                && !instruction.startsWith("lock");
        return straight
                && (words.length < 2 || !CONTROL_REGISTER.matcher(words[1]).find());
    }

    private OptionalInt run(String code) throws IOException, InterruptedException {
        Process p = new ProcessBuilder(llvmMca.toString(), "-mtriple=" + triple, "-mcpu=" + cpu, "-iterations=1")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            // What fits into a pipe is written at once; a stretch is some lines.
            try (OutputStream in = p.getOutputStream()) {
                in.write(code.getBytes(UTF_8));
            }
            String said = new String(p.getInputStream().readAllBytes(), UTF_8);
            Matcher m = CYCLES.matcher(said);
            return p.waitFor(SECONDS, TimeUnit.SECONDS) && p.exitValue() == 0 && m.find()
                    ? OptionalInt.of(Integer.parseInt(m.group(1)))
                    : OptionalInt.empty();
        } finally {
            p.destroyForcibly();
        }
    }
}
