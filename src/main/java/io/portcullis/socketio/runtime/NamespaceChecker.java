package io.portcullis.socketio.runtime;

import io.portcullis.socketio.Namespace;
import io.portcullis.socketio.NamespaceMatcher;
import io.portcullis.socketio.runtime.HandlerMethod.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.NormalScope;
import jakarta.inject.Scope;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Confined to one thread. Checks a {@link Namespace} class; each problem is a sentence that says how to mend it. */
final class NamespaceChecker {

    /** One bean instance serves all sockets for as long as the application runs. */
    private static final Set<Class<? extends Annotation>> SCOPES =
            Set.of(ApplicationScoped.class, Dependent.class, Singleton.class);

    private final Class<?> type;
    private final Namespace namespace;
    private final List<String> problems;

    private NamespaceChecker(Class<?> type, Namespace namespace, List<String> problems) {
        this.type = type;
        this.namespace = namespace;
        this.problems = problems;
    }

    /** All problems of a class by itself; none if it may be deployed. */
    static List<String> problems(Class<?> type) {
        Namespace namespace = type.getAnnotation(Namespace.class);
        List<String> problems = new ArrayList<>();
        if (namespace == null) {
            checkOther(type, problems);
        } else {
            new NamespaceChecker(type, namespace, problems).check();
        }
        return List.copyOf(problems);
    }

    /** An abstract class may be meant to be extended by a namespace, but annotations of interfaces are never seen. */
    private static void checkOther(Class<?> type, List<String> problems) {
        if (type.isInterface() && HandlerFinder.declaresHandlers(type)) {
            problems.add(type.getSimpleName() + " is an interface with handlers; annotate the methods of the class.");
        } else if (!Modifier.isAbstract(type.getModifiers()) && HandlerFinder.declaresHandlers(type)) {
            problems.add(type.getSimpleName() + " has handlers but is no namespace; write @Namespace on the class.");
        }
        checkNonBlocking(type, problems);
    }

    private void check() {
        checkClass();
        checkScope();
        checkWays();
        checkNames();
        checkPattern();
        checkEndpoints();
        checkHandlers();
    }

    private void checkClass() {
        int modifiers = type.getModifiers();
        if (type.isInterface() || Modifier.isAbstract(modifiers)) {
            problem("is abstract; write @Namespace on the class that extends it");
        } else if (type.isMemberClass() && !Modifier.isStatic(modifiers)) {
            problem("is an inner class; make it static, or a class of its own");
        }
        if (!isPublic(type)) {
            problem("is not public; make it public");
        }
        if (Modifier.isFinal(modifiers)) {
            problem("is final, so that CDI cannot proxy it; remove final");
        }
        if (type.getTypeParameters().length > 0) {
            problem("is generic; remove its type variables");
        }
    }

    private static boolean isPublic(Class<?> type) {
        return Modifier.isPublic(type.getModifiers());
    }

    private void checkScope() {
        for (Annotation annotation : type.getAnnotations()) {
            Class<? extends Annotation> scope = annotation.annotationType();
            boolean isScope = scope.isAnnotationPresent(NormalScope.class) || scope.isAnnotationPresent(Scope.class);
            if (isScope && !SCOPES.contains(scope)) {
                problem("is @" + scope.getSimpleName() + ", but one bean serves all sockets; remove the scope, and"
                        + " inject a bean that has it");
            }
        }
    }

    private void checkWays() {
        int ways = namespace.value().length > 0 ? 1 : 0;
        ways += namespace.pattern().isEmpty() ? 0 : 1;
        ways += NamespaceMatcher.class.isAssignableFrom(type) ? 1 : 0;
        if (ways == 0) {
            problem("names no namespace; write @Namespace(\"/name\"), @Namespace(pattern = \"/name-.*\"), or implement"
                    + " NamespaceMatcher");
        } else if (ways > 1) {
            problem("is named in " + ways + " ways; keep one of names, pattern and NamespaceMatcher");
        }
    }

    private void checkNames() {
        Set<String> seen = new HashSet<>();
        for (String name : namespace.value()) {
            if (!name.startsWith("/")) {
                problem("serves \"" + name + "\"; write it with a leading slash: \"/" + name + "\"");
            } else if (name.chars().anyMatch(c -> c == ',' || c == '?' || Character.isISOControl(c))) {
                problem("serves a name with a comma, a question mark or a control character, which no client can ask"
                        + " for; leave it out");
            }
            if (!seen.add(name)) {
                problem("serves \"" + name + "\" twice; leave one out");
            }
        }
    }

    private void checkPattern() {
        try {
            Pattern.compile(namespace.pattern());
        } catch (PatternSyntaxException e) {
            problem("has the pattern \"" + namespace.pattern() + "\", which is no regular expression ("
                    + e.getDescription() + "); correct it");
        }
    }

    private void checkEndpoints() {
        Set<String> seen = new HashSet<>();
        for (String endpoint : namespace.endpoints()) {
            if (endpoint.isBlank()) {
                problem("names an endpoint without a name; write its name in the configuration, or \"default\"");
            } else if (!seen.add(endpoint)) {
                problem("names the endpoint \"" + endpoint + "\" twice; leave one out");
            }
        }
    }

    private void checkHandlers() {
        Set<Method> seen = new HashSet<>();
        Map<String, Method> events = new HashMap<>();
        for (HandlerSignature handler : HandlerFinder.handlers(type)) {
            new SignatureChecker(type, handler, problems).check();
            if (!seen.add(handler.method())) {
                method(handler.method(), "is marked to handle two things; write two methods");
            }
            checkUnique(handler, events);
        }
        checkNonBlocking(type, problems);
    }

    private static void checkNonBlocking(Class<?> type, List<String> problems) {
        for (Method method : HandlerFinder.uselesslyNonBlocking(type)) {
            problems.add(HandlerSignature.describe(type, method)
                    + " is @NonBlocking but handles nothing; add @OnEvent, or remove @NonBlocking.");
        }
    }

    private void checkUnique(HandlerSignature handler, Map<String, Method> events) {
        if (handler.event() == null) {
            return;
        }
        String key = (handler.kind() == Kind.EVENT ? "event " : "server event ") + '"' + handler.event() + '"';
        Method other = events.putIfAbsent(key, handler.method());
        if (other != null && !other.equals(handler.method())) {
            method(
                    handler.method(),
                    "handles the " + key + ", as " + HandlerSignature.describe(type, other)
                            + " does; keep one of them");
        }
    }

    private void method(Method method, String sentence) {
        problems.add(HandlerSignature.describe(type, method) + " " + sentence + ".");
    }

    private void problem(String sentence) {
        problems.add(type.getSimpleName() + " " + sentence + ".");
    }
}
