// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which module and which package may use which (docs/architecture.md). */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.patchoscope");

    @Test
    void dataMovesToTheRightOnly() {
        forbid(
                "org.patchoscope.config..",
                "org.patchoscope.mail..",
                "org.patchoscope.differ..",
                "org.patchoscope.semantics..",
                "org.patchoscope.bot..");
        forbid(
                "org.patchoscope.mail..",
                "org.patchoscope.differ..",
                "org.patchoscope.semantics..",
                "org.patchoscope.bot..");
        forbid("org.patchoscope.differ..", "org.patchoscope.semantics..", "org.patchoscope.bot..");
        forbid(
                "org.patchoscope.semantics..",
                "org.patchoscope.mail..",
                "org.patchoscope.differ..",
                "org.patchoscope.bot..");
    }

    private static void forbid(String from, String... to) {
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(to)
                .check(CLASSES);
    }

    @Test
    void thirdPartyTypesStayInThePackagesThatAdaptThem() {
        only("com.microsoft.z3..", "org.patchoscope.semantics.solver..");
        only("net.fornwall.jelf..", "org.patchoscope.semantics.object..");
        noClasses()
                .that()
                .resideOutsideOfPackages("org.patchoscope.differ..", "org.patchoscope.mail.source..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jgit..")
                .check(CLASSES);
        only("jakarta.mail..", "org.patchoscope.mail.source..");
        only("org.apache.commons.net..", "org.patchoscope.mail.source..");
        only("java.sql..", "org.patchoscope.mail.store..");
        only("org.flywaydb..", "org.patchoscope.mail.store..");
        only("org.apache.james..", "org.patchoscope.mail..");
        only("picocli..", "org.patchoscope.bot.cli..");
        only("io.quarkus..", "org.patchoscope.bot..");
        only("java.lang.foreign..", "org.patchoscope.semantics.isa..");
    }

    private static void only(String library, String user) {
        noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    @Test
    void neitherModulesNorTheirPackagesHaveCircles() {
        slices().matching("org.patchoscope.(*)..").should().beFreeOfCycles().check(CLASSES);
        for (String module : List.of("mail", "differ", "semantics", "bot")) { // config is one package
            slices().matching("org.patchoscope." + module + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .check(CLASSES);
        }
    }
}
