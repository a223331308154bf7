// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.object;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@link DebugInfo} from an object through the toolchain's {@code llvm-dwarfdump}. */
public final class DebugInfoReader {
    private static final int LONGEST_PREFIX = 16;
    private static final Pattern REGISTER = Pattern.compile("DW_OP_reg(\\d+)\\b.*");

    private final Path dwarfdump;

    /** {@code dwarfdump} is the toolchain's tool of that name. */
    public DebugInfoReader(Path dwarfdump) {
        this.dwarfdump = dwarfdump;
    }

    /**
     * Reads one object's debug information; an object without any gives an empty result.
     *
     * @throws ObjectException if the tool cannot be run
     */
    public DebugInfo read(Path object) throws ObjectException {
        try {
            Process p = new ProcessBuilder(dwarfdump.toString(), "--debug-info", object.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader in = p.inputReader(StandardCharsets.UTF_8)) {
                return new Reading(new DwarfText(in)).result();
            }
        } catch (IOException e) {
            throw new ObjectException("cannot read debug information of " + object + ": " + e.getMessage(), e);
        }
    }

    private static final class Reading {
        private final DwarfText dwarf;
        private final Map<String, DebugInfo.Prototype> prototypes = new LinkedHashMap<>();
        private final Map<String, DebugInfo.Structure> structures = new LinkedHashMap<>();
        private final Map<String, List<DebugInfo.Local>> locals = new LinkedHashMap<>();
        private final Map<String, Map<DebugInfo.CallPlace, Set<Integer>>> callSites = new LinkedHashMap<>();
        private final Set<String> inlined = new TreeSet<>();
        private final Map<String, List<DebugInfo.InlinedCopy>> copies = new LinkedHashMap<>();

        Reading(DwarfText dwarf) {
            this.dwarf = dwarf;
        }

        DebugInfo result() {
            for (DwarfText.Die unit : dwarf.roots) {
                unit.children.forEach(this::topLevel);
            }
            return new DebugInfo(
                    Collections.unmodifiableMap(prototypes),
                    Collections.unmodifiableMap(structures),
                    Collections.unmodifiableMap(locals),
                    Collections.unmodifiableMap(callSites),
                    Collections.unmodifiableSet(inlined),
                    Collections.unmodifiableMap(copies));
        }

        private void topLevel(DwarfText.Die die) {
            switch (die.tag) {
                case "DW_TAG_subprogram" -> function(die);
                case "DW_TAG_structure_type", "DW_TAG_union_type" -> structure(die);
                default -> {}
            }
        }

        private void function(DwarfText.Die die) {
            DwarfText.Die origin = origin(die);
            String name = origin.text("name");
            if (name == null) {
                return;
            }
            if (origin.attributes.containsKey("inline")) {
                inlined.add(name);
            }
            List<DebugInfo.Type> parameters = new ArrayList<>();
            List<String> names = new ArrayList<>();
            List<Integer> registers = new ArrayList<>();
            boolean own =
                    String.valueOf(die.attributes.get("calling_convention")).contains("nocall");
            boolean variadic = false;
            for (DwarfText.Die child : (die.children.isEmpty() ? origin : die).children) {
                if (child.tag.equals("DW_TAG_formal_parameter")) {
                    parameters.add(type(origin(child).reference("type")));
                    String parameter = origin(child).text("name");
                    names.add(parameter == null ? "arg" + names.size() : parameter);
                    if (own) {
                        registers.add(entryRegister(child, die));
                    }
                }
                variadic |= child.tag.equals("DW_TAG_unspecified_parameters");
            }
            var made = new DebugInfo.Prototype(
                    name,
                    type(origin.reference("type")),
                    List.copyOf(parameters),
                    List.copyOf(names),
                    List.copyOf(registers),
                    variadic,
                    origin.attributes.containsKey("noreturn"),
                    die.attributes.containsKey("low_pc"));
            prototypes.merge(name, made, (a, b) -> {
                boolean later = b.ownConvention()
                        || b.parameters().size() > a.parameters().size();
                // Of an inline function the code may be told later than what it is called with.
                return (later ? b : a).defined(a.defined() || b.defined());
            });
            if (die.attributes.containsKey("low_pc")) {
                boolean sp = !String.valueOf(die.attributes.get("frame_base")).contains("W29")
                        && !String.valueOf(die.attributes.get("frame_base")).contains("RBP");
                List<DebugInfo.Local> found = new ArrayList<>();
                collectLocals(die, sp, found);
                Map<DebugInfo.CallPlace, Set<Integer>> sites = new LinkedHashMap<>();
                collectCallSites(die, sites);
                callSites.put(name, Collections.unmodifiableMap(sites));
                locals.put(name, List.copyOf(found));
                List<DebugInfo.InlinedCopy> inside = new ArrayList<>();
                collectCopies(die, die.number("low_pc", 0), inside);
                copies.put(name, List.copyOf(inside));
            }
        }

        private void collectCopies(DwarfText.Die die, long start, List<DebugInfo.InlinedCopy> into) {
            for (DwarfText.Die child : die.children) {
                if (child.tag.equals("DW_TAG_inlined_subroutine")) {
                    List<DebugInfo.Extent> where = child.pieces.isEmpty()
                            ? List.of(new DebugInfo.Extent(child.number("low_pc", 0), child.number("high_pc", 0)))
                            : child.pieces;
                    into.add(new DebugInfo.InlinedCopy(
                            String.valueOf(origin(child).text("name")),
                            where.stream()
                                    .map(e -> new DebugInfo.Extent(e.from() - start, e.to() - start))
                                    .toList()));
                }
                collectCopies(child, start, into);
            }
        }

        /** Which registers each call is known to set. */
        private static void collectCallSites(DwarfText.Die die, Map<DebugInfo.CallPlace, Set<Integer>> into) {
            for (DwarfText.Die child : die.children) {
                if (child.tag.equals("DW_TAG_call_site")) {
                    Set<Integer> set = new TreeSet<>();
                    for (DwarfText.Die p : child.children) {
                        Matcher m = REGISTER.matcher(String.valueOf(p.attributes.get("location")));
                        if (m.lookingAt()) {
                            set.add(Integer.parseInt(m.group(1)));
                        }
                    }
                    boolean tail = child.attributes.containsKey("call_tail_call");
                    long at = child.number(tail ? "call_pc" : "call_return_pc", -1);
                    into.put(new DebugInfo.CallPlace(at, tail), Collections.unmodifiableSet(set));
                }
                collectCallSites(child, into);
            }
        }

        /**
         * The register that holds a parameter on entry; {@link DebugInfo#NOT_PASSED} for a constant or a value
         * that nobody uses, {@link DebugInfo#NOT_KNOWN} if nothing certain is said. The location may begin
         * after what ftrace and pointer authentication put in front, which moves no register.
         */
        private static int entryRegister(DwarfText.Die parameter, DwarfText.Die function) {
            String first = parameter.attributes.get("first_location");
            String where = first != null ? first : parameter.attributes.get("location");
            if (where == null || where.startsWith("DW_OP_const") || where.startsWith("DW_OP_lit")) {
                return DebugInfo.NOT_PASSED;
            }
            long late = first == null ? 0 : parameter.number("first_start", -1) - function.number("low_pc", 0);
            Matcher m = REGISTER.matcher(where);
            return late >= 0 && late <= LONGEST_PREFIX && m.lookingAt()
                    ? Integer.parseInt(m.group(1))
                    : DebugInfo.NOT_KNOWN;
        }

        private static void local(DwarfText.Die die, String name, int size, boolean sp, List<DebugInfo.Local> into) {
            StackLocation at = StackLocation.of(
                    die.locations.isEmpty() ? List.of(String.valueOf(die.attributes.get("location"))) : die.locations);
            if (at != null) {
                boolean onStackPointer =
                        at.register() == StackLocation.FRAME ? sp : at.register() == 31 || at.register() == 7;
                into.add(new DebugInfo.Local(name, at.offset(), size, onStackPointer));
            }
        }

        private void collectLocals(DwarfText.Die die, boolean sp, List<DebugInfo.Local> into) {
            for (DwarfText.Die child : die.children) {
                if (child.tag.equals("DW_TAG_variable") || child.tag.equals("DW_TAG_formal_parameter")) {
                    DwarfText.Die origin = origin(child);
                    local(
                            child,
                            String.valueOf(origin.text("name")),
                            type(origin.reference("type")).size(),
                            sp,
                            into);
                }
                collectLocals(child, sp, into);
            }
        }

        private DwarfText.Die origin(DwarfText.Die die) {
            Long ref = die.reference("abstract_origin");
            if (ref == null) {
                ref = die.reference("specification");
            }
            DwarfText.Die found = ref == null ? null : dwarf.byOffset.get(ref);
            return found == null ? die : origin(found);
        }

        private void structure(DwarfText.Die die) {
            String name = die.text("name");
            if (name == null || die.children.isEmpty()) {
                return;
            }
            structures.putIfAbsent(
                    name, new DebugInfo.Structure(name, (int) die.number("byte_size", 0), members(die, 0)));
        }

        /** Members with those of anonymous structures in their place. */
        private List<DebugInfo.Member> members(DwarfText.Die die, int base) {
            List<DebugInfo.Member> all = new ArrayList<>();
            for (DwarfText.Die m : die.children) {
                if (!m.tag.equals("DW_TAG_member") || m.attributes.containsKey("bit_size")) {
                    continue;
                }
                int offset = base + (int) m.number("data_member_location", 0);
                Long ref = m.reference("type");
                DwarfText.Die inner = ref == null ? null : dwarf.byOffset.get(ref);
                String name = m.text("name");
                if (name == null && inner != null) {
                    all.addAll(members(inner, offset));
                } else if (name != null) {
                    all.add(new DebugInfo.Member(name, offset, type(ref)));
                }
            }
            return List.copyOf(all);
        }

        private DebugInfo.Type type(@Nullable Long ref) {
            if (ref == null) {
                return new DebugInfo.Type("void", 0);
            }
            DwarfText.Die die = dwarf.byOffset.get(ref);
            return die == null
                    ? new DebugInfo.Type("?", 8)
                    : new DebugInfo.Type(spell(die, 0), size(die, 0), widening(die, 0));
        }

        private DebugInfo.Widening widening(DwarfText.Die die, int depth) {
            Long ref = die.reference("type");
            DwarfText.Die inner = ref == null ? null : dwarf.byOffset.get(ref);
            return switch (die.tag) {
                case "DW_TAG_base_type" -> {
                    String encoding = String.valueOf(die.attributes.get("encoding"));
                    boolean zeros = encoding.contains("unsigned") || encoding.contains("boolean");
                    yield zeros
                            ? DebugInfo.Widening.ZEROS
                            : encoding.contains("signed") ? DebugInfo.Widening.SIGN : DebugInfo.Widening.NONE;
                }
                case "DW_TAG_typedef", "DW_TAG_const_type", "DW_TAG_volatile_type", "DW_TAG_enumeration_type" ->
                    inner == null || depth > 16 ? DebugInfo.Widening.NONE : widening(inner, depth + 1);
                default -> DebugInfo.Widening.NONE;
            };
        }

        private String spell(DwarfText.Die die, int depth) {
            String name = die.text("name");
            if (name != null) {
                return name;
            }
            Long ref = die.reference("type");
            DwarfText.Die inner = ref == null ? null : dwarf.byOffset.get(ref);
            String of = inner == null || depth > 8 ? "void" : spell(inner, depth + 1);
            return switch (die.tag) {
                case "DW_TAG_pointer_type" -> of + " *";
                case "DW_TAG_const_type" -> "const " + of;
                case "DW_TAG_volatile_type" -> "volatile " + of;
                case "DW_TAG_array_type" -> of + " []";
                default -> of;
            };
        }

        private int size(DwarfText.Die die, int depth) {
            if (die.tag.equals("DW_TAG_pointer_type")) {
                return 8;
            }
            long own = die.number("byte_size", -1);
            Long ref = die.reference("type");
            DwarfText.Die inner = ref == null ? null : dwarf.byOffset.get(ref);
            if (own >= 0 || inner == null || depth > 16) {
                return (int) Math.max(own, 0);
            }
            int of = size(inner, depth + 1);
            if (!die.tag.equals("DW_TAG_array_type")) {
                return of;
            }
            long elements = 1;
            for (DwarfText.Die range : die.children) {
                elements *= range.number("count", range.number("upper_bound", -1) + 1);
            }
            return Math.clamp(elements * of, 0, Integer.MAX_VALUE);
        }
    }
}
