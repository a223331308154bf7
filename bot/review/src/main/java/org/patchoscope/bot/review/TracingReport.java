// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.review;

import java.util.List;

/**
 * What the function tracer can be attached to, in many objects of a tree, and what a series does to that.
 *
 * @param title of the series, or of the objects looked at
 * @param base name of the tree and commit
 * @param tool name and version of Patchoscope and of the compiler
 * @param lanes one per architecture and configuration
 * @param limits what was not looked at, for people
 */
public record TracingReport(String title, String base, String tool, List<Lane> lanes, List<String> limits) {
    public TracingReport {
        lanes = List.copyOf(lanes);
        limits = List.copyOf(limits);
    }

    /**
     * One architecture and configuration.
     *
     * @param objects how many objects were looked at
     * @param leftOut objects that this configuration does not include
     * @param failures objects that did not compile, with the compiler's first error
     * @param tracing totals, and what differs with the series
     * @param functions every function of the objects asked for, where no series was given
     */
    public record Lane(
            String arch,
            String configuration,
            int objects,
            List<String> leftOut,
            List<String> failures,
            Review.Tracing tracing,
            List<Function> functions) {
        public Lane {
            leftOut = List.copyOf(leftOut);
            failures = List.copyOf(failures);
            functions = List.copyOf(functions);
        }
    }

    /** A function, its object, and whether it can be traced, in words. */
    public record Function(String name, String object, boolean traceable, String why) {}
}
