package io.portcullis.socketio.runtime;

import io.portcullis.socketio.ConnectRefusedException;
import io.portcullis.socketio.InvalidArgumentException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.lang.System.Logger.Level;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. The one place that decides the fate of what handlers throw: what the client sees, and what is logged. No
 * client ever sees a stack trace, a class name, or the message of an exception that was not meant for it.
 */
final class Failures {

    private static final System.Logger LOG = System.getLogger(EventDispatcher.class.getName());

    private final ArgumentWriter writer;

    Failures(ArgumentWriter writer) {
        this.writer = writer;
    }

    /**
     * The acknowledgement of an event whose handler has failed.
     *
     * @param firstParameter the index of the handler's parameter that takes the event's first argument
     */
    JsonObject ackError(String where, int firstParameter, Throwable thrown) {
        JsonObjectBuilder error = Json.createObjectBuilder();
        Throwable cause = unwrapped(thrown);
        if (cause instanceof ConstraintViolationException invalid) {
            log(Level.DEBUG, where, cause);
            error.add("code", "invalid").add("violations", violations(invalid, firstParameter));
        } else if (cause instanceof InvalidArgumentException invalid) {
            log(Level.DEBUG, where, cause);
            error.add("code", "invalid").add("violations", violation(invalid));
        } else {
            log(Level.ERROR, where, cause);
            error.add("code", "internal");
        }
        return Json.createObjectBuilder().add("error", error).build();
    }

    /** The data of the CONNECT_ERROR for a socket that a guard has refused. */
    String connectError(String where, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        if (cause instanceof ConnectRefusedException refused) {
            log(Level.DEBUG, where, cause);
            return connectError(String.valueOf(refused.getMessage()), refused.data(), where);
        }
        log(Level.ERROR, where, cause);
        return connectError("internal", null, where);
    }

    private String connectError(String message, @Nullable Object data, String where) {
        String text = "{\"message\":" + writer.json(message);
        try {
            return data == null ? text + "}" : text + ",\"data\":" + writer.json(data) + "}";
        } catch (IllegalArgumentException e) {
            log(Level.ERROR, where, e);
            return text + "}";
        }
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown.getCause();
        return thrown instanceof CompletionException && cause != null ? cause : thrown;
    }

    private static JsonArrayBuilder violations(ConstraintViolationException invalid, int firstParameter) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (ConstraintViolation<?> violation : invalid.getConstraintViolations()) {
            all.add(Json.createObjectBuilder()
                    .add("path", path(violation, firstParameter))
                    .add("message", violation.getMessage()));
        }
        return all;
    }

    /** The path inside the argument; for the argument itself its position, from 0. */
    private static String path(ConstraintViolation<?> violation, int firstParameter) {
        StringBuilder path = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getKind() == ElementKind.PARAMETER) {
                int index = node.as(Path.ParameterNode.class).getParameterIndex();
                path.append(index - firstParameter);
            } else if (node.getKind() != ElementKind.METHOD) {
                inside(path, node);
            }
        }
        return path.toString();
    }

    private static void inside(StringBuilder path, Path.Node node) {
        if (path.length() > 0 && Character.isDigit(path.charAt(0))) {
            path.setLength(0); // a property says more than the argument's position
        }
        path.append(path.isEmpty() ? "" : ".").append(node);
    }

    private static JsonArrayBuilder violation(InvalidArgumentException invalid) {
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("path", String.valueOf(invalid.index()))
                        .add("message", "has another type"));
    }

    private static void log(Level level, String where, Throwable cause) {
        if (LOG.isLoggable(level)) {
            LOG.log(level, where + " refused or failed.", cause);
        }
    }
}
