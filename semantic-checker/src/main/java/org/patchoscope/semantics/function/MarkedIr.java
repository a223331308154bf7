// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.function;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.patchoscope.semantics.trace.MarkedAccess;

/**
 * Intermediate code in which what machine code does not show is a call of a marker ({@link MarkedAccess}): each volatile or
 * atomic access, and each compiler barrier. The optimiser keeps such calls and their order, and takes two of them for two.
 *
 * <p>It also loses what the front end promises of values in memory ({@code !range}): that a truth value there is 0 or 1
 * holds for both versions or for none, and an optimiser that uses it in one of them makes a difference that C does not have.
 * Source of the form: LLVM Language Reference Manual.
 */
final class MarkedIr {
    private static final String NAME = "(?:\"[^\"]+\"|[-\\w.$]+)";
    private static final String ADDRESS =
            "(ptr (?:[%@]" + NAME + "|getelementptr [a-z ]*\\([^()]*(?:\\([^()]*\\))?[^()]*\\)))";
    private static final String VALUE = "((?:i8|i16|i32|i64|ptr) (?:[%@]" + NAME + "|-?\\d+|null|true|false))";
    private static final String TYPE = "(i8|i16|i32|i64|ptr)";
    private static final String ORDER = "((?: volatile)?)";

    private static final Pattern RANGE = Pattern.compile(", !range !\\d+");
    private static final Pattern LINE = Pattern.compile("!dbg !\\d+");
    private static final Pattern READ =
            Pattern.compile("^(\\s*%" + NAME + " = )load volatile " + TYPE + ", " + ADDRESS + ", align \\d+(.*)$");
    private static final Pattern WRITE =
            Pattern.compile("^(\\s*)store volatile " + VALUE + ", " + ADDRESS + ", align \\d+(.*)$");
    private static final Pattern ATOMIC_READ = Pattern.compile(
            "^(\\s*%" + NAME + " = )load atomic" + ORDER + " " + TYPE + ", " + ADDRESS + " ([a-z_]+), align \\d+(.*)$");
    private static final Pattern ATOMIC_WRITE = Pattern.compile(
            "^(\\s*)store atomic" + ORDER + " " + VALUE + ", " + ADDRESS + " ([a-z_]+), align \\d+(.*)$");
    private static final Pattern UPDATE = Pattern.compile("^(\\s*%" + NAME + " = )atomicrmw" + ORDER + " ([a-z]+) "
            + ADDRESS + ", " + VALUE + " ([a-z_]+), align \\d+(.*)$");
    private static final Pattern EXCHANGE = Pattern.compile("^(\\s*%" + NAME + " = )cmpxchg((?: weak)?)" + ORDER + " "
            + ADDRESS + ", " + VALUE + ", " + VALUE + " ([a-z_]+) ([a-z_]+), align \\d+(.*)$");
    private static final Pattern FENCE = Pattern.compile("^(\\s*)fence ([a-z_]+)(.*)$");
    private static final Pattern BARRIER =
            Pattern.compile("^(\\s*)call void asm sideeffect \"\", \"[^\"]*~\\{memory\\}[^\"]*\"\\(\\)(.*)$");

    /** An access touches what it is given, and what others see of it cannot be left out. */
    private static final String ACCESS = " nounwind willreturn memory(argmem: readwrite, inaccessiblemem: readwrite)";

    private static final String ANYTHING = " nounwind willreturn";

    /** A variable on the stack, or a part of one. */
    private static final Pattern VARIABLE =
            Pattern.compile("^\\s*(%" + NAME + ") = (?:alloca |getelementptr [a-z ]*(?:[^,]+), ptr (%" + NAME + "))");

    private static final Pattern PLAIN = Pattern.compile(
            "^(\\s*(?:%" + NAME + " = )?)(load|store) ((?:[^v].*)?, )(ptr (%" + NAME + "))(, align .*)$");

    private final Set<String> variables = new HashSet<>();
    private final Map<String, String> declarations = new TreeMap<>();
    private final String text;

    /** Which accesses the optimiser may leave out, or make where the source has none. */
    enum Accesses {
        AS_IN_C,
        /** None that may fault: what is not behind the address of a variable is made where the source has it. */
        ALL_KEPT
    }

    MarkedIr(String ir, Accesses accesses) {
        StringBuilder all = new StringBuilder(ir.length());
        for (String line : ir.split("\n", -1)) {
            String code = marked(RANGE.matcher(line).replaceAll(""));
            all.append(accesses == Accesses.ALL_KEPT ? kept(code) : code).append('\n');
        }
        declarations.values().forEach(d -> all.append(d).append('\n'));
        this.text = all.toString();
    }

    /** The code with its markers. */
    String text() {
        return text;
    }

    private String kept(String line) {
        if (line.startsWith("define ")) {
            variables.clear();
        }
        Matcher m = VARIABLE.matcher(line);
        if (m.find() && (m.group(2) == null || variables.contains(m.group(2)))) {
            variables.add(m.group(1));
        }
        m = PLAIN.matcher(line);
        return m.matches() && !variables.contains(m.group(5))
                ? m.group(1) + m.group(2) + " volatile " + m.group(3) + m.group(4) + m.group(6)
                : line;
    }

    private String marked(String line) {
        Matcher m = READ.matcher(line);
        if (m.matches()) {
            return read(m.group(1), m.group(2), m.group(3), "", m.group(4));
        }
        m = ATOMIC_READ.matcher(line);
        if (m.matches()) {
            return read(m.group(1), m.group(3), m.group(4), m.group(5), m.group(6));
        }
        m = WRITE.matcher(line);
        if (m.matches()) {
            return write(m.group(1), m.group(2), m.group(3), "", m.group(4));
        }
        m = ATOMIC_WRITE.matcher(line);
        if (m.matches()) {
            return write(m.group(1), m.group(3), m.group(4), m.group(5), m.group(6));
        }
        m = UPDATE.matcher(line);
        if (m.matches()) {
            return update(m);
        }
        m = EXCHANGE.matcher(line);
        return m.matches() ? exchange(m) : barrier(line);
    }

    private String read(String start, String type, String address, String order, String rest) {
        String name = MarkedAccess.read(order, bits(type)).symbol();
        return call(start, type, name, address, ACCESS, rest);
    }

    private String write(String start, String value, String address, String order, String rest) {
        String name = MarkedAccess.write(order, bits(typeOf(value))).symbol();
        return call(start, "void", name, address + ", " + value, ACCESS, rest);
    }

    private String update(Matcher m) {
        String type = typeOf(m.group(5));
        String name = MarkedAccess.update(m.group(3), m.group(6), bits(type)).symbol();
        return call(m.group(1), type, name, m.group(4) + ", " + m.group(5), ACCESS, m.group(7));
    }

    private String exchange(Matcher m) {
        String type = typeOf(m.group(5));
        String order = m.group(7) + "_" + m.group(8) + m.group(2).replace(' ', '_');
        String name = MarkedAccess.exchange(order, bits(type)).symbol();
        String values = m.group(4) + ", " + m.group(5) + ", " + m.group(6);
        return call(m.group(1), "{ " + type + ", i1 }", name, values, ACCESS, m.group(9));
    }

    private String barrier(String line) {
        Matcher m = FENCE.matcher(line);
        if (m.matches()) {
            return call(m.group(1), "void", MarkedAccess.fence(m.group(2)).symbol(), "", ANYTHING, m.group(3));
        }
        m = BARRIER.matcher(line);
        return m.matches() ? call(m.group(1), "void", MarkedAccess.barrier().symbol(), "", ANYTHING, m.group(2)) : line;
    }

    private String call(String start, String type, String name, String values, String effect, String rest) {
        String types = values.replaceAll("(^|, )(ptr|i\\d+) (?:getelementptr [a-z ]*\\(.*?\\)+|[^,]+)", "$1$2");
        declarations.putIfAbsent(name, "declare " + type + " @" + name + "(" + types + ")" + effect);
        Matcher line = LINE.matcher(rest);
        return start + "call " + type + " @" + name + "(" + values + ")" + (line.find() ? ", " + line.group() : "");
    }

    private static String typeOf(String value) {
        return value.substring(0, value.indexOf(' '));
    }

    private static int bits(String type) {
        return type.equals("ptr") ? 64 : Integer.parseInt(type.substring(1));
    }
}
