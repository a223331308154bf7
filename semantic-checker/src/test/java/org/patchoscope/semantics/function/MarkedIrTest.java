// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What intermediate code says and machine code does not becomes calls of markers. */
class MarkedIrTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %2 = load volatile i32, ptr %1, align 4, !dbg !7 | %2 = call i32 @patchoscope.read...32(ptr %1), !dbg !7
            %2 = load volatile ptr, ptr @g, align 8 | %2 = call ptr @patchoscope.read...64(ptr @g)
            store volatile i8 %3, ptr %1, align 1 | call void @patchoscope.write...8(ptr %1, i8 %3)
            store volatile ptr null, ptr %1, align 8 | call void @patchoscope.write...64(ptr %1, ptr null)
            %2 = load atomic i32, ptr %1 acquire, align 4 | %2 = call i32 @patchoscope.read..acquire.32(ptr %1)
            store atomic volatile i32 -1, ptr %1 release, align 4 | call void @patchoscope.write..release.32(ptr %1, i32 -1)
            %4 = atomicrmw sub ptr %1, i32 1 seq_cst, align 4 | %4 = call i32 @patchoscope.update.sub.seq_cst.32(ptr %1, i32 1)
            fence seq_cst | call void @patchoscope.fence..seq_cst.0()
            call void asm sideeffect "", "~{memory}"() #2, !dbg !9 | call void @patchoscope.barrier...0(), !dbg !9
            """)
    void anAccessOfWhichEachCountsIsACallOfItsMarker(String line, String marked) {
        assertThat(lines("  " + line, MarkedIr.Accesses.AS_IN_C)).contains("  " + marked);
    }

    @Test
    void anExchangeGivesWhatItFoundAndWhetherItWasExpected() {
        String line = "  %5 = cmpxchg weak ptr %1, i32 %3, i32 1 acquire monotonic, align 4";

        assertThat(lines(line, MarkedIr.Accesses.AS_IN_C))
                .contains(
                        "  %5 = call { i32, i1 } @patchoscope.exchange..acquire_monotonic_weak.32(ptr %1, i32 %3, i32 1)")
                .anyMatch(
                        l -> l.startsWith(
                                "declare { i32, i1 } @patchoscope.exchange..acquire_monotonic_weak.32(ptr, i32, i32) nounwind"));
    }

    @Test
    void whatTheFrontEndPromisesOfValuesInMemoryIsNotUsed() {
        assertThat(lines("  %3 = load i8, ptr %2, align 1, !range !5, !noundef !6", MarkedIr.Accesses.AS_IN_C))
                .contains("  %3 = load i8, ptr %2, align 1, !noundef !6");
    }

    @Test
    void inlineAssemblyThatIsNoBarrierStaysAsItIs() {
        String line = "  call void asm sideeffect \"nop\", \"~{memory}\"()";

        assertThat(lines(line, MarkedIr.Accesses.AS_IN_C)).contains(line);
    }

    @Test
    void accessesBehindPointersAreKeptAndThoseOfVariablesAreNot() {
        String code = """
                define i32 @f(ptr %0) {
                  %2 = alloca ptr, align 8
                  %3 = alloca %struct.s, align 8
                  store ptr %0, ptr %2, align 8
                  %4 = load ptr, ptr %2, align 8
                  %5 = getelementptr inbounds %struct.s, ptr %4, i32 0, i32 1
                  %6 = load i32, ptr %5, align 4
                  %7 = getelementptr inbounds %struct.s, ptr %3, i32 0, i32 1
                  store i32 %6, ptr %7, align 4
                  store i32 %6, ptr %5, align 4
                }
                """;

        assertThat(lines(code, MarkedIr.Accesses.ALL_KEPT))
                .filteredOn(l -> l.contains(" volatile "))
                .containsExactly(
                        "  %6 = load volatile i32, ptr %5, align 4", "  store volatile i32 %6, ptr %5, align 4");
    }

    private static List<String> lines(String ir, MarkedIr.Accesses accesses) {
        return new MarkedIr(ir, accesses).text().lines().toList();
    }
}
