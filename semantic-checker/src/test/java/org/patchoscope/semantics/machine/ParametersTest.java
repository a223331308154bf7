// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchoscope.semantics.arch.Abi;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.program.Target;

/** Which register holds which parameter is told by the types alone. */
class ParametersTest {
    /** As the type of a pointer to a function has it. */
    @ParameterizedTest
    @ValueSource(strings = {"arm64", "x86_64"})
    void parametersWithoutNamesAreNumbered(String arch) {
        DebugInfo.Type word = new DebugInfo.Type("unsigned long", 8);
        var type = new DebugInfo.Prototype(
                "call through a pointer", word, List.of(word, word), List.of(), List.of(), false, false, false);

        Abi abi = Target.of(arch).abi();
        assertThat(Parameters.of(type, abi))
                .extracting(Parameters.Parameter::name, Parameters.Parameter::register)
                .containsExactly(
                        tuple("argument 1", abi.arguments().get(0)),
                        tuple("argument 2", abi.arguments().get(1)));
    }
}
