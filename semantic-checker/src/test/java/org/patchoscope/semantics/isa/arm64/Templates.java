// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forms of instructions with holes. {@code @} is a register of either width (the form is used for both), {@code X}
 * and {@code W} one of that width, {@code B} the base register, a number as {@code a-b} in braces, in the same way a
 * choice {@code a|b}, a shift amount {@code s}, a bit field {@code f}, a mask {@code m}, a condition {@code c}.
 */
final class Templates {
    private static final String CONDITIONS = "eq|ne|hs|lo|mi|pl|vs|vc|hi|ls|ge|lt|gt|le";
    private static final Pattern HOLE = Pattern.compile("\\{([^}]*)}|@|\\b[XWB]\\b");
    private static final String BOTH = "0x1|0xff|0x80000000|0xfffffffe|0x7fffffff|0x3c00";
    private static final String MASKS32 = BOTH + "|0x0f0f0f0f|0xc0000003";
    private static final String MASKS64 =
            BOTH + "|0xffffffff00000000|0x8000000000000000|0x5555555555555555|0xffff0000ffff0000";

    private final Random random;
    private boolean zero;

    Templates(Random random) {
        this.random = random;
    }

    static List<String> all() {
        List<String> all = new ArrayList<>();
        arithmetic(all);
        bits(all);
        memory(all);
        atomics(all);
        control(all);
        return all;
    }

    private static void arithmetic(List<String> t) {
        for (String op : List.of("add", "adds", "sub", "subs")) {
            t.addAll(List.of(
                    op + " @, @, #{0-4095}",
                    op + " @, @, #{0-4095}, lsl #12",
                    op + " @, @, @",
                    op + " @, @, @, {lsl|lsr|asr} #{s}",
                    op + " @, @, W, {uxtb|uxth|uxtw|sxtb|sxth|sxtw} #{0-4}"));
            t.add(op + " X, X, X, {uxtx|sxtx} #{0-4}");
        }
        t.addAll(List.of("add X, sp, #{0-4095}", "add X, sp, W, uxtw #2", "sub sp, sp, #16", "mov X, sp", "mov @, @"));
        for (String op : List.of("cmp", "cmn")) {
            t.addAll(List.of(op + " @, #{0-4095}", op + " @, @", op + " @, @, {lsl|lsr|asr} #{s}", op + " @, #0"));
            t.addAll(List.of(op + " @, W, {uxtb|uxth|uxtw|sxtb|sxth|sxtw} #{0-4}", op + " @, #{0-4095}, lsl #12"));
            t.addAll(List.of("c" + op + " @, @, #{0-15}, {c}", "c" + op + " @, #{0-31}, #{0-15}, {c}"));
        }
        t.addAll(List.of("neg @, @", "negs @, @, {lsl|lsr|asr} #{s}", "neg @, @, asr #{s}", "ngc @, @", "ngcs @, @"));
        for (String op :
                List.of("adc", "adcs", "sbc", "sbcs", "mul", "mneg", "udiv", "sdiv", "lsl", "lsr", "asr", "ror")) {
            t.add(op + " @, @, @");
        }
        t.addAll(List.of("madd @, @, @, @", "msub @, @, @, @", "umull X, W, W", "smull X, W, W", "umnegl X, W, W"));
        t.addAll(List.of("smnegl X, W, W", "umaddl X, W, W, X", "smaddl X, W, W, X", "umsubl X, W, W, X"));
        t.addAll(List.of("smsubl X, W, W, X", "umulh X, X, X", "smulh X, X, X"));
    }

    private static void bits(List<String> t) {
        for (String op : List.of("and", "ands", "orr", "eor")) {
            t.addAll(List.of(op + " @, @, #{m}", op + " @, @, @", op + " @, @, @, {lsl|lsr|asr|ror} #{s}"));
        }
        for (String op : List.of("bic", "bics", "orn", "eon")) {
            t.addAll(List.of(op + " @, @, @", op + " @, @, @, {lsl|lsr|asr|ror} #{s}"));
        }
        t.addAll(List.of("tst @, #{m}", "tst @, @, {lsl|ror} #{s}", "mvn @, @", "mvn @, @, ror #{s}"));
        for (String op : List.of("ubfx", "sbfx", "ubfiz", "sbfiz", "bfi", "bfxil")) {
            t.add(op + " @, @, {f}");
        }
        t.addAll(List.of("bfc @, {f}", "lsl @, @, #{s}", "lsr @, @, #{s}", "asr @, @, #{s}", "ror @, @, #{s}"));
        t.addAll(List.of("extr @, @, @, #{s}", "sxtb @, W", "sxth @, W", "sxtw X, W", "uxtb W, W", "uxth W, W"));
        t.addAll(List.of("clz @, @", "cls @, @", "rbit @, @", "rev @, @", "rev16 @, @", "rev32 X, X"));
        t.addAll(List.of(
                "movz @, #{0-65535}", "movz @, #{0-65535}, lsl #16", "movn @, #{0-65535}", "movn X, #7, lsl #48"));
        t.addAll(List.of("movk @, #{0-65535}, lsl #{0|16}", "movk X, #{0-65535}, lsl #{32|48}", "mov @, #{m}"));
        for (String op : List.of("csel", "csinc", "csinv", "csneg")) {
            t.add(op + " @, @, @, {c}");
        }
        t.addAll(List.of("cset @, {c}", "csetm @, {c}", "cinc @, @, {c}", "cinv @, @, {c}", "cneg @, @, {c}"));
        t.addAll(List.of("mrs X, nzcv", "msr nzcv, X", "nop", "paciasp\n autiasp", "dmb ish", "isb"));
    }

    private static void memory(List<String> t) {
        List<String> addresses = List.of(
                "[B]",
                "[B, #{0|8|16|24|32}]",
                "[B, #{-32-32}]",
                "[B], #{-32-32}",
                "[B, #{-32-32}]!",
                "[B, x27]",
                "[B, w26, sxtw]",
                "[B, w27, uxtw]",
                "[B, x26, sxtx]");
        for (String op :
                List.of("ldr @", "str @", "ldrb W", "strb W", "ldrh W", "strh W", "ldrsb @", "ldrsh @", "ldrsw X")) {
            addresses.forEach(a -> t.add(op + ", " + a));
            t.add(op.replace("ldr", "ldur").replace("str", "stur") + ", [B, #{-32-32}]");
            t.add(op.replace("ldr", "ldtr").replace("str", "sttr") + ", [B, #{-32-32}]");
        }
        for (String op : List.of("ldtr x28", "ldtr w28", "ldtrb w28", "ldtrh w28", "ldtrsw x28", "sttr x28")) {
            t.add(op + ", [x28, #{-32-32}]");
        }
        t.addAll(List.of("ldr X, [B, x26, lsl #3]", "ldr W, [B, w26, sxtw #2]", "str X, [B, w27, uxtw #3]"));
        t.addAll(List.of("strh W, [B, x26, lsl #1]", "ldrsh X, [B, w26, sxtw #1]", "ldrsw X, [B, x27, lsl #2]"));
        for (String at : List.of("[B]", "[B, #{-32|-16|0|16|24}]", "[B, #{-32|16|8}]!", "[B], #{-32|16|8}")) {
            t.addAll(List.of("ldp x{0-11}, x{12-20}, " + at, "ldp w{0-11}, w{12-20}, " + at, "stp @, @, " + at));
            t.add("ldpsw x{0-11}, x{12-20}, " + at);
        }
        t.addAll(List.of("ldp x28, x{0-20}, [x28]", "ldr x28, [x28]", "stp xzr, x{0-20}, [sp, #-16]!", "ldr xzr, [B]"));
        for (String op : List.of("ldar", "stlr", "ldapr")) {
            t.addAll(List.of(op + " @, [B]", op + "b W, [B]", op + "h W, [B]"));
        }
        t.addAll(List.of(
                "ldr X, 1f\n b 2f\n1: .quad 0x8123456789abcdef\n2:", "ldrsw X, 1f\n b 2f\n1: .word 0x89abcdef\n2:"));
        t.addAll(List.of("stlur @, [B, #{-16|8}]", "ldapurb W, [B, #{-5-5}]", "ldapursh @, [B, #{-16|4}]"));
        t.addAll(List.of("ldapursw X, [B, #{-4|16}]", "stlurh W, [B, #{-6|2}]", "ldapursb @, [B, #{-9-9}]"));
        t.addAll(List.of(
                "ldnp x1, x2, [B]", "stnp X, X, [B, #16]", "prfm pldl1keep, [B]", "ldapur X, [B, #{-16|8|16}]"));
    }

    private static void atomics(List<String> t) {
        for (String op : List.of("add", "clr", "eor", "set", "smax", "smin", "umax", "umin")) {
            t.addAll(List.of("ld" + op + "{|a|l|al} @, @, [B]", "ld" + op + "{|a|l|al}b W, W, [B]"));
            t.addAll(
                    List.of("ld" + op + "{|a|l|al}h W, W, [B]", "st" + op + "{|l} @, [B]", "st" + op + "{|l}b W, [B]"));
        }
        t.addAll(List.of("swp{|a|l|al} @, @, [B]", "swp{|a|l|al}{b|h} W, W, [B]", "cas{|a|l|al} @, @, [B]"));
        t.addAll(List.of("ldr x1, [B]\n cas x1, X, [x28]", "ldrb w1, [x28]\n cas{|a|l|al}b w1, W, [x28]"));
        t.addAll(List.of("ldp x2, x3, [x28]\n caspal x2, x3, x4, x5, [x28]", "casp x2, x3, x4, x5, [x28]"));
        t.add("ldp w2, w3, [x28]\n casp w2, w3, w4, w5, [x28]");
        for (String form : List.of("xr", "axr")) {
            for (String store : List.of("xr", "lxr")) {
                t.add("ld" + form + " x1, [x28]\n add x2, x1, X\n st" + store + " w3, x2, [x28]\n");
                t.add("ld" + form + "b w1, [x28]\n st" + store + "b w3, w2, [x28]");
                t.add("ld" + form + "h w1, [x28]\n st" + store + "h w3, w2, [x28]");
            }
        }
        t.add("ldxp x1, x2, [x28]\n stxp w3, x4, x5, [x28]");
        t.add("ldaxp w1, w2, [x28]\n stlxp w3, w4, w5, [x28]\n cbnz w3, 1f\n mov x6, #1\n1:");
    }

    private static void control(List<String> t) {
        String skip = " 1f\n add x24, x24, #1\n1:";
        for (String condition : CONDITIONS.split("\\|", -1)) {
            t.addAll(List.of(
                    "b." + condition + skip, "cmp @, @\n b." + condition + skip, "cmn @, @\n b." + condition + skip));
            t.addAll(List.of("cmp @, #{0-4}\n cset x3, " + condition, "tst @, @\n cset x3, " + condition));
        }
        t.addAll(List.of("cbz @," + skip, "cbnz @," + skip, "tbz @, #{s}," + skip, "tbnz @, #{s}," + skip));
        t.addAll(List.of("b" + skip, "bl" + skip, "adr x5, 1f\n br x5\n add x24, x24, #1\n1: mov x5, #0"));
        t.addAll(List.of("adr x5, 1f\n blr x5\n add x24, x24, #1\n1: mov x5, #0"));
        t.add("adr x5, 1f\n ret x5\n add x24, x24, #1\n1: adr x6, 2f\n2: sub x5, x5, x6\n mov x6, #0");
    }

    /** Both widths of a form with {@code @}, holes filled. */
    List<String> fill(String template) {
        return template.contains("@")
                ? List.of(fill(template, "w"), fill(template, "x"))
                : List.of(fill(template, "x"));
    }

    private String fill(String template, String width) {
        // In forms with numbers or extensions, register 31 often is the stack pointer, which holds a test's memory.
        zero = (!template.contains("#") || template.contains("} #{s}")) && !template.contains(", sp");
        Matcher m = HOLE.matcher(template);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, hole(m.group(), m.group(1), width));
        }
        return m.appendTail(out).toString();
    }

    private String hole(String text, String inner, String width) {
        return switch (text) {
            case "@" -> register(width);
            case "X" -> register("x");
            case "W" -> register("w");
            case "B" -> random.nextInt(4) == 0 ? "sp" : "x28";
            case "{s}" -> Integer.toString(random.nextInt(width.equals("w") ? 32 : 64));
            case "{c}" -> choice(CONDITIONS);
            case "{m}" -> choice(width.equals("w") ? MASKS32 : MASKS64);
            case "{f}" -> {
                int bits = width.equals("w") ? 32 : 64;
                int low = random.nextInt(bits);
                yield "#" + low + ", #" + (1 + random.nextInt(bits - low));
            }
            default -> inner.contains("|") ? choice(inner) : number(inner);
        };
    }

    private String register(String width) {
        int n = random.nextInt(27);
        return n == 26 ? (zero ? width + "zr" : width + 3) : width + n;
    }

    private String choice(String options) {
        String[] all = options.split("\\|", -1);
        return all[random.nextInt(all.length)];
    }

    private String number(String range) {
        int dash = range.indexOf('-', 1);
        int low = Integer.parseInt(range.substring(0, dash));
        int high = Integer.parseInt(range.substring(dash + 1));
        return Integer.toString(low + random.nextInt(high - low + 1));
    }
}
