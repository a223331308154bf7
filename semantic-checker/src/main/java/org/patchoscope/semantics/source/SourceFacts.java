// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.source;

import java.util.Map;
import java.util.Set;

/**
 * What the sources of two states say where structures are laid out differently.
 *
 * @param same functions whose source is the same, down to all that it uses, but for the layout
 * @param other functions of which some source of that name is another, or is in one state alone
 * @param touched those of them whose own source is the same, but which use something that is not
 * @param variables global variables that are structures with another layout: the structure, by name
 */
public record SourceFacts(Set<String> same, Set<String> other, Set<String> touched, Map<String, String> variables) {
    public SourceFacts {
        same = Set.copyOf(same);
        other = Set.copyOf(other);
        touched = Set.copyOf(touched);
        variables = Map.copyOf(variables);
    }
}
