package io.portcullis.socketio.runtime;

import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbTypeAdapter;
import jakarta.json.bind.annotation.JsonbTypeDeserializer;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TimeZone;

/** Pure functions. Tells at deployment whether JSON can ever be bound to a type. */
final class BindableTypes {

    /** Those that cannot be instantiated but that JSON-B, or we, know how to make. */
    private static final Set<Class<?>> KNOWN = Set.of(
            Iterable.class,
            Collection.class,
            List.class,
            Set.class,
            SortedSet.class,
            NavigableSet.class,
            Queue.class,
            Deque.class,
            Map.class,
            SortedMap.class,
            NavigableMap.class,
            Number.class,
            Calendar.class,
            TimeZone.class,
            ZoneId.class,
            ByteBuffer.class);

    private BindableTypes() {}

    static boolean isBindable(Type type) {
        if (type instanceof Class<?> plain) {
            return isBindable(plain);
        } else if (type instanceof GenericArrayType array) {
            return isBindable(array.getGenericComponentType());
        } else if (type instanceof ParameterizedType generic) {
            return isBindable(generic.getRawType())
                    && List.of(generic.getActualTypeArguments()).stream().allMatch(BindableTypes::isBindable);
        }
        return false; // a type variable or a wildcard
    }

    /** Whether JSON-B can reach a type and all that it is made of. */
    static boolean isPublic(Type type) {
        if (type instanceof GenericArrayType array) {
            return isPublic(array.getGenericComponentType());
        } else if (type instanceof ParameterizedType generic) {
            return isPublic(generic.getRawType())
                    && List.of(generic.getActualTypeArguments()).stream().allMatch(BindableTypes::isPublic);
        }
        return !(type instanceof Class<?> plain) || isPublic(plain);
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> element = type.isArray() ? type.getComponentType() : type;
        return isDescribed(element)
                || Modifier.isPublic(element.getModifiers())
                        && (element.getEnclosingClass() == null || isPublic(element.getEnclosingClass()));
    }

    private static boolean isBindable(Class<?> type) {
        if (type.isArray()) {
            return isBindable(type.getComponentType());
        }
        boolean known = type.isPrimitive() || KNOWN.contains(type) || JsonValue.class.isAssignableFrom(type);
        return known || isDescribed(type) || isConcrete(type);
    }

    /** The application says by itself how to make one. */
    private static boolean isDescribed(Class<?> type) {
        return type.isAnnotationPresent(JsonbTypeDeserializer.class)
                || type.isAnnotationPresent(JsonbTypeAdapter.class)
                || type.isAnnotationPresent(JsonbTypeInfo.class);
    }

    /** An enum with bodies for its constants is abstract, and fine. */
    private static boolean isConcrete(Class<?> type) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        boolean local = type.isLocalClass() && !type.isRecord() && !type.isEnum() || type.isAnonymousClass();
        return type.isEnum() || !Modifier.isAbstract(type.getModifiers()) && !inner && !local;
    }
}
