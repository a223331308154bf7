// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Forms of instructions with holes, in Intel syntax. {@code @} is a register and {@code M} a memory operand of each
 * width that the form is used for, {@code I} a number of that width (at most 32 bits), {@code X} a 64-bit and
 * {@code D} a 32-bit register, {@code B} the address of the case's memory; {@code a-b} in braces a number,
 * {@code a|b} a choice, {@code c} a condition. A form that begins with {@code 16:} is not used for bytes.
 */
final class Templates {
    private static final String CONDITIONS = "o|no|b|ae|e|ne|be|a|s|ns|p|np|l|ge|le|g";
    private static final Pattern HOLE = Pattern.compile("\\{([^}]*)}|@|\\b[MIXDB]\\b");
    private static final List<String> WORDS =
            List.of("rax", "rbx", "rcx", "rdx", "rbp", "rsi", "r8", "r9", "r10", "r11", "r12", "r13");
    private static final List<String> LEGACY_BYTES = List.of("al", "bl", "cl", "dl", "ah", "bh", "ch", "dh");

    private final Random random;
    private boolean legacy;

    Templates(Random random) {
        this.random = random;
    }

    static List<String> all() {
        List<String> all = new ArrayList<>();
        arithmetic(all);
        shifts(all);
        bits(all);
        multiplication(all);
        moves(all);
        exchanges(all);
        strings(all);
        control(all);
        return all;
    }

    private static void arithmetic(List<String> t) {
        for (String op : List.of("add", "sub", "adc", "sbb", "and", "or", "xor", "cmp")) {
            t.addAll(List.of(
                    op + " @, @", op + " @, M", op + " M, @", op + " @, I", op + " M, I", op + " M, {-128-127}"));
        }
        t.addAll(List.of("xor @, @", "test @, @", "test M, @", "test @, I", "test M, I"));
        for (String op : List.of("inc", "dec", "neg", "not")) {
            t.addAll(List.of(op + " @", op + " M", "lock " + op + " M"));
        }
        for (String op : List.of("add", "sub", "and", "or", "xor", "adc", "sbb")) {
            t.addAll(List.of("lock " + op + " M, @", "lock " + op + " M, I"));
        }
        t.addAll(List.of("adcx X, X", "adox D, D", "clc", "stc", "cmc", "lahf", "sahf", "std", "cld"));
    }

    private static void shifts(List<String> t) {
        for (String op : List.of("shl", "shr", "sar", "rol", "ror")) {
            t.addAll(List.of(op + " @, 1", op + " @, {0-70}", op + " @, cl", op + " M, cl", op + " M, {0-31}"));
            t.addAll(List.of("mov cl, {0-3}\n " + op + " @, cl", "mov cl, {0|32|64}\n " + op + " @, cl"));
            t.add(op + " M, 1");
        }
        for (String op : List.of("shld", "shrd")) {
            t.addAll(List.of("32:" + op + " @, @, {0-63}", "32:" + op + " @, @, cl", "32:" + op + " M, @, cl"));
            t.add("32:" + op + " @, @, 1");
        }
        t.addAll(List.of("32:shlx @, @, @", "32:shrx @, M, @", "32:sarx @, @, @", "32:rorx @, @, {0-31}"));
    }

    private static void bits(List<String> t) {
        for (String op : List.of("bt", "bts", "btr", "btc")) {
            t.addAll(List.of("16:" + op + " @, @", "16:" + op + " @, {0-80}", "16:" + op + " M, {0-80}"));
            t.addAll(List.of("mov rax, {-400-300}\n " + op + " qword ptr [B], rax"));
            if (!op.equals("bt")) {
                t.add("lock " + op + " qword ptr [B], 9");
            }
            t.addAll(List.of("mov eax, {-400-300}\n " + op + " dword ptr [B], eax"));
            t.addAll(List.of("mov ax, {-400-300}\n " + op + " word ptr [B], ax"));
        }
        for (String op : List.of("bsf", "bsr", "tzcnt", "lzcnt", "popcnt")) {
            t.addAll(List.of("16:" + op + " @, @", "16:" + op + " @, M", "xor ebx, ebx\n " + op + " X, rbx"));
        }
        t.addAll(List.of("xor ebx, ebx\n bsf D, ebx", "32:andn @, @, @", "32:andn @, @, M"));
        t.addAll(List.of("32:blsr @, @", "32:blsi @, @", "32:blsmsk @, @", "xor ebx, ebx\n blsr X, rbx"));
        t.addAll(List.of("xor ebx, ebx\n blsi X, rbx", "bswap D", "bswap X", "16:movbe @, M", "16:movbe M, @"));
    }

    private static void multiplication(List<String> t) {
        t.addAll(List.of("mul @", "mul M", "imul @", "imul M", "16:imul @, @", "16:imul @, M", "16:imul @, @, I"));
        t.addAll(List.of("16:imul @, M, {-128-127}", "32:mulx @, @, @"));
        t.addAll(List.of("movzx eax, al\n or bl, 1\n div bl", "or bh, 1\n xor ah, ah\n div bh"));
        t.addAll(List.of("xor edx, edx\n or ebx, 1\n div ebx", "xor edx, edx\n or r9, 1\n div r9"));
        t.addAll(List.of("xor dx, dx\n or bx, 1\n div bx", "mov edx, {0-99}\n mov ebx, {100-9999}\n div ebx"));
        t.addAll(List.of("shr eax, 1\n cdq\n or ebx, 1\n idiv ebx", "shr rax, 1\n cqo\n or rbx, 1\n idiv rbx"));
        t.addAll(List.of("shr ax, 1\n cwd\n or bx, 1\n idiv bx", "shr al, 1\n cbw\n or bl, 1\n idiv bl"));
        t.add("mov edx, {-50-50}\n mov ebx, {200-9999}\n idiv ebx");
    }

    private static void moves(List<String> t) {
        t.addAll(List.of("mov @, @", "mov @, M", "mov M, @", "mov @, I", "mov M, I", "movabs X, 0x123456789abcdef0"));
        t.addAll(List.of("movzx D, bl", "movzx ebx, ch", "movzx X, word ptr [B]", "movsx ecx, dh", "movsx X, bx"));
        t.addAll(List.of("movsx X, byte ptr [B - 3]", "movsxd X, D", "movsxd X, dword ptr [B]", "movzx ax, bl"));
        t.addAll(List.of("cbw", "cwde", "cdqe", "cwd", "cdq", "cqo", "lea X, [X + 4*X - 12]", "lea D, [X + 8*X]"));
        t.addAll(List.of("lea D, [ebx + 2*ecx + 77]", "lea X, [ebx - 1]"));
        for (String c : CONDITIONS.split("\\|", -1)) {
            t.addAll(List.of("cmp @, @\n set" + c + " dl", "cmp M, I\n set" + c + " byte ptr [B]"));
            t.addAll(List.of("16:cmov" + c + " @, @", "16:cmov" + c + " @, M", "test @, @\n set" + c + " ah"));
        }
        t.addAll(List.of("push X", "push rsp", "push {-128-127}", "push 0x12345678", "push qword ptr [rsp + 8]"));
        t.addAll(List.of("pop X", "pop qword ptr [rsp + 8]", "pop qword ptr [B]", "push bx", "pop cx"));
        t.addAll(List.of("mov rbp, rsp\n leave", "pop rsp\n mov rsp, B", "mov rax, qword ptr [B + 8*r14 - 24]"));
    }

    private static void exchanges(List<String> t) {
        t.addAll(List.of("xchg @, @", "xchg M, @", "xadd @, @", "xadd M, @", "lock xadd M, @"));
        t.addAll(List.of("cmpxchg M, @", "lock cmpxchg M, @"));
        t.addAll(List.of("mov rax, qword ptr [B]\n lock cmpxchg qword ptr [B], X"));
        t.addAll(List.of("mov eax, dword ptr [B]\n lock cmpxchg dword ptr [B], D"));
        t.addAll(List.of("lock cmpxchg16b xmmword ptr [B]", "lock cmpxchg8b qword ptr [B]"));
        t.add("mov rax, qword ptr [B]\n mov rdx, qword ptr [B + 8]\n lock cmpxchg16b xmmword ptr [B]");
        t.add("mov eax, dword ptr [B]\n mov edx, dword ptr [B + 4]\n lock cmpxchg8b qword ptr [B]");
    }

    private static void strings(List<String> t) {
        for (String size : List.of("b", "w", "d", "q")) {
            String there = "lea rsi, [B - 64]\n lea rdi, [B + 16]\n ";
            t.addAll(List.of(there + "movs" + size, there + "stos" + size, there + "lods" + size));
            t.add(there + "mov ecx, {0-5}\n rep movs" + size);
            t.add(there + "mov ecx, {0-5}\n rep stos" + size);
            t.add("std\n" + there + "mov ecx, {0-2}\n rep movs" + size);
        }
    }

    private static void control(List<String> t) {
        String skip = " 1f\n add r12, 1\n1:";
        for (String c : CONDITIONS.split("\\|", -1)) {
            t.addAll(List.of("j" + c + skip, "cmp @, @\n j" + c + skip, "sub @, I\n j" + c + skip));
        }
        t.addAll(List.of("jmp" + skip, "jrcxz" + skip, "lea rax, [rip + 1f]\n jmp rax\n add r12, 1\n1: xor eax, eax"));
        t.add("call 1f\n1: pop rax\n lea rcx, [rip + 1b]\n sub rax, rcx\n mov qword ptr [rsp - 8], 0\n xor ecx, ecx");
        t.add("lea rax, [rip + 1f]\n push rax\n ret\n add r12, 1\n1: mov qword ptr [rsp - 8], 0\n xor eax, eax");
        t.add("lea rax, [rip + 1f]\n push 5\n push rax\n ret 8\n ud2\n1: mov qword ptr [rsp - 16], 0\n xor eax, eax");
        t.addAll(List.of("pushfq\n pop rax\n and eax, 0x400\n mov qword ptr [rsp - 8], 0", "nop", "pause", "endbr64"));
        t.add("mov eax, {514|515|711|2759|1026}\n push rax\n popfq");
        t.addAll(List.of("lfence", "mfence", "sfence", "prefetcht0 [B]", "nop word ptr [rax + rax]"));
    }

    /** The form in each of its widths, holes filled. */
    List<String> fill(String template) {
        int colon = template.matches("\\d\\d:.*(\\n.*)*") ? 3 : 0;
        String form = template.substring(colon);
        if (!form.contains("@") && !Pattern.compile("\\bM\\b").matcher(form).find()) {
            return List.of(fill(form, 64));
        }
        int least = colon == 0 ? 8 : Integer.parseInt(template.substring(0, 2));
        List<String> filled = new ArrayList<>();
        for (int width = least; width <= 64; width *= 2) {
            filled.add(fill(form, width));
        }
        return filled;
    }

    private String fill(String form, int width) {
        // The upper halves ah to dh cannot be named in an instruction that names a new register.
        legacy = width == 8 && random.nextBoolean();
        Matcher m = HOLE.matcher(form);
        StringBuilder out = new StringBuilder();
        while (m.find()) {
            m.appendReplacement(out, hole(m.group(), m.group(1), width));
        }
        return m.appendTail(out).toString();
    }

    private String hole(String text, String inner, int width) {
        return switch (text) {
            case "@" -> register(width);
            case "X" -> register(64);
            case "D" -> register(32);
            case "B" -> legacy || random.nextBoolean() ? "rdi" : "r15";
            case "M" -> memory(width);
            case "I" ->
                Integer.toString(
                        switch (width) {
                            case 8 -> random.nextInt(256) - 128;
                            case 16 -> random.nextInt(65536) - 32768;
                            default -> random.nextBoolean() ? random.nextInt() : random.nextInt(9) - 4;
                        });
            default -> inner.contains("|") ? choice(inner) : number(inner);
        };
    }

    private String memory(int width) {
        String size = switch (width) {
            case 8 -> "byte";
            case 16 -> "word";
            case 32 -> "dword";
            default -> "qword";
        };
        String address = switch (random.nextInt(legacy ? 2 : 4)) {
            case 0 -> "rdi + " + random.nextInt(32);
            case 1 -> "rsp + " + random.nextInt(32);
            case 2 -> "r15 - " + random.nextInt(32);
            default -> "r15 + 4*r14 + 8";
        };
        return size + " ptr [" + address + "]";
    }

    private String register(int width) {
        if (width == 8 && legacy) {
            return LEGACY_BYTES.get(random.nextInt(LEGACY_BYTES.size()));
        }
        String full = WORDS.get(random.nextInt(WORDS.size()));
        boolean numbered = Character.isDigit(full.charAt(1));
        String root = full.substring(1);
        return switch (width) {
            case 64 -> full;
            case 32 -> numbered ? full + "d" : "e" + root;
            case 16 -> numbered ? full + "w" : root;
            default -> numbered ? full + "b" : root.endsWith("x") ? root.charAt(0) + "l" : root + "l";
        };
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
