package io.portcullis.socketio.runtime;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Checks bound arguments against the Bean Validation constraints of a handler's parameters.
 *
 * <p>A server whose CDI validates methods by itself finds nothing more afterwards and would throw the same exception.
 */
final class ArgumentValidator {

    private static final Logger LOG = System.getLogger(ArgumentValidator.class.getName());

    private final Supplier<@Nullable Validator> source;
    private final Map<Method, Boolean> constrained = new ConcurrentHashMap<>();
    private volatile @Nullable Validator validator;
    private volatile boolean resolved;

    /** The validator is asked for at the first call: servers offer it only when the application is up. */
    ArgumentValidator(Supplier<@Nullable Validator> source) {
        this.source = source;
    }

    void validate(Object bean, Method method, @Nullable Object[] values) {
        Validator known = resolved ? validator : resolve();
        if (known == null || !isConstrained(known, bean, method)) {
            return;
        }
        Set<ConstraintViolation<Object>> violations = known.forExecutables().validateParameters(bean, method, values);
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
    }

    private boolean isConstrained(Validator known, Object bean, Method method) {
        Boolean answer = constrained.get(method);
        if (answer == null) {
            MethodDescriptor constraints = known.getConstraintsForClass(bean.getClass())
                    .getConstraintsForMethod(method.getName(), method.getParameterTypes());
            answer = constraints != null && constraints.hasConstrainedParameters();
            constrained.put(method, answer);
        }
        return answer;
    }

    private synchronized @Nullable Validator resolve() {
        if (!resolved) {
            validator = source.get();
            resolved = true;
            if (validator == null) {
                LOG.log(Level.WARNING, "There is no Bean Validation provider: handlers' arguments are not validated.");
            }
        }
        return validator;
    }
}
