// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Premise;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.environment.Layout;
import org.patchoscope.semantics.function.FunctionDiff;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.machine.Program;
import org.patchoscope.semantics.machine.Target;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.words.Words;

/** Says of two versions of a function in plain C files what a review says of a patch. */
public final class FunctionReviewer {
    private static final String NO_OVERLAP = "no-overlap";
    private static final String CONFIGURATION = "-O2";

    private final Toolchain toolchain;
    private final FunctionDiff diff;
    private final String tool;

    public FunctionReviewer(Toolchain toolchain, FunctionDiff diff, String tool) {
        this.toolchain = toolchain;
        this.diff = diff;
        this.tool = tool;
    }

    /** Reviews on each of {@code targets}; compilers write to {@code work}. */
    public Review review(FunctionDiff.Request request, List<Target> targets, Path work) throws ReviewException {
        List<Unit> units = new ArrayList<>();
        for (Target target : targets) {
            units.add(unit(request, target, work));
        }
        String old = request.before().getFileName().toString();
        String now = request.after().getFileName().toString();
        PatchReview patch = new PatchReview(
                1, request.function() + "() of " + now, "", List.of(old, now), List.of(), List.of(), units);
        return new Review(
                request.function() + "() of " + old + " and " + now,
                1,
                "",
                old,
                tool,
                targets.stream().map(Target::arch).toList(),
                List.of(new Review.Configuration(CONFIGURATION, List.of("-fwrapv", "-fno-strict-aliasing"))),
                List.of(patch),
                List.of(),
                premises(request),
                List.of("what C leaves undefined: the code is what clang -O2 makes of it"),
                List.of(),
                Review.Subject.FUNCTIONS);
    }

    private static List<Premise> premises(FunctionDiff.Request request) {
        return request.disjoint()
                ? List.of(new Premise(
                        NO_OVERLAP,
                        "objects behind different pointers do not overlap",
                        "it was said so",
                        "--no-overlap"))
                : List.of();
    }

    private Unit unit(FunctionDiff.Request request, Target target, Path work) throws ReviewException {
        try (Disassembler disassembler = target.disassembler(toolchain.libLLVM())) {
            return switch (diff.compare(request, target, disassembler, work)) {
                case FunctionDiff.Result.Refused r -> throw new ReviewException(r.what(), r.where(), r.advice());
                case FunctionDiff.Result.NotCompared n ->
                    unit(request, target, notAnalysed(request, n.why()), List.of());
                case FunctionDiff.Result.Compared c -> unit(request, target, c);
            };
        } catch (ObjectException e) {
            throw new ReviewException(
                    String.valueOf(e.getMessage()), request.after().toString(), "report this as a defect");
        }
    }

    private static Unit unit(FunctionDiff.Request request, Target target, FunctionDiff.Result.Compared c) {
        Program before = c.before();
        ArchProfile profile = new Profiles().shipped(target.profile());
        Layout layout = new Layout(before.debug().and(c.after().debug()));
        FindingWriter writer = new FindingWriter(new Words(profile, layout, Map.of(), before.exprs()), target.arch());
        Root root = leaning(request, new RootWriter(writer, List.of()).root(c.verdict()));
        return unit(request, target, root, new CodeSizes(before, c.after()).of(Set.of(request.function())));
    }

    private static Root notAnalysed(FunctionDiff.Request request, String why) {
        return new Root(request.function(), Review.Verdict.NOT_ANALYSED, 0, List.of(), List.of(why), List.of());
    }

    private static Unit unit(FunctionDiff.Request request, Target target, Root root, List<Review.Count> counts) {
        return Unit.unmeasured(
                target.arch(),
                CONFIGURATION,
                RootWriter.worst(List.of(root)),
                List.of(request.function()),
                List.of(root),
                List.of(),
                counts,
                List.of());
    }

    private static Root leaning(FunctionDiff.Request request, Root r) {
        return request.disjoint() ? r.leaningOn(List.of(NO_OVERLAP)) : r;
    }
}
