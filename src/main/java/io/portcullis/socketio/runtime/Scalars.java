package io.portcullis.socketio.runtime;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pure functions. Numbers and booleans between Java and JSON text, without a JSON library. */
final class Scalars {

    private static final Map<Class<?>, Object> ZEROS = Map.of(
            int.class,
            0,
            long.class,
            0L,
            double.class,
            0.0,
            boolean.class,
            false,
            short.class,
            (short) 0,
            byte.class,
            (byte) 0,
            float.class,
            0.0f,
            char.class,
            '\0');

    /** Above it, a double may stand for several whole numbers, and its digits need more care. */
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private Scalars() {}

    static @Nullable Object zero(Class<?> primitive) {
        return ZEROS.get(primitive);
    }

    static boolean isScalar(Class<?> type) {
        return type == int.class
                || type == Integer.class
                || type == long.class
                || type == Long.class
                || type == double.class
                || type == Double.class
                || type == boolean.class
                || type == Boolean.class
                || isRareScalar(type);
    }

    private static boolean isRareScalar(Class<?> type) {
        return type == float.class
                || type == Float.class
                || type == short.class
                || type == Short.class
                || type == byte.class
                || type == Byte.class;
    }

    /**
     * Reads a JSON number, true or false whose first character fits the type.
     *
     * @throws ArithmeticException if it is out of range or has a fraction
     */
    static Object parse(String text, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type == long.class || type == Long.class) {
            return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == double.class || type == Double.class) {
            return finite(Double.parseDouble(text));
        } else if (type == boolean.class || type == Boolean.class) {
            return text.equals("true");
        } else if (type == float.class || type == Float.class) {
            return (float) finite(Float.parseFloat(text));
        } else if (type == short.class || type == Short.class) {
            return (short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return (byte) whole(text, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    private static long whole(String text, long least, long most) {
        long value = isPlain(text) ? Long.parseLong(text) : new BigDecimal(text).longValueExact();
        if (value < least || value > most) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    /** Digits only, and few enough for a long: the usual case. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > '9' || c < '0' && c != '-') {
                return false;
            }
        }
        return text.length() <= 18;
    }

    private static double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    /** A number as JSON.stringify writes it: {@code 1} for 1.0, {@code 1e+21}, and null for what is no number. */
    static String text(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "null";
        }
        if (value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT) {
            return Long.toString((long) value);
        }
        return decimal(Double.toString(value));
    }

    /** The same for a float, with its own, fewer digits. */
    static String text(float value) {
        boolean whole = Float.isNaN(value) || Float.isInfinite(value) || value == Math.rint(value);
        return whole ? text((double) value) : decimal(Float.toString(value));
    }

    /** ECMAScript writes plain digits from 1e-6 up to 1e21, and an exponent with its sign beyond. */
    private static String decimal(String javaText) {
        BigDecimal number = new BigDecimal(javaText).stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        if (exponent >= -6 && exponent < 21) {
            return number.toPlainString();
        }
        String digits = number.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String sign = number.signum() < 0 ? "-" : "";
        return sign + digits.charAt(0) + fraction + (exponent < 0 ? "e" : "e+") + exponent;
    }
}
