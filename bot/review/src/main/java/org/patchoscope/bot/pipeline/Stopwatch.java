// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.time.Duration;

/** Is told how long the stages of a review took. */
@FunctionalInterface
public interface Stopwatch {
    /** What a review spends its time on. Some of it goes on beside other stages, so together they can be more than all. */
    enum Stage {
        MAIL("mail parsing"),
        APPLY("apply"),
        COMPILE("compile"),
        LOAD("load objects"),
        /** One walk does both: the trees of paths are compared while they grow. */
        COMPARE("simulate and compare"),
        /** Whether a configuration must give what the base gave, with reading its objects. */
        SAME("same code as in base?"),
        /** Verdicts and findings in words. */
        WRITE("write findings"),
        PATHS("count paths"),
        TRACING("traceability"),
        /** Sizes of functions; assembly by line and macro, which is assembled again for it; ways out. */
        CODE("measure code");

        private final String text;

        Stage(String text) {
            this.text = text;
        }

        /** As {@code patchoscope bench} writes it. */
        public String text() {
            return text;
        }
    }

    /** A piece of a stage was done; a stage has many. */
    void took(Stage stage, Duration time);

    /** Tells nobody. */
    static Stopwatch none() {
        return (stage, time) -> {};
    }

    /** Reports what passed since {@code start}, a value of {@link System#nanoTime()}. */
    default void since(Stage stage, long start) {
        took(stage, Duration.ofNanos(System.nanoTime() - start));
    }
}
