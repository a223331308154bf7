// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;

/** Which objects of a state are compared, and which are measured. */
class BuiltTest {
    private static final BuiltObject OWN = object("f.o", "own");
    private static final BuiltObject DESCRIBED = object("f.o", "described");
    private static final BuiltObject OTHER = object("g.o", "other");

    private static BuiltObject object(String name, String key) {
        return new BuiltObject(name, Path.of(key), key, Set.of());
    }

    @Test
    void anObjectCompiledForWhatDebugInformationSaysIsComparedInPlaceOfTheKernelsAndNotMeasured() {
        Built built = new Built(
                List.of(OWN, OTHER),
                Map.of("h.o", "an error"),
                Map.of(),
                Map.of("M", 1L),
                List.of("a note"),
                Map.of("f.o", DESCRIBED),
                o -> Optional.empty());

        assertThat(built.objects()).containsExactly(OWN, OTHER);
        assertThat(built.compared().objects()).containsExactly(DESCRIBED, OTHER);
        assertThat(built.compared().failures()).isEqualTo(built.failures());
        assertThat(built.compared().compared()).isEqualTo(built.compared());
    }
}
