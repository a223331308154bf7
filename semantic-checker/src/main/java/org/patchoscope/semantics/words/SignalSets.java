// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.words;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Sets of signals: bit n is signal n + 1. Source: include/uapi/asm-generic/signal.h, arch/x86/include/uapi/asm/signal.h. */
final class SignalSets {
    private static final Pattern MEMBER = Pattern.compile(
            "(?:task_struct\\.(?:pending\\.signal|blocked|real_blocked|saved_sigmask)|\\S*shared_pending\\.signal)(?: .*)?");

    private static final List<String> SIGNALS = List.of(
            "SIGHUP",
            "SIGINT",
            "SIGQUIT",
            "SIGILL",
            "SIGTRAP",
            "SIGABRT",
            "SIGBUS",
            "SIGFPE",
            "SIGKILL",
            "SIGUSR1",
            "SIGSEGV",
            "SIGUSR2",
            "SIGPIPE",
            "SIGALRM",
            "SIGTERM",
            "SIGSTKFLT",
            "SIGCHLD",
            "SIGCONT",
            "SIGSTOP",
            "SIGTSTP",
            "SIGTTIN",
            "SIGTTOU",
            "SIGURG",
            "SIGXCPU",
            "SIGXFSZ",
            "SIGVTALRM",
            "SIGPROF",
            "SIGWINCH",
            "SIGIO",
            "SIGPWR",
            "SIGSYS");

    /** Each signal with its bit, in order. */
    static final List<Map.Entry<String, Long>> NAMES = IntStream.range(0, SIGNALS.size())
            .mapToObj(i -> Map.entry(SIGNALS.get(i), 1L << i))
            .toList();

    private SignalSets() {}

    /** Whether what is called so is a set of signals. */
    static boolean is(String what) {
        return MEMBER.matcher(what).matches();
    }
}
