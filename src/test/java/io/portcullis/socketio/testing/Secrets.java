package io.portcullis.socketio.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Thread-safe. What servers have given to the clients of this run, and to nobody else: ids of sessions, cookies, recovery ids. */
public final class Secrets {

    private static final Pattern ID = Pattern.compile("^0\\{\"sid\":\"([^\"]+)\"|\"pid\":\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("^[^=]*portcullis[^=]*=([^;]+)");
    private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

    private Secrets() {}

    /** All of them. */
    public static Set<String> all() {
        return Set.copyOf(ALL);
    }

    /** Looks at what has come over a WebSocket or with a poll. */
    static void noteIn(String packets) {
        if (packets.startsWith("0{") || packets.startsWith("40")) {
            note(ID.matcher(packets));
        }
    }

    static void noteCookie(String header) {
        note(COOKIE.matcher(header));
    }

    private static void note(Matcher found) {
        while (found.find()) {
            for (int i = 1; i <= found.groupCount(); i++) {
                if (found.group(i) != null) {
                    ALL.add(found.group(i));
                }
            }
        }
    }
}
