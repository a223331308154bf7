// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import org.patchoscope.semantics.kernel.config.Variant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A configuration as {@code --config-variant} has it: settings that belong together, separated by commas. */
public final class VariantConverter implements ITypeConverter<Variant> {
    @Override
    public Variant convert(String settings) {
        try {
            return Variant.of(settings);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage() + "; several that belong together: CONFIG_A=y,CONFIG_B=n");
        }
    }
}
