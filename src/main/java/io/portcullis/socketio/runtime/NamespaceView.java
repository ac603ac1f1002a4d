package io.portcullis.socketio.runtime;

import io.portcullis.socketio.SocketNamespace;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import io.portcullis.socketio.adapter.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Immutable. The {@link SocketNamespace} that applications receive. */
final class NamespaceView extends Broadcast implements SocketNamespace {

    NamespaceView(NamespaceRuntime namespace) {
        super(namespace, Selection.ALL, EmitOptions.NONE);
    }

    @Override
    public String name() {
        return namespace().name();
    }

    @Override
    public int size() {
        return namespace().adapter().size();
    }

    @Override
    public boolean disconnectSocket(String socketId, boolean close) {
        List<Member> found = new ArrayList<>(1);
        namespace().adapter().forEachLocal(new Selection(Set.of(socketId), Set.of()), member -> {
            if (member.id().equals(socketId)) {
                found.add(member);
            }
        });
        found.forEach(member -> namespace().disconnect(member, close));
        return !found.isEmpty();
    }

    @Override
    public void serverSideEmit(String event, @Nullable Object... arguments) {
        namespace().adapter().serverSideEmit(namespace().serverEvent(event, arguments));
    }

    @Override
    public <T> CompletionStage<List<T>> serverSideEmitWithAck(
            Class<T> type, String event, @Nullable Object... arguments) {
        return namespace()
                .adapter()
                .serverSideEmit(namespace().serverEvent(event, arguments))
                .thenApply(answers -> answers.stream()
                        .map(answer -> namespace().binder().view(answer, 0).get(0, type))
                        .toList());
    }
}
