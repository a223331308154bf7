// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.count;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.count.exits.ExitPaths;
import org.patchoscope.semantics.environment.TestProfile;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.isa.TestToolchain;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.solver.Solver;
import org.patchoscope.semantics.words.Words;

/** An x86-64 entry of a few instructions, with the C types that debug information would tell of. */
public record AssembledEntry(Path directory, Exprs x, String types) {
    private static final Target TARGET = Target.of("x86_64");

    private static final ArchProfile PROFILE = TestProfile.of("x86_64");

    /** The ways out of {@code code}, which is the entry of that name; {@code interruptsOff} are exits that want them off. */
    public ExitPaths.Result ways(String name, String code, Solver solver, List<String> interruptsOff) throws Exception {
        String assembly = ".text; .global NAME; .type NAME, @function; NAME: ".replace("NAME", name)
                + code
                + "; .size NAME, . - NAME".replace("NAME", name);
        ObjectFile object = new ObjectReader().read("entry.o", compiled("entry.s", assembly.replace(";", "\n") + "\n"));
        var debug = new DebugInfoReader(tool("llvm-dwarfdump")).read(compiled("types.c", types));
        try (Disassembler disassembler = TestToolchain.x86()) {
            Program program = new Program(List.of(object), debug, TARGET.lifter(disassembler), x);
            return new ExitPaths(program, TARGET.abi(), disassembler, solver, List.of(object), Map.of(), interruptsOff)
                    .of(name);
        }
    }

    public Words words() throws Exception {
        var debug = new DebugInfoReader(tool("llvm-dwarfdump")).read(compiled("types.c", types));
        return new Words(PROFILE, new Layout(debug), Map.of(), x);
    }

    private Path compiled(String name, String source) throws Exception {
        return TestToolchain.compile(directory, TARGET.triple(), name, source, List.of());
    }

    private static Path tool(String name) {
        return TestToolchain.directory().resolve("bin").resolve(name);
    }
}
