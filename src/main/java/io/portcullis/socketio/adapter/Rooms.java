package io.portcullis.socketio.adapter;

import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe. Which sockets of a namespace are in which rooms, on this node. A room exists while a socket is in it. A
 * socket's id is a room without a set: everybody has one.
 */
final class Rooms {

    private record Change(RoomEvent.Type type, String room, @Nullable String socketId) {}

    /** One socket's rooms; also the lock that keeps a removed socket from entering any. Whoever only reads does without it. */
    private static final class Membership {
        private final Set<String> rooms = ConcurrentHashMap.newKeySet();
        private final Deque<Change> changes = new ArrayDeque<>(2);
        private boolean removed;
        private boolean telling;
    }

    private final ConcurrentHashMap<Member, Membership> memberships = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Member> byId = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Set<Member>> rooms = new ConcurrentHashMap<>();
    private final LocalSockets sockets;

    Rooms(LocalSockets sockets) {
        this.sockets = sockets;
    }

    void add(Member member, Collection<String> names) {
        memberships.put(member, new Membership());
        byId.put(member.id(), member);
        join(member, names);
    }

    Set<String> remove(Member member) {
        Membership membership = memberships.remove(member);
        if (membership == null) {
            return Set.of();
        }
        byId.remove(member.id(), member);
        Set<String> left;
        synchronized (membership) {
            membership.removed = true;
            membership.rooms.forEach(room -> exit(member, membership, room));
            left = withOwn(member, membership);
        }
        tell(membership);
        return left;
    }

    void join(Member member, Collection<String> names) {
        Membership membership = memberships.get(member);
        if (membership != null) {
            synchronized (membership) {
                for (String room : names) {
                    if (!membership.removed && !room.equals(member.id()) && membership.rooms.add(room)) {
                        enter(member, membership, room);
                    }
                }
            }
            tell(membership);
        }
    }

    void leave(Member member, String room) {
        Membership membership = memberships.get(member);
        if (membership != null) {
            synchronized (membership) {
                if (membership.rooms.remove(room)) {
                    exit(member, membership, room);
                }
            }
            tell(membership);
        }
    }

    private void enter(Member member, Membership membership, String room) {
        Set<Member> created = ConcurrentHashMap.newKeySet();
        Set<Member> entered = rooms.compute(room, (name, members) -> {
            Set<Member> all = members == null ? created : members;
            all.add(member);
            return all;
        });
        if (entered == created) {
            membership.changes.add(new Change(RoomEvent.Type.CREATED, room, null));
        }
        membership.changes.add(new Change(RoomEvent.Type.JOINED, room, member.id()));
    }

    private void exit(Member member, Membership membership, String room) {
        Set<Member> left = rooms.computeIfPresent(room, (name, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
        membership.changes.add(new Change(RoomEvent.Type.LEFT, room, member.id()));
        if (left == null) { // not looked up again: of several who leave at once one was the last
            membership.changes.add(new Change(RoomEvent.Type.DELETED, room, null));
        }
    }

    /**
     * Tells of a socket's changes one after another, with no lock: observers may move any socket, this one too. Who changes
     * something meanwhile leaves it to be told here.
     */
    private void tell(Membership membership) {
        for (Change next = next(membership); next != null; next = next(membership)) {
            try {
                sockets.roomChanged(next.type, next.room, next.socketId);
            } finally {
                synchronized (membership) {
                    membership.telling = false;
                }
            }
        }
    }

    private static @Nullable Change next(Membership membership) {
        synchronized (membership) {
            Change next = membership.telling ? null : membership.changes.poll();
            membership.telling |= next != null;
            return next;
        }
    }

    Set<String> of(Member member) {
        Membership membership = memberships.get(member);
        return membership == null ? Set.of() : withOwn(member, membership);
    }

    private static Set<String> withOwn(Member member, Membership membership) {
        Set<String> all = new HashSet<>(membership.rooms);
        all.add(member.id());
        return all;
    }

    int size() {
        return memberships.size();
    }

    int roomCount() {
        return rooms.size();
    }

    /** Calls with each selected socket once. */
    void forEach(Selection selection, Consumer<Member> action) {
        Collection<Member> selected = selected(selection.rooms());
        Set<String> except = selection.except();
        if (except.isEmpty()) {
            selected.forEach(action);
            return;
        }
        Set<Member> excluded = excluded(except);
        if (except.size() == 1 && excluded.isEmpty()) {
            forEachBut(except.iterator().next(), selected, action);
            return;
        }
        for (Member member : selected) {
            if (!except.contains(member.id()) && !excluded.contains(member)) {
                action.accept(member);
            }
        }
    }

    /** The usual case: a socket sends to the others. */
    private static void forEachBut(String id, Collection<Member> selected, Consumer<Member> action) {
        for (Member member : selected) {
            if (!member.id().equals(id)) {
                action.accept(member);
            }
        }
    }

    private Collection<Member> selected(Set<String> names) {
        if (names.isEmpty()) {
            return memberships.keySet();
        }
        if (names.size() == 1) {
            String name = names.iterator().next();
            Set<Member> members = rooms.get(name);
            Member own = byId.get(name);
            if (own == null || members == null) {
                return own != null ? Set.of(own) : orEmpty(members);
            }
        }
        Set<Member> union = new HashSet<>();
        for (String name : names) {
            union.addAll(orEmpty(rooms.get(name)));
            Member own = byId.get(name);
            if (own != null) {
                union.add(own);
            }
        }
        return union;
    }

    private Set<Member> excluded(Set<String> names) {
        Set<Member> excluded = Set.of();
        for (String name : names) {
            Set<Member> members = rooms.get(name);
            if (members != null) {
                excluded = excluded.isEmpty() ? new HashSet<>(members) : excluded;
                excluded.addAll(members);
            }
        }
        return excluded;
    }

    private static Set<Member> orEmpty(@Nullable Set<Member> members) {
        return members == null ? Set.of() : members;
    }
}
