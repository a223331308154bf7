// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LLVM's marked text is taken apart into operands. */
class DisassemblerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nop | 'nop'
            mov <reg:x1>, <reg:sp> | 'mov Register[name=x1] Register[name=sp]'
            adrp <reg:x3>, <imm:<imm:#0>> | 'adrp Register[name=x3] Immediate[value=0]'
            mov <reg:x1>, <imm:#-0x4> | 'mov Register[name=x1] Immediate[value=-4]'
            mov <reg:x1>, <imm:#0xffffffff00000000> | 'mov Register[name=x1] Immediate[value=-4294967296]'
            cset <reg:w1>, eq | 'cset Register[name=w1] Condition[name=eq]'
            mrs <reg:x1>, SP_EL0 | 'mrs Register[name=x1] SystemRegister[name=SP_EL0]'
            dsb ish | 'dsb Word[text=ish]'
            neg <reg:x1>, <reg:x2>, asr <imm:#2> | 'neg Register[name=x1] Register[name=x2] Modifier[kind=asr, amount=2]'
            ret // a comment | 'ret'
            """)
    void arm64(String marked, String expected) {
        assertThat(text(OperandSyntax.decoded(4, marked, new Arm64Syntax()))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '[<reg:x1>]' | x1,null,null,0,false
            '[<reg:sp>, <imm:#-0x10>]!' | sp,null,null,-16,true
            '[<reg:x4>, <reg:w5>, sxtw <imm:#2>]' | x4,w5,'Modifier[kind=sxtw, amount=2]',0,false
            '[<reg:x4>, <reg:w5>, uxtw]' | x4,w5,'Modifier[kind=uxtw, amount=0]',0,false
            """)
    void arm64Memory(String marked, String expected) {
        Decoded d = OperandSyntax.decoded(4, "ldr <reg:x0>, " + marked, new Arm64Syntax());
        assertThat(d.operands().get(1))
                .isInstanceOfSatisfying(
                        Operand.Memory.class,
                        m -> assertThat(m.base() + ","
                                        + m.index() + "," + (m.modifier() == null ? "null" : "'" + m.modifier() + "'")
                                        + ","
                                        + m.displacement() + "," + m.writeBack())
                                .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mov <reg:rax>, <mem:qword ptr gs:[<imm:0x10>]> | 64,gs,null,null,1,16
            mov <reg:eax>, <mem:dword ptr [<reg:rbx> + 4*<reg:rcx> - <imm:0x8>]> | 32,null,rbx,rcx,4,-8
            lea <reg:rax>, <mem:[<reg:rip> + <imm:0x20>]> | 0,null,rip,null,1,32
            """)
    void intelMemory(String marked, String expected) {
        Decoded d = OperandSyntax.decoded(4, marked, new IntelSyntax());
        assertThat(d.operands().get(1))
                .isInstanceOfSatisfying(
                        Operand.Memory.class,
                        m -> assertThat(m.size() + "," + m.segment() + "," + m.base() + "," + m.index() + ","
                                        + m.scale() + "," + m.displacement())
                                .isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wrmsr           | 'wrmsr'
            swapgs          | 'swapgs'
            mov cr3, rax    | 'mov Register[name=cr3] Register[name=rax]'
            test edi, 0x40  | 'test Register[name=edi] Immediate[value=64]'
            """)
    void x86IsDecodedInIntelSyntax(String source, String expected) throws Exception {
        java.nio.file.Path directory = java.nio.file.Files.createTempDirectory("patchoscope");
        byte[] code = TestToolchain.assemble(directory, "x86_64-linux-gnu", ".intel_syntax noprefix\n" + source);
        try (Disassembler disassembler = TestToolchain.x86()) {
            assertThat(text(disassembler.decode(code, 0, 0).orElseThrow())).isEqualTo(expected);
        }
    }

    private static String text(Decoded d) {
        StringBuilder s = new StringBuilder(d.mnemonic());
        d.operands().forEach(o -> s.append(' ').append(o));
        return s.toString();
    }
}
