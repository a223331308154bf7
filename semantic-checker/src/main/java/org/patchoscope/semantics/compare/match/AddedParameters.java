// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.compare.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.semantics.environment.Supply;
import org.patchoscope.semantics.layout.Layout;
import org.patchoscope.semantics.object.DebugInfo;

/**
 * Finds parameters that only one version of a function has and that are named like a cell of the current
 * task. That the version without them reads the cell instead is a guess here; the comparison proves it.
 */
public final class AddedParameters {
    private final ArchProfile profile;
    private final Layout layout;

    AddedParameters(ArchProfile profile, Layout layout) {
        this.profile = profile;
        this.layout = layout;
    }

    /** A parameter of just one version. */
    public record Extra(int position, String name, Layout.Slot cell, boolean before) {
        public Supply seenFrom(boolean side) {
            return new Supply(position, cell.offset(), cell.size() * 8, side == before);
        }
    }

    /** The parameters that make the difference; none if there is another difference too. */
    List<Extra> between(DebugInfo.Prototype before, DebugInfo.Prototype after) {
        boolean more = before.parameters().size() > after.parameters().size();
        DebugInfo.Prototype longer = more ? before : after;
        DebugInfo.Prototype shorter = more ? after : before;
        if (longer.ownConvention() || shorter.ownConvention() || longer.variadic() || shorter.variadic()) {
            return List.of();
        }
        List<Extra> extra = new ArrayList<>();
        int at = 0;
        for (int i = 0; i < longer.parameters().size(); i++) {
            DebugInfo.Type type = longer.parameters().get(i);
            String name = longer.names().get(i);
            boolean same = at < shorter.parameters().size()
                    && type.equals(shorter.parameters().get(at))
                    && name.equals(shorter.names().get(at));
            Optional<Layout.Slot> cell = same ? Optional.empty() : cell(name, type);
            if (type.size() > 8 || !same && cell.isEmpty()) {
                return List.of();
            }
            if (cell.isPresent()) {
                extra.add(new Extra(i, name, cell.get(), more));
            } else {
                at++;
            }
        }
        return at == shorter.parameters().size() ? List.copyOf(extra) : List.of();
    }

    private Optional<Layout.Slot> cell(String name, DebugInfo.Type type) {
        return profile.flagNames().stream()
                .filter(f -> f.cells().contains(name))
                .flatMap(f -> f.cells().stream())
                .filter(c -> c.contains("."))
                .map(layout::slot)
                .flatMap(Optional::stream)
                .filter(s -> s.size() == type.size())
                .findFirst();
    }
}
