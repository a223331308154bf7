// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.config.EntryPaths.Cpu;
import org.patchoscope.semantics.isa.Decoded;
import org.patchoscope.semantics.isa.Disassembler;

/**
 * Patches a linked x86-64 image, byte by byte, as arch/x86/kernel/alternative.c does and not as the code under test:
 * alternatives with their nops, jump labels as objtool and the kernel leave them, calls for tracing.
 */
final class X86Patching {
    private static final int NEGATED = 1 << 16;
    private static final byte NOP = (byte) 0x90;
    private static final byte[] RETURN = {(byte) 0xc3, (byte) 0xcc};
    private static final String RETURN_THUNK = "__x86_return_thunk";
    private static final byte[][] NOPS = {
        {},
        {NOP},
        {0x66, NOP},
        {0x0f, 0x1f, 0x00},
        {0x0f, 0x1f, 0x40, 0},
        {0x0f, 0x1f, 0x44, 0, 0},
        {0x66, 0x0f, 0x1f, 0x44, 0, 0},
        {0x0f, 0x1f, (byte) 0x80, 0, 0, 0, 0},
        {0x0f, 0x1f, (byte) 0x84, 0, 0, 0, 0, 0},
        {0x66, 0x0f, 0x1f, (byte) 0x84, 0, 0, 0, 0, 0},
        {0x66, 0x2e, 0x0f, 0x1f, (byte) 0x84, 0, 0, 0, 0, 0},
        {0x66, 0x66, 0x2e, 0x0f, 0x1f, (byte) 0x84, 0, 0, 0, 0, 0},
    };

    private final LinkedImage image;
    private final ByteBuffer data;
    private final Disassembler disassembler;
    private final Cpu cpu;
    private final Set<Long> present = new HashSet<>();

    X86Patching(LinkedImage image, Disassembler disassembler, Cpu cpu, Map<String, Long> macros) {
        this.image = image;
        this.data = image.data();
        this.disassembler = disassembler;
        this.cpu = cpu;
        cpu.features().forEach(f -> present.add(macros.get(f)));
    }

    void apply() {
        thunks();
        alternatives();
        jumpLabels();
        traceSites();
    }

    /** Writes a jump over whatever is there. */
    void jump(long at, long target) {
        int here = image.file(at);
        data.put(here, (byte) 0xe9);
        data.putInt(here + 1, (int) (target - at - 5));
    }

    private void alternatives() {
        long[] table = image.section(".altinstructions");
        int size = isReplaced(table, 14) ? 14 : 12;
        long at = table[0];
        while (at < table[1]) {
            long site = site(at);
            long chosen = 0;
            int length = 0;
            for (; at < table[1] && site(at) == site; at += size) {
                int entry = image.file(at);
                length = Math.max(length, data.get(entry + size - 2) & 0xff);
                if (isChosen(entry, size)) {
                    chosen = at;
                }
            }
            byte[] code = code(site, length, chosen, size);
            write(site, size == 14 ? joinNops(code) : joinSingleNops(code));
        }
    }

    /** Whether all entries of that size lead to the section of replacements. */
    private boolean isReplaced(long[] table, int size) {
        long[] replacements = image.section(".altinstr_replacement");
        boolean all = (table[1] - table[0]) % size == 0;
        for (long at = table[0]; all && at < table[1]; at += size) {
            long to = at + 4 + data.getInt(image.file(at) + 4);
            all = to >= replacements[0] && to <= replacements[1];
        }
        return all;
    }

    private boolean isChosen(int entry, int size) {
        int feature = size == 14 ? data.getInt(entry + 8) : data.getShort(entry + 8) & 0xffff;
        int negated = size == 14 ? NEGATED : 1 << 15;
        long number = feature & (size == 14 ? 0xffff : 0x7fff);
        return present.contains(number) != ((feature & negated) != 0);
    }

    private long site(long at) {
        return at + data.getInt(image.file(at));
    }

    private byte[] code(long site, int length, long chosen, int entry) {
        byte[] code = new byte[length];
        if (chosen == 0) {
            data.get(image.file(site), code);
            return code;
        }
        Arrays.fill(code, NOP);
        long from = chosen + 4 + data.getInt(image.file(chosen) + 4);
        int size = data.get(image.file(chosen) + entry - 1) & 0xff;
        data.get(image.file(from), code, 0, size);
        ByteBuffer b = ByteBuffer.wrap(code).order(data.order());
        for (int i = 0; i < size; i += decode(code, i).length()) {
            move(b, i, decode(code, i), size, from - site);
        }
        return code;
    }

    /** What is relative to the instruction and points out of the replacement is relative to another place now. */
    private static void move(ByteBuffer b, int at, Decoded i, int size, long distance) {
        int opcode = b.get(at) & 0xff;
        int end = at + i.length();
        boolean far = opcode == 0xe8 || opcode == 0xe9 || opcode == 0x0f && (b.get(at + 1) & 0xf0) == 0x80;
        boolean near = opcode == 0xeb || (opcode & 0xf0) == 0x70;
        if (near && (end + b.get(end - 1) < 0 || end + b.get(end - 1) > size)) {
            throw new IllegalArgumentException("a short branch out of a replacement: " + i.text());
        }
        if (far || i.text().contains("rip")) {
            int target = end + b.getInt(end - 4);
            if (target < 0 || target > size) {
                b.putInt(end - 4, (int) (b.getInt(end - 4) + distance));
            }
        }
    }

    private Decoded decode(byte[] code, int at) {
        return disassembler.decode(code, at, 0).orElseThrow();
    }

    private boolean isNop(byte[] code, int at) {
        return decode(code, at).mnemonic().equals("nop");
    }

    private byte[] joinNops(byte[] code) {
        int next;
        for (int i = 0; i < code.length; i = next) {
            next = i + decode(code, i).length();
            if (!isNop(code, i)) {
                continue;
            }
            if (next == code.length) {
                return code;
            }
            while (next < code.length && isNop(code, next)) {
                next += decode(code, next).length();
            }
            nothing(code, i, next - i);
        }
        return code;
    }

    /** As Linux 6.1; that an instruction has such a byte elsewhere than at its start happens at no site. */
    private static byte[] joinSingleNops(byte[] code) {
        int end;
        for (int i = 0; i < code.length; i = end) {
            end = i + 1;
            while (code[i] == NOP && end < code.length && code[end] == NOP && end - i < 8) {
                end++;
            }
            if (code[i] == NOP) {
                System.arraycopy(NOPS[end - i], 0, code, i, end - i);
            }
        }
        return code;
    }

    private static void nothing(byte[] code, int at, int length) {
        if (length < NOPS.length) {
            System.arraycopy(NOPS[length], 0, code, at, length);
        } else {
            Arrays.fill(code, at, at + length, (byte) 0xcc);
            code[at] = (byte) 0xeb;
            code[at + 1] = (byte) (length - 2);
        }
    }

    private void write(long at, byte[] code) {
        data.put(image.file(at), code);
    }

    /** Until a function is traced its call of {@code __fentry__} is nothing: kernel/trace/ftrace.c, ftrace_init(). */
    private void traceSites() {
        long[] text = image.section(".text");
        long traced = image.symbol("__fentry__");
        for (long at = text[0]; at + 5 <= text[1]; at++) {
            int here = image.file(at);
            if (data.get(here) == (byte) 0xe8 && at + 5 + data.getInt(here + 1) == traced) {
                write(at, NOPS[5]);
            }
        }
    }

    /** Jumps to the return thunk are jumps to the processor's, or {@code ret} on one without X86_FEATURE_RETHUNK. */
    private void thunks() {
        if (!image.has(RETURN_THUNK)) {
            return;
        }
        long thunk = image.symbol(RETURN_THUNK);
        for (String section : List.of(".text", ".noinstr.text", ".entry.text", ".altinstr_replacement")) {
            if (image.contains(section)) {
                returns(image.section(section), thunk);
            }
        }
    }

    private void returns(long[] text, long thunk) {
        for (long at = text[0]; at + 5 <= text[1]; at++) {
            int here = image.file(at);
            if (data.get(here) == (byte) 0xe9 && at + 5 + data.getInt(here + 1) == thunk) {
                boolean prefixed = data.get(here - 1) == 0x2e;
                long start = prefixed ? at - 1 : at;
                if (cpu.features().contains("X86_FEATURE_RETHUNK")) {
                    jump(start, image.symbol(cpu.returnThunk()));
                } else {
                    write(start, RETURN);
                }
            }
        }
    }

    private void jumpLabels() {
        long[] table = image.section("__jump_table");
        for (long at = table[0]; at < table[1]; at += 16) {
            int entry = image.file(at);
            long site = at + data.getInt(entry);
            long target = at + 4 + data.getInt(entry + 4);
            long key = at + 8 + data.getLong(entry + 8);
            Boolean enabled = cpu.staticKeys().get(image.name(key & ~3L));
            boolean jumpsNow = data.get(image.file(site)) == (byte) 0xe9 || data.get(image.file(site)) == (byte) 0xeb;
            boolean jumps = enabled == null ? jumpsNow && (key & 2) == 0 : enabled != ((key & 1) != 0);
            byte[] code = new byte[15];
            data.get(image.file(site), code);
            int length = decode(code, 0).length();
            if (!jumps) {
                write(site, NOPS[length]);
            } else if (length == 5) {
                jump(site, target);
            } else {
                write(site, new byte[] {(byte) 0xeb, (byte) (target - site - 2)});
            }
        }
    }
}
