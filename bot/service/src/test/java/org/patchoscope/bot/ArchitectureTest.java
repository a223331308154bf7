// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import org.junit.jupiter.api.Test;

/** The walls inside the service; those around it are in the test of this name in {@code bot/cli}. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.patchoscope.bot");

    @Test
    void nothingOfTheCommandLineKnowsTheService() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.patchoscope.bot.cli..",
                        "org.patchoscope.bot.engine..",
                        "org.patchoscope.bot.pipeline..",
                        "org.patchoscope.bot.report..",
                        "org.patchoscope.bot.review..",
                        "org.patchoscope.bot.claims..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.patchoscope.bot.store..",
                        "org.patchoscope.bot.search..",
                        "org.patchoscope.bot.jobs..",
                        "org.patchoscope.bot.reply..",
                        "org.patchoscope.bot.web..",
                        "org.patchoscope.bot.service..")
                .check(CLASSES);
    }

    @Test
    void thirdPartyTypesStayInThePackagesThatAdaptThem() {
        only("org.apache.lucene..", "org.patchoscope.bot.search..");
        only("org.flywaydb..", "org.patchoscope.bot.store..");
        only("com.zaxxer..", "org.patchoscope.bot.store..");
        only("com.github.kagkarlsson..", "org.patchoscope.bot.jobs..");
        only("jakarta.mail..", "org.patchoscope.bot.reply..");
        only("jakarta.ws.rs..", "org.patchoscope.bot.web..");
        only("io.quarkus.runtime..", "org.patchoscope.bot.service..");
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

    /** But logging out: that is for whoever is logged in. */
    @Test
    void nothingBelowAdminIsOpenToEverybody() {
        classes()
                .that(new DescribedPredicate<>("answer below /admin") {
                    @Override
                    public boolean test(JavaClass c) {
                        return c.tryGetAnnotationOfType(Path.class)
                                .filter(p -> p.value().startsWith("/admin")
                                        && !p.value().equals("/admin/leave"))
                                .isPresent();
                    }
                })
                .should()
                .beAnnotatedWith("org.patchoscope.bot.web.admin.AdminOnly")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCyclesBetweenThem() {
        slices().matching("org.patchoscope.bot.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
