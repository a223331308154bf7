// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SameSourceTest {
    private static final String TASK = "struct task { int cpu; long other; };\n";
    private static final String LONGER_TASK = "struct task { int cpu; long added; long other; };\n";
    private static final String READ = "static inline long read(struct task *t) { return t->other; }\n";

    @Test
    void aStructureThatGainsAMemberLeavesItsUsersAsTheyAre() {
        assertThat(same(TASK + READ, LONGER_TASK + READ)).containsExactly("read");
    }

    @Test
    void aMemberOfAnotherTypeIsNoMatterOfLayout() {
        assertThat(same(TASK + READ, TASK.replace("long other", "int other") + READ))
                .isEmpty();
    }

    @Test
    void whatCallsAChangedFunctionIsNotTheSame() {
        String caller = "long f(struct task *t) { return read(t); }\nlong g(struct task *t) { return t->cpu; }\n";

        assertThat(same(TASK + READ + caller, TASK + READ.replace("t->other", "-t->other") + caller))
                .containsExactly("g");
    }

    @Test
    void whatIsOnlyTouchedIsToldFromWhatIsRewritten() {
        String rewritten = READ.replace("t->other", "t->cpu");
        String caller = "long f(struct task *t) { return read(t); }\n";

        SameSource.Functions f = functions(TASK + READ + caller, TASK + rewritten + caller);

        assertThat(f.other()).containsExactlyInAnyOrder("read", "f");
        assertThat(f.touched()).containsExactly("f");
    }

    @Test
    void aFunctionThatAHeaderBringsIsAlone() {
        SameSource.Functions f = functions(TASK, TASK + READ);

        assertThat(f.alone()).containsOnlyKeys("read");
        assertThat(f.other()).isEmpty();
    }

    @Test
    void whatUsesATypeThatIsDeclaredOtherwiseIsNotTheSame() {
        String use =
                "struct box { word_t w; };\nint f(struct box *b) { return b->w > 0; }\nint g(void) { return 1; }\n";

        assertThat(same("typedef int word_t;\n" + use, "typedef unsigned word_t;\n" + use))
                .containsExactly("g");
    }

    @Test
    void anEnumeratorWithAnotherValueChangesItsUsers() {
        String use = "int f(void) { return B; }\nint g(void) { return C; }\n";

        assertThat(same("enum e { A, B }; enum h { C };\n" + use, "enum e { B, A }; enum h { C };\n" + use))
                .containsExactly("g");
    }

    @Test
    void aFunctionPointerTypeCountsAsDeclared() {
        String use = "long f(fn_t g) { return g(1); }\n";

        assertThat(same("typedef long (*fn_t)(int);\n" + use, "typedef long (*fn_t)(long);\n" + use))
                .isEmpty();
        assertThat(same("typedef int (fn_t)(int);\n" + use, "typedef long (fn_t)(int);\n" + use))
                .isEmpty();
    }

    @Test
    void newDeclarationsAndAnnouncedTagsChangeNothing() {
        String more = "struct other;\nextern int added(int other);\n_Static_assert(1, \"x\");\n";

        assertThat(same(TASK + READ, TASK + more + READ)).containsExactly("read");
    }

    @Test
    void aTagAndAFunctionOfOneNameAreTwoThings() {
        String use = "struct dispatch { int n; };\nint f(struct dispatch *d) { return d->n; }\n";

        assertThat(same(use, use + "int dispatch(void) { return 0; }\n")).containsExactly("f");
    }

    @Test
    void aNumberThatThePreprocessorCountsDoesNotMatter() {
        String f = "int f(void) { extern int __compiletime_assert_%d; return 1; }\n";

        assertThat(same(f.formatted(7), f.formatted(9))).containsExactly("f");
    }

    @Test
    void theLineOfAWarningDoesNotMatterButItsFlagsDo() {
        String arm = "int f(void) { asm(\".pushsection __bug_table,\\\"aw\\\"; 14470: .long 14471f - .;"
                + " .long 14472b - .; .short %d; .short %d;\"); return 1; }\n";
        String x86 = "int f(void) { asm(\"__bug_table\" : : [line] \"i\" (%d), [fl] \"i\" (%d)); return 1; }\n";

        for (String f : List.of(arm, x86)) {
            assertThat(same(f.formatted(67, 9), f.formatted(68, 9))).containsExactly("f");
            assertThat(same(f.formatted(67, 9), f.formatted(67, 8))).isEmpty();
        }
    }

    @Test
    void aDeclarationThatIsNotUnderstoodMakesNothingTheSameThatItMayConcern() {
        String odd = "int ((weird));\n";
        String use = "int f(void) { return weird; }\n";

        assertThat(same(odd + use, "long ((weird));\n" + use)).doesNotContain("f");
    }

    @Test
    void aVariableThatIsNoLongerThereChangesNotItsType() {
        String variable = "struct box added = { .n = 1 };\n";
        String use = "struct box { int n; };\nint f(struct box *b) { return b->n; }\n";

        assertThat(same(use + variable, use)).containsExactly("f");
    }

    @Test
    void attributesOfAStructureDoNotMakeItAFunction() {
        String packed = "struct __attribute__((packed)) { int a; } box;\nint f(void) { return box.a; }\n";

        assertThat(same(packed, packed)).containsExactly("f");
    }

    @Test
    void variablesOfAStructureAreFound() {
        String text = TASK + "extern struct task init;\nextern struct task *other;\nunion u { struct task t; };\n"
                + "static struct task table[4];\n";

        assertThat(SameSource.variables(new SameSource().read(text), Set.of("task")))
                .isEqualTo(Map.of("init", "task", "table", "task"));
    }

    private static Set<String> same(String before, String after) {
        return functions(before, after).same().keySet();
    }

    private static SameSource.Functions functions(String before, String after) {
        SameSource sources = new SameSource();
        return SameSource.functions(sources.read(before), sources.read(after));
    }
}
