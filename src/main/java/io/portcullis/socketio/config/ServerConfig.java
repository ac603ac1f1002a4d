package io.portcullis.socketio.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. What the configuration says: all endpoints with all their values, checked.
 *
 * @param endpoints the endpoints, the default one first
 * @param isProduction whether MicroProfile's profile {@code prod} is in force
 */
public record ServerConfig(List<EndpointConfig> endpoints, boolean isProduction) {

    /** Where the administration is, below the application's context root. */
    public static final String ADMINISTRATION = "portcullis";

    private static final String PREFIX = "socketio.";
    private static final Pattern SECRET = Pattern.compile("(^|[.-])(secret|password|token|key)$");
    private static final Pattern ENDPOINT_KEY = Pattern.compile("socketio\\.endpoint\\.([A-Za-z0-9-]+)\\.(.+)");
    /** The keys, also as they look when they come from an environment variable, which cannot have a dash. */
    private static final Set<String> KEYS = names(Key.all().stream());

    private static final String VARIABLE_PREFIX = "SOCKETIO_";

    /** How some implementations list an environment variable as well. */
    private static final Pattern DOTTED = Pattern.compile("[a-z0-9.]+");

    /** What Kubernetes puts into every container beside a service named {@code socketio} or {@code socketio-…}. */
    private static final Pattern KUBERNETES =
            Pattern.compile("SOCKETIO_(.+_)?(SERVICE_(HOST|PORT)(_.+)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_.+)?)?)");

    private static final Set<String> SERVER_WIDE_KEYS = names(Key.all().stream().filter(Key::isServerWide));

    private static Set<String> names(Stream<Key<?>> keys) {
        return keys.flatMap(key -> Stream.of(key.name(), key.name().replace('-', '.')))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Copies the list. */
    public ServerConfig {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * Reads and checks everything.
     *
     * @param config MicroProfile's configuration
     * @return the values
     * @throws ConfigurationException with one sentence for each mistake
     */
    public static ServerConfig from(Config config) {
        Set<String> names = names(config, PREFIX);
        Set<String> variables = names(config, VARIABLE_PREFIX);
        Set<String> known = knownVariables(endpointNames(names));
        List<String> mistakes = new ArrayList<>(unknown(names, variables, known));
        mistakes.addAll(unknownVariables(variables, known));
        List<EndpointConfig> endpoints = new ArrayList<>();
        endpoints.add(endpoint(EndpointConfig.DEFAULT_NAME, List.of(PREFIX), config, mistakes));
        for (String name : endpointNames(names)) {
            String own = PREFIX + "endpoint." + name + ".";
            endpoints.add(endpoint(name, List.of(own, PREFIX), config, mistakes));
        }
        mistakes.addAll(sharedPaths(endpoints, mistakes));
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException(String.join(" ", new LinkedHashSet<>(mistakes)));
        }
        return new ServerConfig(endpoints, isProduction(config));
    }

    /** Some implementations take several profiles, separated by commas. */
    private static boolean isProduction(Config config) {
        String profiles =
                config.getOptionalValue("mp.config.profile", String.class).orElse("");
        return Stream.of(profiles.split(",", -1))
                .anyMatch(profile -> profile.strip().equals("prod"));
    }

    /**
     * The value of a key that is for the server as a whole.
     *
     * @param <T> the type
     * @param key a server-wide key
     * @return its checked value
     */
    public <T> T get(Key<T> key) {
        if (!key.isServerWide()) {
            throw new IllegalArgumentException("Each endpoint has its own '" + key.name() + "'.");
        }
        return endpoints.get(0).get(key);
    }

    /**
     * Whether requests to an endpoint must come by TLS.
     *
     * @param endpoint the endpoint
     * @return false if it does not matter
     */
    public boolean requiresTls(EndpointConfig endpoint) {
        Tls tls = endpoint.get(Key.TLS);
        return tls == Tls.REQUIRED || (tls == Tls.PRODUCTION && isProduction);
    }

    private static Set<String> names(Config config, String prefix) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A name that stands for an environment variable which is listed, too, is not judged here but as that variable. */
    private static List<String> unknown(Set<String> names, Set<String> variables, Set<String> knownVariables) {
        List<String> mistakes = new ArrayList<>();
        for (String name : names) {
            Matcher endpoint = ENDPOINT_KEY.matcher(name);
            String key = endpoint.matches() ? endpoint.group(2) : name.substring(PREFIX.length());
            if (!KEYS.contains(key) && !standsForVariable(name, variables, knownVariables)) {
                mistakes.add("'" + name + "' is not a configuration key; see the table in the README.");
            } else if (endpoint.matches() && SERVER_WIDE_KEYS.contains(key)) {
                mistakes.add("'" + name + "' cannot be set for one endpoint; set '" + PREFIX + key + "'.");
            }
        }
        return mistakes;
    }

    private static boolean standsForVariable(String name, Set<String> variables, Set<String> knownVariables) {
        String variable = variable(name);
        return variables.contains(variable) || DOTTED.matcher(name).matches() && knownVariables.contains(variable);
    }

    /** Environment variables are listed as they are: a misspelt one would have no effect, and nobody would be told. */
    private static List<String> unknownVariables(Set<String> variables, Set<String> knownVariables) {
        return variables.stream()
                .filter(name -> !knownVariables.contains(name)
                        && !KUBERNETES.matcher(name).matches())
                .map(name -> "The environment variable '" + name
                        + "' is not a configuration key; see the table in the README.")
                .toList();
    }

    private static Set<String> knownVariables(Set<String> endpoints) {
        Set<String> known = new HashSet<>();
        for (Key<?> key : Key.all()) {
            known.add(variable(PREFIX + key.name()));
            if (!key.isServerWide()) {
                endpoints.forEach(endpoint -> known.add(variable(PREFIX + "endpoint." + endpoint + "." + key.name())));
            }
        }
        return known;
    }

    /** Source: MicroProfile Config 3.1, "Environment Variables Mapping Rules". */
    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Set<String> endpointNames(Set<String> names) {
        return names.stream()
                .map(ENDPOINT_KEY::matcher)
                .filter(matcher -> matcher.matches() && KEYS.contains(matcher.group(2)))
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static EndpointConfig endpoint(String name, List<String> prefixes, Config config, List<String> mistakes) {
        Map<Key<?>, Object> values = new HashMap<>();
        Map<Key<?>, String> settings = new HashMap<>();
        for (Key<?> key : Key.all()) {
            Setting setting = setting(key, prefixes, config);
            settings.put(key, setting.name());
            try {
                values.put(key, key.parse(setting.value()));
            } catch (IllegalArgumentException e) {
                mistakes.add("'" + setting.name() + "' is '" + shown(key, setting) + "', but must be " + e.getMessage()
                        + ".");
            }
        }
        if (prefixes.size() > 1
                && config.getOptionalValue(prefixes.get(0) + "path", String.class)
                        .isEmpty()) {
            mistakes.add("The endpoint '" + name + "' needs a path of its own: set '" + prefixes.get(0) + "path'.");
        }
        return new EndpointConfig(name, values, settings);
    }

    private static String shown(Key<?> key, Setting setting) {
        return SECRET.matcher(key.name()).find() ? "(not shown)" : setting.value();
    }

    private static Setting setting(Key<?> key, List<String> prefixes, Config config) {
        for (String prefix : key.isServerWide() ? List.of(PREFIX) : prefixes) {
            Optional<String> value = config.getOptionalValue(prefix + key.name(), String.class);
            if (value.isPresent()) {
                return new Setting(prefix + key.name(), value.get());
            }
        }
        return new Setting(PREFIX + key.name(), key.defaultText());
    }

    /**
     * What is in force and where it comes from; secrets are not shown.
     *
     * @param config the same configuration
     * @return each key of the server, then each key of each endpoint
     */
    public List<EffectiveValue> effective(Config config) {
        Stream<EffectiveValue> server =
                Key.all().stream().filter(Key::isServerWide).map(key -> effective(null, key, List.of(PREFIX), config));
        return Stream.concat(server, endpoints.stream().flatMap(endpoint -> effective(endpoint, config)))
                .toList();
    }

    private static Stream<EffectiveValue> effective(EndpointConfig endpoint, Config config) {
        List<String> prefixes = endpoint.name().equals(EndpointConfig.DEFAULT_NAME)
                ? List.of(PREFIX)
                : List.of(PREFIX + "endpoint." + endpoint.name() + ".", PREFIX);
        return Key.all().stream()
                .filter(key -> !key.isServerWide())
                .map(key -> effective(endpoint.name(), key, prefixes, config));
    }

    private static EffectiveValue effective(
            @Nullable String endpoint, Key<?> key, List<String> prefixes, Config config) {
        Setting setting = setting(key, prefixes, config);
        String source = config.getConfigValue(setting.name()).getSourceName();
        return new EffectiveValue(endpoint, key.name(), shown(key, setting), setting.name(), source);
    }

    private static List<String> sharedPaths(List<EndpointConfig> endpoints, List<String> mistakes) {
        if (!mistakes.isEmpty()) {
            return List.of();
        }
        Map<String, List<String>> byPath = new LinkedHashMap<>();
        for (EndpointConfig endpoint : endpoints) {
            byPath.computeIfAbsent(endpoint.get(Key.PATH), path -> new ArrayList<>())
                    .add(endpoint.name());
        }
        return StreamSupport.stream(byPath.entrySet().spliterator(), false)
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> "The endpoints " + entry.getValue() + " share the path '" + entry.getKey()
                        + "'; give each its own.")
                .toList();
    }

    private record Setting(String name, String value) {}
}
