package io.portcullis.socketio.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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

/**
 * Immutable. What the configuration says: all endpoints with all their values, checked.
 *
 * @param endpoints the endpoints, the default one first
 */
public record ServerConfig(List<EndpointConfig> endpoints) {

    private static final String PREFIX = "socketio.";
    private static final Pattern SECRET = Pattern.compile("(^|[.-])(secret|password|token|key)$");
    private static final Pattern ENDPOINT_KEY = Pattern.compile("socketio\\.endpoint\\.([A-Za-z0-9-]+)\\.(.+)");
    /** The keys, also as they look when they come from an environment variable, which cannot have a dash. */
    private static final Set<String> KEYS = Key.all().stream()
            .flatMap(key -> Stream.of(key.name(), key.name().replace('-', '.')))
            .collect(Collectors.toUnmodifiableSet());

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
        Set<String> names = new TreeSet<>();
        for (String name : config.getPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                names.add(name);
            }
        }
        List<String> mistakes = new ArrayList<>(unknown(names));
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
        return new ServerConfig(endpoints);
    }

    private static List<String> unknown(Set<String> names) {
        List<String> mistakes = new ArrayList<>();
        for (String name : names) {
            Matcher endpoint = ENDPOINT_KEY.matcher(name);
            String key = endpoint.matches() ? endpoint.group(2) : name.substring(PREFIX.length());
            if (!KEYS.contains(key)) {
                mistakes.add("'" + name + "' is not a configuration key; see the table in the README.");
            }
        }
        return mistakes;
    }

    private static Set<String> endpointNames(Set<String> names) {
        return names.stream()
                .map(ENDPOINT_KEY::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static EndpointConfig endpoint(String name, List<String> prefixes, Config config, List<String> mistakes) {
        Map<Key<?>, Object> values = new HashMap<>();
        for (Key<?> key : Key.all()) {
            Setting setting = setting(key, prefixes, config);
            try {
                values.put(key, key.parse(setting.value()));
            } catch (IllegalArgumentException e) {
                mistakes.add(
                        "'" + setting.name() + "' is '" + setting.value() + "', but must be " + e.getMessage() + ".");
            }
        }
        if (prefixes.size() > 1
                && config.getOptionalValue(prefixes.get(0) + "path", String.class)
                        .isEmpty()) {
            mistakes.add("The endpoint '" + name + "' needs a path of its own: set '" + prefixes.get(0) + "path'.");
        }
        return new EndpointConfig(name, values);
    }

    private static Setting setting(Key<?> key, List<String> prefixes, Config config) {
        for (String prefix : prefixes) {
            Optional<String> value = config.getOptionalValue(prefix + key.name(), String.class);
            if (value.isPresent()) {
                return new Setting(prefix + key.name(), value.get());
            }
        }
        return new Setting(PREFIX + key.name(), key.defaultText());
    }

    /**
     * What is in force and where it comes from, for the log; secrets are not shown.
     *
     * @param config the same configuration
     * @return one line for each key of each endpoint
     */
    public List<String> effective(Config config) {
        List<String> lines = new ArrayList<>();
        for (EndpointConfig endpoint : endpoints) {
            List<String> prefixes = endpoint.name().equals(EndpointConfig.DEFAULT_NAME)
                    ? List.of(PREFIX)
                    : List.of(PREFIX + "endpoint." + endpoint.name() + ".", PREFIX);
            for (Key<?> key : Key.all()) {
                Setting setting = setting(key, prefixes, config);
                String source = config.getConfigValue(setting.name()).getSourceName();
                String shown = SECRET.matcher(key.name()).find() ? "(not shown)" : setting.value();
                lines.add("Endpoint " + endpoint.name() + ": " + key.name() + " = " + shown + ", from "
                        + (source == null ? "the default" : setting.name() + " in " + source));
            }
        }
        return lines;
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
