// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

/**
 * Something the host must have.
 *
 * @param why what needs it
 * @param debianPackage the package that brings it
 */
public record Requirement(String name, boolean present, String why, String debianPackage) {}
