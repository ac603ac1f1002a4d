package io.portcullis.socketio.runtime;

import io.portcullis.socketio.NonBlocking;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Confined to one thread. Finds the marked methods of a class and of its superclasses. A method that overrides a marked
 * one is marked as that, unless it has marks of its own.
 */
final class HandlerFinder {

    private final Map<Key, Found> methods = new LinkedHashMap<>();

    private HandlerFinder() {}

    /** All handlers of a class in the order of their names; a method with two marks appears twice. */
    static List<HandlerSignature> handlers(Class<?> type) {
        List<HandlerSignature> handlers = new ArrayList<>();
        for (Found found : find(type)) {
            for (Annotation mark : found.marks()) {
                handlers.add(HandlerSignature.of(mark, found.method(), found.nonBlocking()));
            }
        }
        return List.copyOf(handlers);
    }

    /** The methods that are marked as not blocking but handle nothing. */
    static List<Method> uselesslyNonBlocking(Class<?> type) {
        return find(type).stream()
                .filter(found -> found.nonBlocking() && found.marks().isEmpty())
                .map(Found::method)
                .toList();
    }

    /** Tells whether a class itself, not a superclass, has a marked method. */
    static boolean declaresHandlers(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .anyMatch(method -> !marks(method).isEmpty());
    }

    private static List<Found> find(Class<?> type) {
        HandlerFinder finder = new HandlerFinder();
        finder.walk(type);
        return finder.methods.values().stream()
                .sorted(Comparator.comparing((Found found) -> found.method().getName())
                        .thenComparing(found -> found.method().toString()))
                .toList();
    }

    /** From the top down, so that what is found later overrides what was found before. */
    private void walk(@Nullable Class<?> type) {
        if (type == null || type == Object.class) {
            return;
        }
        walk(type.getSuperclass());
        Method[] declared = type.getDeclaredMethods();
        for (Method method : declared) {
            if (method.isBridge()) {
                followBridge(method, declared);
            }
        }
        for (Method method : declared) {
            if (!method.isSynthetic()) {
                Key key = Key.of(method);
                methods.put(key, Found.of(method, methods.get(key)));
            }
        }
    }

    /** A bridge stands for the method of its class that overrides one with other parameter types: what was there moves. */
    private void followBridge(Method bridge, Method[] declared) {
        Optional<Method> target = Arrays.stream(declared)
                .filter(method -> !method.isBridge() && isBridged(bridge, method))
                .findFirst();
        Found overridden = methods.get(Key.of(bridge));
        if (target.isPresent() && overridden != null) {
            methods.remove(Key.of(bridge));
            methods.put(Key.of(target.get()), overridden);
        }
    }

    private static boolean isBridged(Method bridge, Method method) {
        Class<?>[] wide = bridge.getParameterTypes();
        Class<?>[] narrow = method.getParameterTypes();
        boolean same = bridge.getName().equals(method.getName()) && wide.length == narrow.length;
        for (int i = 0; same && i < wide.length; i++) {
            same = wide[i].isAssignableFrom(narrow[i]);
        }
        return same;
    }

    private static List<Annotation> marks(AnnotatedElement method) {
        return Arrays.stream(method.getAnnotations())
                .filter(HandlerMethod.Kind::isMark)
                .toList();
    }

    private record Found(Method method, List<Annotation> marks, boolean nonBlocking) {

        static Found of(Method method, @Nullable Found overridden) {
            List<Annotation> own = HandlerFinder.marks(method);
            boolean nonBlocking = method.isAnnotationPresent(NonBlocking.class);
            if (overridden == null || !own.isEmpty()) {
                return new Found(method, own, nonBlocking);
            }
            return new Found(method, overridden.marks, nonBlocking || overridden.nonBlocking);
        }
    }

    /** What makes methods override each other; a private or static method is not overridden by another class's. */
    private record Key(String name, List<Class<?>> parameters, @Nullable Class<?> owner) {

        static Key of(Method method) {
            boolean alone = (method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC)) != 0;
            return new Key(
                    method.getName(), List.of(method.getParameterTypes()), alone ? method.getDeclaringClass() : null);
        }
    }
}
