// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

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
import org.patchoscope.semantics.expr.BinaryOp;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.expr.Substitution;
import org.patchoscope.semantics.ir.Lifted;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;
import org.patchoscope.semantics.isa.ConcreteMachine;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.InstructionReloc;
import org.patchoscope.semantics.isa.TestToolchain;

/** What cannot be run by a user program: privileged instructions, relocations, and the form of expressions. */
class Arm64LifterTest {
    private static Disassembler disassembler;
    private static Arm64Lifter lifter;

    @TempDir
    private Path directory;

    private final Exprs x = new Exprs();

    @BeforeAll
    static void load() {
        disassembler = TestToolchain.arm64();
        lifter = new Arm64Lifter(disassembler);
    }

    @AfterAll
    static void unload() {
        if (disassembler != null) {
            disassembler.close();
        }
    }

    private Lifted lift(String source, InstructionReloc... relocations) throws IOException, InterruptedException {
        byte[] code = TestToolchain.assemble(directory, "aarch64-linux-gnu", source);
        return lifter.lift(x, code, 0, List.of(relocations));
    }

    private static InstructionReloc reloc(String type, long addend) {
        return new InstructionReloc("R_AARCH64_" + type, "s", addend);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            msr daifset, #15        | InterruptMask[set=true, bits=15]
            msr daifclr, #3         | InterruptMask[set=false, bits=3]
            msr daif, x3            | WriteRegister[name=DAIF]
            msr sp_el0, x1          | WriteRegister[name=SP_EL0]
            msr elr_el1, xzr        | WriteRegister[name=ELR_EL1]
            mrs x8, esr_el1         | ReadRegister[name=ESR_EL1]
            msr spsel, #1           | Mode[text=msr SPSel, #0x1]
            msr pan, #1             | Mode[text=msr PAN, #0x1]
            msr tco, #0             | Mode[text=msr TCO, #0x0]
            msr ssbs, #0            | Mode[text=msr SSBS, #0x0]
            msr dit, #1             | Mode[text=msr DIT, #0x1]
            isb                     | Barrier[text=isb]
            dsb nsh                 | Barrier[text=dsb nsh]
            dmb ishst               | Barrier[text=dmb ishst]
            csdb                    | Barrier[text=csdb]
            sb                      | Barrier[text=sb]
            esb                     | Barrier[text=esb]
            hint #22                | Barrier[text=clrbhb]
            nop                     | Hint[text=nop]
            bti c                   | Hint[text=bti c]
            yield                   | Hint[text=yield]
            wfe                     | Hint[text=wfe]
            paciasp                 | Hint[text=paciasp]
            xpaci x3                | Hint[text=xpaci]
            tlbi vae1is, x3         | Maintenance[text=tlbi vae1is]
            tlbi vmalle1            | Maintenance[text=tlbi vmalle1]
            dc cvac, x3             | Maintenance[text=dc cvac]
            ic ivau, x3             | Maintenance[text=ic ivau]
            at s1e1r, x3            | Maintenance[text=at s1e1r]
            hvc #0                  | Monitor[text=hvc #0]
            smc #0                  | Monitor[text=smc #0]
            prfm pstl1keep, [x3]    | Hint[text=prfm pstl1keep]
            """)
    void effects(String source, String effect) throws IOException, InterruptedException {
        // A bit of PSTATE is set beside the effect.
        assertThat(lift(source).ops())
                .filteredOn(op -> !(op instanceof Op.Set s && s.register().startsWith("pstate:")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Op.Effect.class, e -> assertThat(e.effect()).hasToString(effect));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            brk #0x800      | Trap[instruction=brk, immediate=2048]
            udf #3          | Trap[instruction=udf, immediate=3]
            svc #0          | Trap[instruction=svc, immediate=0]
            b .             | Jump[target=Local[offset=0]]
            bl .+8          | Call[target=Local[offset=8]]
            dc zva, x1      | Unsupported[reason=dc zva, x1: writes memory or tags]
            fadd d0, d1, d2 | Unsupported[reason=fadd d0, d1, d2]
            ldr q0, [x1]    | Unsupported[reason=ldr q0, [x1]: floating-point register q0]
            .inst 0xffffffff | Unsupported[reason=.inst 0xffffffff]
            """)
    void endsAndTraps(String source, String op) throws IOException, InterruptedException {
        assertThat(lift(source).ops()).singleElement().hasToString(op);
    }

    @Test
    void systemRegisterArgumentsAndResults() throws IOException, InterruptedException {
        Op.Effect write = (Op.Effect) lift("msr sp_el0, x1").ops().getFirst();
        assertThat(write.arguments()).containsExactly(x.reg("x1", 64));
        Op.Effect read = (Op.Effect) lift("mrs x8, sp_el0").ops().getFirst();
        assertThat(read.effect()).isEqualTo(new SystemEffect.ReadRegister("SP_EL0"));
        assertThat(read.results()).containsExactly(new Op.Result("x8", 64));
    }

    @Test
    void bothHalvesOfAnAddressJoin() throws IOException, InterruptedException {
        Map<String, Expr> values = new HashMap<>();
        run(values, lift("adrp x0, 0", reloc("ADR_PREL_PG_HI21", 0x18)));
        run(values, lift("add x1, x0, #0", reloc("ADD_ABS_LO12_NC", 0x18)));
        run(values, lift("add sp, x0, #0", reloc("ADD_ABS_LO12_NC", 0x18)));
        Expr address = x.add(x.sym("&s", 64), 0x18);
        assertThat(values.get("x1")).isSameAs(address);
        assertThat(values.get("sp")).isSameAs(address);
        Op.Load load = (Op.Load)
                lift("ldr w2, [x0]", reloc("LDST32_ABS_LO12_NC", 0x18)).ops().getFirst();
        assertThat(substitute(values, load.address())).isSameAs(address);
    }

    @Test
    void movesPlaceSlicesOfAnAddress() throws IOException, InterruptedException {
        Map<String, Expr> values = new HashMap<>();
        run(values, lift("movz x0, #0, lsl #48", reloc("MOVW_UABS_G3", 0)));
        run(values, lift("movk x0, #0, lsl #32", reloc("MOVW_UABS_G2_NC", 0)));
        run(values, lift("movk x0, #0, lsl #16", reloc("MOVW_UABS_G1_NC", 0)));
        run(values, lift("movk x0, #0", reloc("MOVW_UABS_G0_NC", 0)));
        assertThat(values.get("x0")).isSameAs(x.sym("&s", 64));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            bl 0          | CALL26
            b 0           | JUMP26
            b.ne 0        | CONDBR19
            cbz x1, 0     | CONDBR19
            tbz x1, #3, 0 | TSTBR14
            """)
    void branchesGoToSymbols(String source, String type) throws IOException, InterruptedException {
        Op op = lift(source.replaceFirst("0$", "."), reloc(type, 4)).ops().getFirst();
        assertThat(op.toString()).contains("Symbol[name=s, addend=4]");
    }

    @Test
    void literalsAndUnknownRelocations() throws IOException, InterruptedException {
        Op.Load load =
                (Op.Load) lift("ldr x0, .", reloc("LD_PREL_LO19", 0)).ops().getFirst();
        assertThat(load.address()).isSameAs(x.sym("&s", 64));
        assertThat(lift("add x0, x0, #0", reloc("TLSLE_ADD_TPREL_LO12", 0)).ops())
                .singleElement()
                .hasToString("Unsupported[reason=add x0, x0, #0x0: relocation R_AARCH64_TLSLE_ADD_TPREL_LO12]");
    }

    @ParameterizedTest
    @CsvSource({"lt,SLT", "lo,ULT", "eq,EQ"})
    void conditionsAreComparisonsAgain(String condition, BinaryOp op) throws IOException, InterruptedException {
        Map<String, Expr> values = new HashMap<>();
        run(values, lift("cmp x1, x2"));
        Op.Branch branch = (Op.Branch) lift("b." + condition + " .").ops().getFirst();
        assertThat(substitute(values, branch.condition())).isSameAs(x.binary(op, x.reg("x1", 64), x.reg("x2", 64)));
    }

    @ParameterizedTest
    @CsvSource({"gt,SLT", "hi,ULT"})
    void strictConditionsTurnTheComparison(String condition, BinaryOp op) throws IOException, InterruptedException {
        Map<String, Expr> values = new HashMap<>();
        run(values, lift("cmp x1, x2"));
        Op.Branch branch = (Op.Branch) lift("b." + condition + " .").ops().getFirst();
        assertThat(substitute(values, branch.condition())).isSameAs(x.binary(op, x.reg("x2", 64), x.reg("x1", 64)));
    }

    @Test
    void failedExclusiveStoreKeepsMemory() throws IOException, InterruptedException {
        List<Op> ops = lift("stxr w3, x1, [x2]").ops();
        assertThat(ops.getFirst().toString()).contains("exclusive status", "t:failed");
        Op.Store store = (Op.Store) ops.get(2);
        assertThat(store.access()).isEqualTo(Op.Access.ATOMIC);
        Expr old = x.reg("t:old0", 64);
        assertThat(substitute(Map.of("t:failed", x.yes()), store.value())).isSameAs(old);
        assertThat(substitute(Map.of("t:failed", x.no()), store.value())).isSameAs(x.reg("x1", 64));
    }

    /** Instructions that the emulator at hand is too old for (FEAT_CSSC). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            abs x0, x1      | -5 | 0  | 5
            abs w0, w1      | 5  | 0  | 5
            cnt x0, x1      | -1 | 0  | 64
            cnt w0, w1      | -1 | 0  | 32
            ctz x0, x1      | 40 | 0  | 3
            ctz w0, w1      | 0  | 0  | 32
            smin x0, x1, x2 | -1 | 1  | -1
            smax x0, x1, x2 | -1 | 1  | 1
            umin x0, x1, x2 | -1 | 1  | 1
            umax x0, x1, x2 | -1 | 1  | -1
            smin x0, x1, #-3 | 7 | 0  | -3
            """)
    void commonShortSequenceInstructions(String source, long x1, long x2, long x0)
            throws IOException, InterruptedException {
        byte[] code = TestToolchain.assemble(directory, "aarch64-linux-gnu", ".arch_extension cssc\n" + source);
        ConcreteMachine machine = new ConcreteMachine(lifter, code, new byte[0], 0);
        machine.set("x1", x1);
        machine.set("x2", x2);
        machine.run(0, 4);
        assertThat(machine.get("x0")).isEqualTo(x0);
    }

    private void run(Map<String, Expr> values, Lifted lifted) {
        for (Op op : lifted.ops()) {
            Op.Set set = (Op.Set) op;
            values.put(set.register(), substitute(values, set.value()));
        }
    }

    private Expr substitute(Map<String, Expr> values, Expr e) {
        return new Substitution(x, n -> n instanceof Expr.Reg r ? values.get(r.name()) : null).apply(e);
    }
}
