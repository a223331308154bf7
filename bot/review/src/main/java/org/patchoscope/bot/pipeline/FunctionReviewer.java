// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.patchoscope.bot.pipeline.measure.CodeSizes;
import org.patchoscope.bot.pipeline.wording.FindingWriter;
import org.patchoscope.bot.pipeline.wording.Premises;
import org.patchoscope.bot.pipeline.wording.RootWriter;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.Review.PatchReview;
import org.patchoscope.bot.review.Review.Root;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.semantics.function.FunctionDiff;
import org.patchoscope.semantics.isa.Disassembler;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.program.Program;
import org.patchoscope.semantics.program.Target;
import org.patchoscope.semantics.toolchain.Toolchain;
import org.patchoscope.semantics.trace.MarkedAccess;
import org.patchoscope.semantics.words.Words;

/** Says of two versions of a function in plain C files what a review says of a patch. */
public final class FunctionReviewer {
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
                Premises.of(
                        targets.stream()
                                .map(t -> new Profiles().shipped(t.profile()))
                                .toList(),
                        units),
                List.of("what C leaves undefined: the code is what clang -O2 makes of it"),
                List.of(),
                Review.Subject.FUNCTIONS);
    }

    private Unit unit(FunctionDiff.Request request, Target target, Path work) throws ReviewException {
        try (Disassembler disassembler = target.disassembler(toolchain.libLLVM())) {
            return switch (diff.compare(request, target, disassembler, work)) {
                case FunctionDiff.Result.Refused r -> throw new ReviewException(r.what(), r.where(), r.advice());
                case FunctionDiff.Result.NotCompared n ->
                    unit(request, target, notAnalysed(request, n.why()), List.of());
                case FunctionDiff.Result.Compared c ->
                    unit(request, target, c.before(), c.after(), w -> w.root(c.verdict()));
                case FunctionDiff.Result.Unless u ->
                    unit(request, target, u.before(), u.after(), w -> w.unless(u.verdict(), u.overlap(), u.shown()));
            };
        } catch (ObjectException e) {
            throw new ReviewException(
                    String.valueOf(e.getMessage()), request.after().toString(), "report this as a defect");
        }
    }

    private static Unit unit(
            FunctionDiff.Request request,
            Target target,
            Program before,
            Program after,
            Function<RootWriter, Root> verdict) {
        ArchProfile profile = new Profiles().shipped(target.profile());
        Layout layout = new Layout(before.debug().and(after.debug()));
        FindingWriter writer =
                new FindingWriter(new Words(profile, layout, Map.of(), before.exprs()), target.arch(), List.of());
        Root root = verdict.apply(new RootWriter(writer, List.of()));
        return unit(request, target, root, sizes(before, after, request.function()));
    }

    /** How long the code is, where it is the compiler's own: markers of accesses make it longer. */
    private static List<Review.Count> sizes(Program before, Program after, String function) {
        boolean marked = Stream.of(before, after)
                .flatMap(p -> p.objects().stream())
                .flatMap(o -> o.symbols().keySet().stream())
                .anyMatch(MarkedAccess::isMarker);
        return marked ? List.of() : new CodeSizes(before, after).of(Set.of(function));
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
}
