// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the mailing lists of a mail. */
final class Lists {

    private static final Pattern LIST_ID = Pattern.compile("<?([\\w+-]+)\\.([\\w.-]+\\.[\\w-]+)>?\\s*$");
    private static final int LONGEST_LIST_ID = 500;
    private static final Pattern LIST_HOST = Pattern.compile(
            "(?i)^(vger\\.kernel\\.org|lists\\..+|kvack\\.org|lore\\.kernel\\.org|googlegroups\\.com)$");

    private Lists() {}

    static List<String> of(Message message) {
        TreeSet<String> lists = new TreeSet<>();
        for (Header header : message.headers()) {
            if (header.is("List-Id")) {
                Matcher m = LIST_ID.matcher(header.value());
                if (header.value().length() <= LONGEST_LIST_ID && m.find()) {
                    lists.add((m.group(1) + "@" + m.group(2)).toLowerCase(Locale.ROOT));
                }
            } else if (header.is("X-Mailing-List")) {
                Address.parseAll(header.value())
                        .forEach(a -> lists.add(a.address().toLowerCase(Locale.ROOT)));
            }
        }
        if (lists.isEmpty()) {
            Stream.of("To", "Cc")
                    .flatMap(name -> message.addresses(name).stream())
                    .map(a -> a.address().toLowerCase(Locale.ROOT))
                    .filter(a ->
                            LIST_HOST.matcher(a.substring(a.indexOf('@') + 1)).matches())
                    .forEach(lists::add);
        }
        return List.copyOf(lists);
    }
}
