// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.claims;

import java.util.OptionalInt;
import org.patchoscope.bot.review.Review.Claim.Kind;

/**
 * A claim in a changelog.
 *
 * @param quote the sentence, in one line, at most 200 characters
 * @param count how many are saved, for {@link Kind#SAVES_INSTRUCTIONS}
 * @param partial whether it speaks of a part of the patch only ("no functional change to signal delivery"); a change
 *     elsewhere does not refute it
 */
public record FoundClaim(String quote, Kind kind, OptionalInt count, boolean partial) {}
