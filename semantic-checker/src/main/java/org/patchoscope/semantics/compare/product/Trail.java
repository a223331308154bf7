// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.product;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.solver.Valuation;
import org.patchoscope.semantics.trace.PlaceOfEvent;

/** Where paths came together on the way to a pair of states, so that one way there can be followed again. */
public sealed interface Trail {
    /** The beginning. */
    enum Start implements Trail {
        START
    }

    /** One of the pairs that came together; the counts are instructions since the meeting before. */
    record Arm(Trail before, int left, int right) {}

    /**
     * Two pairs came together.
     *
     * @param first holds on the first, and not on the second
     * @param left where the old version was then
     * @param right where the new one was
     * @param leftNumbers how often what has happened there, on either way
     * @param rightNumbers the same of the new version
     */
    record Joined(
            Expr first,
            Arm one,
            Arm two,
            PlaceOfEvent left,
            PlaceOfEvent right,
            Map<String, Integer> leftNumbers,
            Map<String, Integer> rightNumbers)
            implements Trail {
        // One meeting is one moment; by value a way past n meetings would be read 2^n times.
        @Override
        public boolean equals(@Nullable Object o) {
            return this == o;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** A meeting as one side's execution comes to it: after so many instructions since the one before, at that place. */
    record Meeting(int instructions, PlaceOfEvent place, Map<String, Integer> numbers) {}

    /** The meetings of both sides on the way that {@code values} take. */
    record Meetings(List<Meeting> left, List<Meeting> right) {
        public Meetings {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }
    }

    /** The meetings on the way that {@code values} take. */
    default Meetings meetings(Valuation values) {
        List<Meeting> left = new ArrayList<>();
        List<Meeting> right = new ArrayList<>();
        Trail at = this;
        while (at instanceof Joined j) {
            Arm arm = values.of(j.first()) == 1 ? j.one() : j.two();
            left.add(new Meeting(arm.left(), j.left(), j.leftNumbers()));
            right.add(new Meeting(arm.right(), j.right(), j.rightNumbers()));
            at = arm.before();
        }
        return new Meetings(left.reversed(), right.reversed());
    }
}
