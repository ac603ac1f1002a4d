package io.portcullis.socketio.adapter;

import io.portcullis.socketio.RoomEvent;
import io.portcullis.socketio.adapter.LocalSockets.Member;
import java.util.Collection;
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

    /**
     * One socket's rooms; also the lock that keeps a removed socket from entering any. Observers of rooms run while it is
     * held, so whoever only reads does without it.
     */
    private static final class Membership {
        private final Set<String> rooms = ConcurrentHashMap.newKeySet();
        private boolean removed;
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
        synchronized (membership) {
            membership.removed = true;
            membership.rooms.forEach(room -> exit(member, room));
            return withOwn(member, membership);
        }
    }

    void join(Member member, Collection<String> names) {
        Membership membership = memberships.get(member);
        if (membership != null) {
            synchronized (membership) {
                for (String room : names) {
                    if (!membership.removed && !room.equals(member.id()) && membership.rooms.add(room)) {
                        enter(member, room);
                    }
                }
            }
        }
    }

    void leave(Member member, String room) {
        Membership membership = memberships.get(member);
        if (membership != null) {
            synchronized (membership) {
                if (membership.rooms.remove(room)) {
                    exit(member, room);
                }
            }
        }
    }

    /** Observers run after the change, as in {@link #exit}: inside they could not make or leave another room. */
    private void enter(Member member, String room) {
        Set<Member> created = ConcurrentHashMap.newKeySet();
        Set<Member> entered = rooms.compute(room, (name, members) -> {
            Set<Member> all = members == null ? created : members;
            all.add(member);
            return all;
        });
        if (entered == created) {
            sockets.roomChanged(RoomEvent.Type.CREATED, room, null);
        }
        sockets.roomChanged(RoomEvent.Type.JOINED, room, member.id());
    }

    private void exit(Member member, String room) {
        Set<Member> left = rooms.computeIfPresent(room, (name, members) -> {
            members.remove(member);
            return members.isEmpty() ? null : members;
        });
        sockets.roomChanged(RoomEvent.Type.LEFT, room, member.id());
        if (left == null) { // not looked up again: of several who leave at once one was the last
            sockets.roomChanged(RoomEvent.Type.DELETED, room, null);
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
