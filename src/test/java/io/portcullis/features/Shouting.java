package io.portcullis.features;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Locale;

/** Makes what a method returns louder. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Shouting {

    /** The interceptor. */
    @Shouting
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    class Shouter {

        @AroundInvoke
        Object shout(InvocationContext call) throws Exception {
            return String.valueOf(call.proceed()).toUpperCase(Locale.ROOT);
        }
    }
}
