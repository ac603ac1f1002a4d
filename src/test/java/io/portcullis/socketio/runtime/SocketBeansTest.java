package io.portcullis.socketio.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.context.spi.Contextual;
import jakarta.enterprise.context.spi.CreationalContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SocketBeansTest {

    private final List<String> destroyed = new ArrayList<>();
    private final SocketBeans beans = new SocketBeans();

    @Test
    void makes_each_bean_once() {
        Contextual<Object> bean = bean("a");
        assertThat(beans.get(bean)).isNull();

        Object made = beans.create(bean, context());

        assertThat(beans.create(bean, context())).isSameAs(made);
        assertThat(beans.get(bean)).isSameAs(made);
    }

    @Test
    void makes_each_bean_once_for_many_threads() throws Exception {
        Contextual<Object> bean = bean("a");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        Callable<Object> create = () -> beans.create(bean, context());

        Set<Object> made = new HashSet<>();
        for (Future<Object> future : threads.invokeAll(List.of(create, create, create, create))) {
            made.add(future.get());
        }
        threads.shutdown();

        assertThat(made).hasSize(1);
    }

    @Test
    void destroys_each_once_the_last_first_even_if_one_fails() {
        beans.create(bean("a"), context());
        beans.create(bean("fails"), context());
        beans.create(bean("c"), context());

        beans.destroyAll();
        beans.destroyAll();

        assertThat(destroyed).containsExactly("c", "fails", "a");
    }

    @Test
    void destroys_one_by_itself() {
        Contextual<Object> bean = bean("a");
        beans.create(bean, context());

        beans.destroy(bean);
        beans.destroy(bean);

        assertThat(destroyed).containsExactly("a");
        assertThat(beans.get(bean)).isNull();
    }

    @Test
    void makes_nothing_after_the_end() {
        beans.destroyAll();

        assertThatThrownBy(() -> beans.create(bean("a"), context())).isInstanceOf(ContextNotActiveException.class);
    }

    private Contextual<Object> bean(String name) {
        return new Contextual<>() {
            @Override
            public Object create(CreationalContext<Object> context) {
                return new Object();
            }

            @Override
            public void destroy(Object instance, CreationalContext<Object> context) {
                destroyed.add(name);
                if (name.equals("fails")) {
                    throw new IllegalStateException(name);
                }
            }
        };
    }

    private static CreationalContext<Object> context() {
        return new CreationalContext<>() {
            @Override
            public void push(Object instance) {}

            @Override
            public void release() {}
        };
    }
}
