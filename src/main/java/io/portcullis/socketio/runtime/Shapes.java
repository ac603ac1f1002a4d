package io.portcullis.socketio.runtime;

import jakarta.json.JsonValue;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;

/** Pure functions. Which kind of JSON value may become which Java type, and how to speak of both. */
final class Shapes {

    private Shapes() {}

    /** The class behind a type; Object for what has none. */
    static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        } else if (type instanceof ParameterizedType generic) {
            return raw(generic.getRawType());
        } else if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        return Object.class;
    }

    /**
     * Tells by a value's first character whether a type may take it. JSON-B providers are lax here: they read numbers
     * from strings, and the first element of an array where a single value is wanted. Binary content fits nothing here:
     * its elements are placeholders, which need no JSON-B.
     */
    static boolean fits(char first, Class<?> type) {
        if (isNumber(type)) {
            return first == '-' || first >= '0' && first <= '9';
        } else if (type == boolean.class || type == Boolean.class) {
            return first == 't' || first == 'f';
        } else if (type == char.class || type == Character.class) {
            return first == '"';
        } else if (type == byte[].class || ByteBuffer.class.isAssignableFrom(type)) {
            return false;
        } else if (first == '[') {
            return !type.isEnum() && (!isPlatform(type) || type.isArray() || isTree(type));
        }
        return !type.isArray();
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class && type != char.class;
    }

    private static boolean isPlatform(Class<?> type) {
        return type.getName().startsWith("java.");
    }

    private static boolean isTree(Class<?> type) {
        return type == Object.class || Iterable.class.isAssignableFrom(type) || JsonValue.class.isAssignableFrom(type);
    }

    /** A type as people write it. */
    static String describe(Type type) {
        return type instanceof Class<?> plain ? plain.getSimpleName() : type.getTypeName();
    }

    /** The kind of JSON value that begins with a character. */
    static String kind(char first) {
        return switch (first) {
            case '"' -> "a string";
            case '{' -> "an object";
            case '[' -> "an array";
            case 't', 'f' -> "a boolean";
            case 'n' -> "null";
            default -> "a number";
        };
    }
}
