// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The index finds what looking at one function after the other finds, where functions overlap as well. */
class CodeIndexTest {
    @Test
    void theFirstFunctionThatCoversAPlaceIsFound() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            List<ObjectFile.Function> functions = IntStream.range(0, random.nextInt(8))
                    .mapToObj(i -> new ObjectFile.Function(
                            "f" + i, 1 + random.nextInt(2), random.nextInt(24), random.nextInt(12), true))
                    .toList();
            CodeIndex index = new CodeIndex(functions);
            for (int section = 0; section < 3; section++) {
                for (int at = 0; at < 40; at++) {
                    int inSection = section;
                    int offset = at;
                    assertThat(index.at(section, at))
                            .isEqualTo(functions.stream()
                                    .filter(f -> f.contains(inSection, offset))
                                    .findFirst());
                }
            }
        }
    }
}
