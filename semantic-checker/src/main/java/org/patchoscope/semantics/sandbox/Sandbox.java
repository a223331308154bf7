// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

/** Runs one command at a time per call; implementations are safe to call from several threads. */
@FunctionalInterface
public interface Sandbox {
    CommandOutcome run(Command command);
}
