// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.tracing;

/** A function that became traceable is called, or jumped to, at a place that must not be instrumented. */
public record NoinstrCall(String callee, String caller, String object, long offset) {}
