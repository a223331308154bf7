// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.x86;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.TestToolchain;

/** What cannot be run by a user program: privileged instructions, relocations, and the form of expressions. */
class X86LifterTest {
    private static Disassembler disassembler;
    private static X86Lifter lifter;

    @TempDir
    private Path directory;

    private final Exprs x = new Exprs();

    @BeforeAll
    static void load() {
        disassembler = TestToolchain.x86();
        lifter = new X86Lifter(disassembler);
    }

    @AfterAll
    static void unload() {
        if (disassembler != null) {
            disassembler.close();
        }
    }

    private Lifted lift(String source, InstructionReloc... relocations) throws IOException, InterruptedException {
        byte[] code = TestToolchain.assemble(directory, "x86_64-linux-gnu", ".intel_syntax noprefix\n" + source);
        Lifted lifted = lifter.lift(x, code, 0, List.of(relocations));
        assertThat(lifted.length()).isEqualTo(code.length);
        return lifted;
    }

    private static InstructionReloc reloc(String type, long addend, int at) {
        return new InstructionReloc("R_X86_64_" + type, "s", addend, at);
    }

    /** SDM vol. 2, each under its name; WRMSRNS, SERIALIZE and LKGS in the current edition or the FRED specification. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sti                     | InterruptMask[set=false, bits=1]
            cli                     | InterruptMask[set=true, bits=1]
            lfence                  | Barrier[text=lfence]
            mfence                  | Barrier[text=mfence]
            serialize               | Barrier[text=serialize]
            stac                    | Mode[text=stac]
            clac                    | Mode[text=clac]
            swapgs                  | Mode[text=swapgs]
            hlt                     | Mode[text=hlt]
            wbinvd                  | Mode[text=wbinvd]
            verw word ptr [rax]     | Mode[text=verw]
            out 0x61, al            | Mode[text=out]
            in al, dx               | Mode[text=in]
            cpuid                   | Mode[text=cpuid]
            lar eax, cx             | Mode[text=lar]
            sgdt [rax]              | Mode[text=sgdt]
            lidt [rax]              | Mode[text=lidt]
            wrgsbase rax            | Mode[text=wrgsbase]
            rdmsr                   | ReadModelSpecific[]
            wrmsr                   | WriteModelSpecific[]
            wrmsrns                 | WriteModelSpecific[]
            mov rax, cr3            | ReadRegister[name=cr3]
            mov cr3, rax            | WriteRegister[name=cr3]
            mov dr7, rax            | WriteRegister[name=dr7]
            mov eax, ds             | ReadRegister[name=ds]
            mov ds, eax             | WriteRegister[name=ds]
            lkgs ax                 | WriteRegister[name=gs]
            rdpkru                  | ReadRegister[name=pkru]
            str rax                 | ReadRegister[name=str]
            ltr ax                  | WriteRegister[name=ltr]
            popfq                   | Mode[text=popfq]
            invlpg [rax]            | Maintenance[text=invlpg]
            invpcid rbx, [rax]      | Maintenance[text=invpcid]
            pause                   | Hint[text=pause]
            nop                     | Hint[text=nop]
            endbr64                 | Hint[text=endbr64]
            rdtsc                   | Hint[text=rdtsc]
            """)
    void effects(String source, String effect) throws Exception {
        assertThat(lift(source).ops())
                .filteredOn(op -> op instanceof Op.Effect)
                .singleElement()
                .satisfies(op -> assertThat(((Op.Effect) op).effect()).hasToString(effect));
    }

    /** SDM vol. 2, UD, INT; asm/bug.h says what the kernel means by them. */
    @ParameterizedTest
    @CsvSource({"ud2, ud2", "int3, int3", "'ud1 edi, [edx]', ud1"})
    void traps(String source, String name) throws Exception {
        assertThat(lift(source).ops()).containsExactly(new Op.Trap(name, 0));
    }

    /** SDM vol. 2, IRET, SYSRET; FRED specification, sections 6.2.1 and 6.2.2. */
    @ParameterizedTest
    @CsvSource({"iretq, iretq, 20", "sysretq, sysretq, 16", "sysret, sysretl, 16", "eretu, eretu, 21"})
    void waysOutTellWhatUserModeFinds(String source, String name, int registers) throws Exception {
        String text = source.equals("eretu") ? ".byte 0xf3, 0x0f, 0x01, 0xca" : source;
        assertThat(lift(text).ops().getLast()).isInstanceOfSatisfying(Op.Exit.class, e -> {
            assertThat(e.instruction()).isEqualTo(name);
            assertThat(e.state()).hasSize(registers);
        });
    }

    /** SDM vol. 2, SWAPGS: the base and IA32_KERNEL_GS_BASE change places. */
    @Test
    void swapgsExchangesTheBases() throws Exception {
        Map<String, Expr> after = run("swapgs", Map.of("gsbase", x.sym("a", 64), "kernelgsbase", x.sym("b", 64)));

        assertThat(after).containsEntry("gsbase", x.sym("b", 64)).containsEntry("kernelgsbase", x.sym("a", 64));
    }

    /** SDM vol. 2, STAC and CLAC: EFLAGS.AC. */
    @Test
    void stacSetsAndClacClearsTheAlignmentCheckFlag() throws Exception {
        assertThat(run("stac", Map.of())).containsEntry("ac", x.yes());
        assertThat(run("clac", Map.of())).containsEntry("ac", x.no());
    }

    /** SDM vol. 2, MOV: loading a selector loads the base from a descriptor table, which is not known. */
    @Test
    void aSelectorMakesTheBaseUnknown() throws Exception {
        assertThat(lift("mov gs, eax").ops()).contains(new Op.Undefine("gsbase"));
        assertThat(lift("mov fs, eax").ops()).contains(new Op.Undefine("fsbase"));
    }

    @Test
    void perCpuMemoryIsBehindTheBaseOfGs() throws Exception {
        Lifted absolute = lift("mov rax, gs:[0]", reloc("32S", 8, 5));
        Lifted relative = lift("mov rax, gs:[rip]", reloc("PC32", 4, 4));

        Expr variable = x.add(x.reg("gsbase", 64), x.add(x.sym("&s", 64), 8));
        assertThat(absolute.ops().getFirst()).isEqualTo(load(variable, 64));
        assertThat(relative.ops().getFirst()).isEqualTo(load(variable, 64));
    }

    private static Op load(Expr address, int width) {
        return new Op.Load("t:m1", width, address, Op.Access.PLAIN);
    }

    /** System V ABI AMD64 supplement, section 4.4.1: S + A - P, while the processor adds the next address. */
    @Test
    void aDisplacementIsFromTheEndOfTheInstruction() throws Exception {
        Op store = lift("mov dword ptr [rip], 7", reloc("PC32", -8, 2)).ops().getLast();

        assertThat(store).isEqualTo(new Op.Store(x.sym("&s", 64), x.constant(7, 32), Op.Access.PLAIN));
    }

    @Test
    void addressesAsNumbers() throws Exception {
        assertThat(lift("mov rax, 0x12345678", reloc("32S", 4, 3)).ops())
                .containsExactly(new Op.Set("rax", x.add(x.sym("&s", 64), 4)));
        assertThat(lift("movabs rax, 0x1122334455667788", reloc("64", 0, 2)).ops())
                .containsExactly(new Op.Set("rax", x.sym("&s", 64)));
        assertThat(lift("lea rax, [rip]", reloc("PC32", -4, 3)).ops())
                .containsExactly(new Op.Set("rax", x.sym("&s", 64)));
        assertThat(lift("mov rax, [rip]", reloc("REX_GOTPCRELX", -4, 3)).ops())
                .containsExactly(new Op.Set("rax", x.sym("&s", 64)));
    }

    @Test
    void branchesAndCalls() throws Exception {
        assertThat(lift("jmp 2f\n2:\n", reloc("PLT32", -1, 1)).ops())
                .containsExactly(new Op.Jump(new Op.CodeTarget.Symbol("s", 0)));
        assertThat(lift(".byte 0xe8,0,0,0,0", reloc("PLT32", -4, 1)).ops())
                .containsExactly(new Op.Call(new Op.CodeTarget.Symbol("s", 0)));
        assertThat(lift(".byte 0x74,0x10").ops())
                .containsExactly(new Op.Branch(x.reg("zf", 1), new Op.CodeTarget.Local(0x12)));
    }

    /** arch/x86/lib/retpoline.S and arch/x86/kernel/ftrace.c. */
    @Test
    void thunksAreWhatTheyStandFor() throws Exception {
        var back = new InstructionReloc("R_X86_64_PLT32", "__x86_return_thunk", -4, 1);
        var through = new InstructionReloc("R_X86_64_PLT32", "__x86_indirect_thunk_r11", -4, 1);
        var array = new InstructionReloc("R_X86_64_PLT32", "__x86_indirect_thunk_array", 3 * 32 - 4, 1);
        var trace = new InstructionReloc("R_X86_64_PLT32", "__fentry__", -4, 1);

        assertThat(lift(".byte 0xe9,0,0,0,0", back).ops()).isEqualTo(lift("ret").ops());
        assertThat(lift(".byte 0xe8,0,0,0,0", through).ops())
                .containsExactly(new Op.Call(new Op.CodeTarget.Indirect(x.reg("r11", 64))));
        assertThat(lift(".byte 0xe9,0,0,0,0", array).ops())
                .containsExactly(new Op.Jump(new Op.CodeTarget.Indirect(x.reg("rbx", 64))));
        assertThat(lift(".byte 0xe8,0,0,0,0", trace).ops())
                .containsExactly(new Op.Effect(new SystemEffect.Hint("__fentry__"), List.of(), List.of()));
    }

    /** Conditions must read as comparisons, or reports show flags instead of what was compared. */
    @ParameterizedTest
    @CsvSource({"jb, ULT", "jl, SLT", "je, EQ"})
    void conditionsAreComparisonsAgain(String branch, BinaryOp op) throws Exception {
        Expr a = x.sym("a", 64);
        Expr b = x.sym("b", 64);
        Map<String, Expr> flags = run("cmp rax, rbx", Map.of("rax", a, "rbx", b));
        String opcode = Map.of("jb", "0x72", "jl", "0x7c", "je", "0x74").get(branch);
        Op.Branch lifted = (Op.Branch) lift(".byte " + opcode + ",0x10").ops().getFirst();

        assertThat(value(lifted.condition(), flags)).isSameAs(x.binary(op, a, b));
    }

    @Test
    void aTestOfABitIsThatBit() throws Exception {
        Map<String, Expr> flags = run("test eax, 0x40", Map.of("rax", x.sym("a", 64)));

        assertThat(flags.get("zf")).isSameAs(x.not(x.extract(x.sym("a", 64), 6, 1)));
    }

    @Test
    void undefinedFlagsHaveNoValue() throws Exception {
        assertThat(lift("and eax, ebx").ops()).contains(new Op.Undefine("af"));
        assertThat(lift("imul eax, ebx").ops()).contains(new Op.Undefine("zf"));
    }

    /** Bare names stay bare: nothing that is not known gets a meaning. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "addsd xmm0, xmm1",
                "fld qword ptr [rax]",
                "repne scasb",
                "vmcall",
                "cmpxchg ebx, ecx",
                "rcl eax, 1",
                "xbegin 1f\n1:"
            })
    void unknownFormsAreUnsupportedByName(String source) throws Exception {
        assertThat(lift(source).ops())
                .singleElement()
                .isInstanceOfSatisfying(
                        Op.Unsupported.class, u -> assertThat(u.reason()).contains(source.split("[ \n]", -1)[0]));
    }

    @Test
    void aRelocationThatNobodyAskedForIsNotIgnored() throws Exception {
        assertThat(lift("mov rax, rbx", reloc("32", 0, 0)).ops().getFirst()).isInstanceOf(Op.Unsupported.class);
    }

    private Map<String, Expr> run(String source, Map<String, Expr> before) throws Exception {
        Map<String, Expr> registers = new HashMap<>(before);
        for (Op op : lift(source).ops()) {
            if (op instanceof Op.Set s) {
                registers.put(s.register(), value(s.value(), registers));
            }
        }
        return registers;
    }

    private Expr value(Expr e, Map<String, Expr> registers) {
        return new Substitution(x, leaf -> leaf instanceof Expr.Reg r ? registers.get(r.name()) : null).apply(e);
    }
}
