// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.sandbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Finds out whether bubblewrap works on this machine, and if not, why. */
public final class SandboxProbe {
    /** Strongest first. Root inside a container may lack user namespaces and still be able to use the others. */
    private static final List<List<String>> MODES = List.of(
            List.of("--unshare-all", "--unshare-user", "--disable-userns"),
            List.of("--unshare-all", "--unshare-user"),
            List.of("--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try"));

    private static final ResourceLimits QUICK =
            new ResourceLimits(Duration.ofSeconds(10), 1L << 30, 16, 1 << 16, 1 << 20);

    private SandboxProbe() {}

    /** What the probe found. */
    public sealed interface Result {
        /** Use {@code sandbox}; {@code isolation} are the flags that worked. */
        record Works(Sandbox sandbox, List<String> isolation) implements Result {}

        /** No sandbox here. */
        record Broken(String why, String remedy) implements Result {}
    }

    public static Result probe() {
        String why = "";
        for (List<String> mode : MODES) {
            BubblewrapSandbox sandbox = new BubblewrapSandbox(mode);
            CommandOutcome outcome =
                    sandbox.run(new Command(List.of("true"), Path.of("/tmp"), List.of(), List.of(), Map.of(), QUICK));
            switch (outcome) {
                case CommandOutcome.Finished f
                when f.exit() == 0 -> {
                    return new Result.Works(sandbox, mode);
                }
                case CommandOutcome.Finished f -> why = f.stderr().strip();
                case CommandOutcome.LimitExceeded l -> why = "did not answer within its limits (" + l.which() + ")";
                case CommandOutcome.Unavailable u -> why = u.why();
            }
        }
        return new Result.Broken(why, remedy(why));
    }

    private static String remedy(String why) {
        if (why.contains("prlimit")) {
            return "install util-linux";
        }
        if (why.contains("No such file") || why.contains("cannot start")) {
            return "install bubblewrap";
        }
        return "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces>0, "
                + "kernel.apparmor_restrict_unprivileged_userns=0), or, in a container, run with "
                + "--security-opt seccomp=unconfined or a profile that allows unshare and mount";
    }
}
