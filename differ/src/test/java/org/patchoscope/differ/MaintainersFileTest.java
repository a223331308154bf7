// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules are those that the kernel's file states at its beginning; the sections are in its form. */
class MaintainersFileTest {
    private static final MaintainersFile FILE = MaintainersFile.parse("""
            List of maintainers
            ===================

            	M: *Mail* patches to: FullName <address@domain>

            GENERIC ENTRY CODE
            M:	Mary Example <mary@example.org>
            M:	"Jo (Company) Doe" <Jo@Example.org>
            R:	Rick Viewer <rick@example.org>
            F:	include/linux/entry-common.h
            F:	kernel/entry/
            X:	kernel/entry/kvm.c

            NET DRIVERS
            M:	net@example.org
            F:	drivers/net/*
            F:	fs/**/*foo*.c
            F:	*/net/*

            TEGRA
            M:	Theo <theo@example.org>
            N:	[^a-z]tegra

            BROKEN
            M:	Bo <bo@example.org>
            N:	(

            THE REST
            M:	Linus <linus@example.org>
            F:	*
            F:	*/
            """);

    @ParameterizedTest
    @CsvSource({
        "mary@example.org, kernel/entry/common.c, true",
        "jo@example.org, kernel/entry/deep/common.c, true",
        "mary@example.org, kernel/entry/kvm.c, false",
        "mary@example.org, kernel/entry.c, false",
        "rick@example.org, kernel/entry/common.c, false",
        "net@example.org, drivers/net/tun.c, true",
        "net@example.org, drivers/net/ethernet/e.c, false",
        "net@example.org, fs/a/b/myfoo1.c, true",
        "net@example.org, fs/foo.c, false",
        "net@example.org, samples/net/x.c, true",
        "theo@example.org, arch/arm/mach-tegra/io.c, true",
        "theo@example.org, drivers/integra.c, false",
        "bo@example.org, kernel/fork.c, false",
        "linus@example.org, kernel/entry/common.c, true",
        "linus@example.org, Makefile, true",
        "address@domain, Makefile, false",
    })
    void whoMaintainsWhat(String address, String path, boolean maintains) {
        assertThat(FILE.maintains(address, path)).isEqualTo(maintains);
    }

    @Test
    void anEmptyFileMakesNobodyAMaintainer() {
        assertThat(MaintainersFile.parse("").maintains("linus@example.org", "Makefile"))
                .isFalse();
    }
}
