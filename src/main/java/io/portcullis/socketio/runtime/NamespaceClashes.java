package io.portcullis.socketio.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Pure functions. Finds the namespaces that two beans want to serve at one endpoint. */
final class NamespaceClashes {

    private NamespaceClashes() {}

    /** One sentence for each clash. */
    static List<String> of(List<NamespaceBean> beans) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < beans.size(); i++) {
            for (NamespaceBean later : beans.subList(i + 1, beans.size())) {
                compare(beans.get(i), later, problems);
            }
        }
        return problems;
    }

    private static void compare(NamespaceBean one, NamespaceBean other, List<String> problems) {
        if (!one.sharesEndpointWith(other)) {
            return;
        }
        for (String name : one.names()) {
            if (other.names().contains(name)) {
                problems.add(sentence(one, other, "\"" + name + "\""));
            }
        }
        String pattern = text(one.pattern());
        if (pattern != null && Objects.equals(pattern, text(other.pattern()))) {
            problems.add(sentence(one, other, "the pattern \"" + pattern + "\""));
        }
    }

    private static @Nullable String text(@Nullable Pattern pattern) {
        return pattern == null ? null : pattern.pattern();
    }

    private static String sentence(NamespaceBean one, NamespaceBean other, String what) {
        return one.type().getSimpleName() + " and " + other.type().getSimpleName() + " both serve " + what
                + " at the same endpoint; move the handlers into one class, or give the classes different endpoints.";
    }
}
