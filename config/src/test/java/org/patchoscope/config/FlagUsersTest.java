// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FlagUsersTest {
    private final List<FlagUsers> users = new Profiles().users();

    @Test
    void whoSetsAFlagHasANameAWayAndASource() {
        assertThat(users).isNotEmpty().allSatisfy(u -> {
            assertThat(u.flags()).isNotEmpty();
            assertThat(u.by()).isNotBlank();
            assertThat(u.how()).isNotBlank();
            assertThat(u.source()).contains(".c");
        });
    }

    @Test
    void aFlagStandsOnce() {
        assertThat(users.stream().flatMap(u -> u.flags().stream())).doesNotHaveDuplicates();
    }
}
