// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.isa.arm64;

import java.util.List;
import java.util.stream.IntStream;
import org.patchoscope.semantics.expr.Expr;
import org.patchoscope.semantics.expr.Exprs;
import org.patchoscope.semantics.ir.Op;
import org.patchoscope.semantics.ir.SystemEffect;

/**
 * Calls to firmware and hypervisors, {@code smc} and {@code hvc}. Source: SMC Calling Convention 1.1 (Arm DEN 0028),
 * section 2: the function's number in {@code w0}, arguments in {@code x1} to {@code x7}, results in {@code x0} to {@code x3}; all
 * other registers are kept.
 */
public final class FirmwareCalls {
    /** A call by the instruction that the kernel has found out at boot. */
    public static final String BY_CONDUIT = "call to firmware";

    private static final int ARGUMENTS = 8;
    private static final int RESULTS = 4;

    private FirmwareCalls() {}

    /** The call as an operation. */
    public static Op call(Exprs x, String text) {
        List<Expr> arguments =
                IntStream.range(0, ARGUMENTS).mapToObj(i -> x.reg("x" + i, 64)).toList();
        List<Op.Result> results = IntStream.range(0, RESULTS)
                .mapToObj(i -> new Op.Result("x" + i, 64))
                .toList();
        return new Op.Effect(new SystemEffect.Monitor(text), arguments, results);
    }
}
