package io.portcullis.socketio.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Immutable. One configuration key: {@code socketio.<name>}, or, unless it is for the server as a whole, {@code
 * socketio.endpoint.<endpoint>.<name>} for one endpoint alone.
 *
 * @param <T> the type of its values
 */
public final class Key<T> {

    private static final List<Key<?>> ALL = new ArrayList<>();

    /** Where both doors listen. */
    public static final Key<String> PATH =
            new Key<>("path", "string", "/socket.io/", "where both transports listen", Values::path);
    /** Whether the path ends with a slash. */
    public static final Key<Boolean> ADD_TRAILING_SLASH =
            bool("add-trailing-slash", true, "`false`: clients ask for the path without its last slash");
    /** Allowed transports in the order of offer. */
    public static final Key<List<TransportName>> TRANSPORTS = new Key<>(
            "transports", "list", "polling,websocket", "allowed transports, in order of offer", Values::transports);
    /** Whether sessions may change from polling to WebSocket. */
    public static final Key<Boolean> ALLOW_UPGRADES =
            bool("allow-upgrades", true, "whether a session may change from polling to WebSocket");
    /** Time between pings. */
    public static final Key<Duration> PING_INTERVAL = duration("ping-interval", "PT25S", "time between server pings");
    /** How long to wait for a pong. */
    public static final Key<Duration> PING_TIMEOUT = duration("ping-timeout", "PT20S", "how long to wait for a pong");
    /** Time for a whole transport upgrade. */
    public static final Key<Duration> UPGRADE_TIMEOUT =
            duration("upgrade-timeout", "PT10S", "time for a whole change of transport");
    /** Time for a session to join a namespace. */
    public static final Key<Duration> CONNECT_TIMEOUT =
            duration("connect-timeout", "PT45S", "time for a session to join a namespace");
    /** How long a close packet waits for a poll. */
    public static final Key<Duration> CLOSE_TIMEOUT = duration(
            "close-timeout",
            "PT30S",
            "how long the news of a close waits for the client's next poll, at most as long as a ping and its answer may take");
    /** How long to wait for acknowledgements. */
    public static final Key<Duration> ACK_TIMEOUT =
            duration("ack-timeout", "PT30S", "how long to wait for a client's acknowledgement unless the call says it");
    /** Largest message or body. */
    public static final Key<Integer> MAX_PAYLOAD = bytes("max-payload", 1_000_000, "largest message or POST body");
    /** Packets waiting per session. */
    public static final Key<Integer> SEND_QUEUE =
            count("send-queue", 10_000, "packets waiting per session before it is closed as slow");
    /** Bytes waiting per session. */
    public static final Key<Integer> SEND_QUEUE_BYTES =
            bytes("send-queue-bytes", 10_000_000, "bytes waiting per session before it is closed as slow");
    /** Events waiting per socket. */
    public static final Key<Integer> RECEIVE_QUEUE =
            count("receive-queue", 10_000, "events waiting per socket for its handlers before the session is closed");
    /** Bytes of events waiting per socket. */
    public static final Key<Integer> RECEIVE_QUEUE_BYTES =
            bytes("receive-queue-bytes", 10_000_000, "bytes of events waiting per socket before the session is closed");
    /** Acknowledgements awaited per socket. */
    public static final Key<Integer> MAX_PENDING_ACKS =
            count("max-pending-acks", 10_000, "acknowledgements awaited per socket; a further one fails at once");
    /** Namespaces per session. */
    public static final Key<Integer> MAX_NAMESPACES =
            count("max-namespaces", 100, "namespaces that one connection may have joined at a time");
    /** Smallest compressed answer. */
    public static final Key<Integer> HTTP_COMPRESSION_THRESHOLD =
            bytes("http-compression.threshold", 1024, "smallest answer of a poll that is compressed");
    /** Whether poll answers are compressed. */
    public static final Key<Boolean> HTTP_COMPRESSION = bool(
            "http-compression.enabled", true, "whether answers of polls are compressed for clients that accept it");
    /** Origins that may come. */
    public static final Key<List<String>> ORIGINS_ALLOWED = new Key<>(
            "origins.allowed",
            "list",
            "same-origin",
            "origins whose pages may come: `https://app.example`, `https://*.apps.example`, `same-origin`, or `*` for all",
            Values::list);
    /** Whether requests without an origin may come. */
    public static final Key<Boolean> ORIGINS_ABSENT = new Key<>(
            "origins.absent",
            "`deny` \\| `allow`",
            "allow",
            "requests without an `Origin`, as programs that are no browsers send them; they never profit from a cookie or a"
                    + " login session",
            Values::allow);
    /** Whether the origin null may come. */
    public static final Key<Boolean> ORIGINS_NULL = new Key<>(
            "origins.null",
            "`deny` \\| `allow`",
            "deny",
            "requests with the origin `null`: of sandboxed frames and local files, whoever made them",
            Values::allow);
    /** Whether production may list this machine. */
    public static final Key<Boolean> ORIGINS_LOOPBACK = bool(
            "origins.loopback", false, "whether `localhost` and `http://` on it may be listed with the profile `prod`");
    /** Proxies that are believed. */
    public static final Key<List<String>> TRUSTED_PROXIES = new Key<>(
            "trusted-proxies",
            "list",
            "",
            "addresses and ranges (`10.0.0.0/8`) of the proxies whose `Forwarded` or `X-Forwarded-*` headers are believed",
            Values::list);
    /** Whether requests must be encrypted. */
    public static final Key<Tls> TLS = new Key<>(
            "tls",
            "`production` \\| `required` \\| `optional`",
            "production",
            "whether requests must come by TLS, at least to a trusted proxy: with the profile `prod`, always, or never",
            Values::tls);
    /** Whose a session id is. */
    public static final Key<SessionOwner> SESSION_OWNER = new Key<>(
            "session-owner",
            "`off` \\| `when-possible` \\| `required`",
            "when-possible",
            "whether a session id counts only from the client that it was made for: by its login, and by a cookie from"
                    + " clients that keep it, or from all",
            Values::sessionOwner);
    /** Time for a body. */
    public static final Key<Duration> BODY_TIMEOUT =
            duration("body-timeout", "PT10S", "time for the body of a POST to arrive");
    /** Connections in all. */
    public static final Key<Integer> LIMITS_CONNECTIONS =
            limit("limits.connections", 100_000, "connections at a time in all");
    /** Connections of an address. */
    public static final Key<Integer> LIMITS_CONNECTIONS_PER_ADDRESS = limit(
            "limits.connections-per-address",
            1_000,
            "connections at a time of one address; of IPv6, of the first 64 bits");
    /** Anonymous connections of an address. */
    public static final Key<Integer> LIMITS_ANONYMOUS_PER_ADDRESS = limit(
            "limits.anonymous-per-address",
            1_000,
            "connections at a time of one address whose user the application server does not know");
    /** Connections of a user. */
    public static final Key<Integer> LIMITS_CONNECTIONS_PER_USER =
            limit("limits.connections-per-user", 100, "connections at a time of one user");
    /** Handshakes of an address. */
    public static final Key<Integer> LIMITS_HANDSHAKES_PER_ADDRESS =
            limit("limits.handshakes-per-address", 1_000, "attempts of one address to connect, within the window");
    /** The window. */
    public static final Key<Duration> LIMITS_HANDSHAKES_WINDOW =
            duration("limits.handshakes-window", "PT10S", "the time that `limits.handshakes-per-address` is about");
    /** Origins that may read answers. */
    public static final Key<List<String>> CORS_ORIGINS = new Key<>(
            "cors.origins",
            "list",
            "allowed",
            "origins whose pages may read answers: `allowed` for those that are let in, `*`, `none`, or a list",
            Values::corsOrigins);
    /** Whether pages of those origins may send cookies. */
    public static final Key<Boolean> CORS_CREDENTIALS =
            bool("cors.credentials", false, "whether those pages may send cookies");
    /** Headers those pages may read. */
    public static final Key<List<String>> CORS_EXPOSED_HEADERS =
            new Key<>("cors.exposed-headers", "list", "", "response headers that those pages may read", Values::tokens);
    /** How long a preflight holds. */
    public static final Key<Duration> CORS_MAX_AGE = new Key<>(
            "cors.max-age",
            "duration",
            "PT0S",
            "how long browsers may keep a preflight's answer; zero: not said",
            Values::durationOrZero);
    /** The name of the sticky-session cookie. */
    public static final Key<String> COOKIE_NAME = new Key<>(
            "cookie.name",
            "string",
            "",
            "name of a cookie with the session id, for sticky sessions; empty: none",
            Values::tokenOrEmpty);
    /** The path of the cookie. */
    public static final Key<String> COOKIE_PATH =
            new Key<>("cookie.path", "string", "/", "the cookie's path", Values::absolutePath);
    /** The SameSite attribute of the cookie. */
    public static final Key<String> COOKIE_SAME_SITE = new Key<>(
            "cookie.same-site",
            "`Strict` \\| `Lax` \\| `None`",
            "Lax",
            "the cookie's SameSite attribute",
            Values::sameSite);
    /** Whether scripts cannot read the cookie. */
    public static final Key<Boolean> COOKIE_HTTP_ONLY =
            bool("cookie.http-only", true, "whether scripts cannot read the cookie");
    /** Whether the cookie is for TLS alone. */
    public static final Key<Boolean> COOKIE_SECURE =
            bool("cookie.secure", false, "whether the cookie is sent over TLS alone");
    /** Whether the browser bundle is served. */
    public static final Key<Boolean> SERVE_CLIENT =
            bool("serve-client", true, "whether the browser client is served below the path");
    /** The parser. */
    public static final Key<ParserName> PARSER = new Key<>(
            "parser", "`json` \\| `msgpack`", "json", "how packets are written; clients need the same", Values::parser);
    /** Attachments per packet. */
    public static final Key<Integer> MAX_ATTACHMENTS =
            count("max-attachments", 10, "binary attachments per incoming packet");
    /** Bytes of attachments per packet. */
    public static final Key<Integer> MAX_ATTACHMENT_BYTES =
            bytes("max-attachment-bytes", 10_000_000, "bytes of all attachments of an incoming packet");
    /** Time for all attachments to arrive. */
    public static final Key<Duration> ATTACHMENT_TIMEOUT =
            duration("attachment-timeout", "PT30S", "time for all attachments of a packet to arrive");
    /** Nesting of JSON. */
    public static final Key<Integer> JSON_MAX_DEPTH = new Key<>(
            "json.max-depth",
            "count",
            "200",
            "how deep incoming arrays and objects may be nested; at most 1000",
            Values::depth);
    /** Digits of a number in JSON. */
    public static final Key<Integer> JSON_MAX_DIGITS = count("json.max-digits", 100, "digits of an incoming number");
    /** Whether duplicate keys pass. */
    public static final Key<Boolean> JSON_DUPLICATE_KEYS =
            bool("json.duplicate-keys", false, "whether an incoming object may have a key twice");
    /** Whether empty dynamic namespaces go. */
    public static final Key<Boolean> CLEANUP_EMPTY_NAMESPACES =
            bool("cleanup-empty-namespaces", true, "whether a dynamic namespace goes with its last socket");
    /** Whether connection states are recovered. */
    public static final Key<Boolean> RECOVERY =
            bool("recovery.enabled", false, "whether a client that was cut off may continue where it was");
    /** How long a state is kept. */
    public static final Key<Duration> RECOVERY_DURATION =
            duration("recovery.max-disconnection-duration", "PT2M", "how long a lost connection's state is kept");
    /** Whether guards are skipped. */
    public static final Key<Boolean> RECOVERY_SKIP_GUARDS =
            bool("recovery.skip-guards", false, "whether `@OnConnect` handlers cannot refuse a recovered connection");
    /** Packets kept per namespace. */
    public static final Key<Integer> RECOVERY_PACKETS =
            count("recovery.max-packets", 10_000, "packets kept per namespace for recovery; the oldest go first");
    /** Bytes kept per namespace. */
    public static final Key<Integer> RECOVERY_BYTES =
            bytes("recovery.max-bytes", 10_000_000, "bytes kept per namespace for recovery; the oldest go first");
    /** States kept per namespace. */
    public static final Key<Integer> RECOVERY_SESSIONS =
            count("recovery.max-sessions", 10_000, "states kept per namespace for recovery; the oldest go first");

    /** Where handlers run. */
    public static final Key<String> EXECUTOR = new Key<>(
            "executor",
            "JNDI name",
            "java:comp/DefaultManagedExecutorService",
            "the managed executor service on which handlers run",
            Values::jndiName);
    /** Over how long sessions are closed at the end. */
    public static final Key<Duration> DRAIN_DURATION = new Key<>(
            "drain.duration",
            "duration",
            "PT2S",
            "over how long the sessions of all endpoints are closed when the application stops; the longest counts",
            Values::durationOrZero);
    /** Over how long clients come back. */
    public static final Key<Duration> DRAIN_RECONNECT_WITHIN = duration(
            "drain.reconnect-within", "PT30S", "over how long clients are asked to spread their return after that");

    /** Where the store keeps what survives a restart. */
    public static final Key<String> STORE_DATA_SOURCE = new Key<>(
                    "store.data-source",
                    "JNDI name",
                    "java:comp/DefaultDataSource",
                    "the data source of the database that keeps what survives a restart; for the server as a whole",
                    Values::jndiName)
            .serverWide();
    /** What makes the audit log's digests; empty: nothing. */
    public static final Key<byte[]> AUDIT_KEY = new Key<>(
                    "audit.key",
                    "base64 or hex",
                    "",
                    "secret of 32 bytes or more that makes changes of the audit log evident; for the server as a whole",
                    Values::secretOrEmpty)
            .serverWide();
    /** Whether there is an audit trail. */
    public static final Key<Boolean> AUDIT_ENABLED = bool(
                    "audit.enabled", true, "whether security events are stored; for the server as a whole")
            .serverWide();
    /** How long the trail is kept. */
    public static final Key<Duration> AUDIT_RETENTION = new Key<>(
                    "audit.retention",
                    "duration",
                    "P90D",
                    "how long security events are kept; at most P3650D; for the server as a whole",
                    Values::retention)
            .serverWide();
    /** How many events may wait. */
    public static final Key<Integer> AUDIT_QUEUE = count(
                    "audit.queue",
                    10_000,
                    "security events that wait while the database is away; then new ones are lost; for the server as a whole")
            .serverWide();
    /** This node's name. */
    public static final Key<String> NODE = new Key<>(
                    "node",
                    "string",
                    "",
                    "this node's name in the audit trail; empty: the host's; for the server as a whole",
                    Values::nodeName)
            .serverWide();
    /** Who may administer. */
    public static final Key<String> ADMIN_ROLE = new Key<>(
                    "admin-role",
                    "string",
                    "portcullis-admin",
                    "role of those who may administer over HTTP, below `/portcullis/`; for the server as a whole",
                    Values::roleName)
            .serverWide();

    private final String name;
    private final String type;
    private final String defaultText;
    private final String meaning;
    private final Function<String, T> parser;
    private boolean serverWide;

    private Key(String name, String type, String defaultText, String meaning, Function<String, T> parser) {
        this.name = name;
        this.type = type;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.parser = parser;
        ALL.add(this);
    }

    private Key<T> serverWide() {
        serverWide = true;
        return this;
    }

    private static Key<Boolean> bool(String name, boolean def, String meaning) {
        return new Key<>(name, "boolean", String.valueOf(def), meaning, Values::bool);
    }

    private static Key<Duration> duration(String name, String def, String meaning) {
        return new Key<>(name, "duration", def, meaning, Values::duration);
    }

    private static Key<Integer> bytes(String name, int def, String meaning) {
        return new Key<>(name, "bytes", String.valueOf(def), meaning, Values::positive);
    }

    private static Key<Integer> limit(String name, int def, String meaning) {
        return new Key<>(name, "count", String.valueOf(def), meaning, Values::zeroOrMore);
    }

    private static Key<Integer> count(String name, int def, String meaning) {
        return new Key<>(name, "count", String.valueOf(def), meaning, Values::positive);
    }

    /**
     * Every key there is.
     *
     * @return the keys in the order of the documentation
     */
    public static List<Key<?>> all() {
        return Collections.unmodifiableList(ALL);
    }

    /**
     * The key's name.
     *
     * @return without a prefix
     */
    public String name() {
        return name;
    }

    /**
     * Whether it is for the server as a whole.
     *
     * @return true if no endpoint can have a value of its own
     */
    public boolean isServerWide() {
        return serverWide;
    }

    /**
     * The type of its values, for the documentation.
     *
     * @return for example {@code duration}
     */
    public String type() {
        return type;
    }

    /**
     * The default.
     *
     * @return as it would be written
     */
    public String defaultText() {
        return defaultText;
    }

    /**
     * What the key means, for the documentation.
     *
     * @return a phrase
     */
    public String meaning() {
        return meaning;
    }

    /**
     * Reads a value.
     *
     * @param text as written in the configuration
     * @return the value
     * @throws IllegalArgumentException whose message says what is allowed
     */
    T parse(String text) {
        return parser.apply(text.strip());
    }
}
