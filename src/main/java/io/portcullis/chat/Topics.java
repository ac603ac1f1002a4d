package io.portcullis.chat;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Thread-safe. Who is in which topic, and what was said there last. In memory, and bounded. */
@ApplicationScoped
public class Topics {

    static final String ROOM_PREFIX = "topic:";

    private static final int MAX_TOPICS = 200;
    private static final int MAX_HISTORY = 50;
    private static final int MAX_HISTORY_PICTURES = 5;

    /** A topic as the list shows it. */
    public record Summary(String name, int members) {}

    private static final class Topic {
        private final Set<String> members = new TreeSet<>();
        private final ArrayDeque<Message> history = new ArrayDeque<>();
    }

    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<String, String> socketsByName = new TreeMap<>();

    /** Takes a name for a socket; false if another one has it. */
    public synchronized boolean claim(String name, String socketId) {
        String owner = socketsByName.putIfAbsent(name, socketId);
        return owner == null || owner.equals(socketId);
    }

    /** Gives a name back; false if another socket has it by now. */
    public synchronized boolean release(String name, String socketId) {
        return socketsByName.remove(name, socketId);
    }

    public synchronized boolean enter(String name, String member) {
        if (!topics.containsKey(name) && topics.size() >= MAX_TOPICS) {
            topics.values().removeIf(topic -> topic.members.isEmpty());
        }
        return topics.computeIfAbsent(name, key -> new Topic()).members.add(member);
    }

    public synchronized boolean exit(String name, String member) {
        Topic topic = topics.get(name);
        return topic != null && topic.members.remove(member);
    }

    public synchronized List<String> members(String name) {
        Topic topic = topics.get(name);
        return topic == null ? List.of() : List.copyOf(topic.members);
    }

    public synchronized List<Message> history(String name) {
        Topic topic = topics.get(name);
        return topic == null ? List.of() : List.copyOf(topic.history);
    }

    public synchronized void keep(Message message) {
        Topic topic = topics.get(message.topic());
        if (topic != null) {
            topic.history.add(message);
            long pictures = topic.history.stream()
                    .filter(each -> each.picture() != null)
                    .count();
            if (pictures > MAX_HISTORY_PICTURES) {
                topic.history.stream()
                        .filter(each -> each.picture() != null)
                        .findFirst()
                        .ifPresent(topic.history::remove);
            }
            if (topic.history.size() > MAX_HISTORY) {
                topic.history.remove();
            }
        }
    }

    public synchronized List<Summary> all() {
        List<Summary> all = new ArrayList<>();
        topics.forEach((name, topic) -> all.add(new Summary(name, topic.members.size())));
        return all;
    }

    /** The topics that somebody is in. */
    public synchronized List<String> of(String member) {
        return topics.entrySet().stream()
                .filter(entry -> entry.getValue().members.contains(member))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The topics of rooms. */
    public List<String> of(Collection<String> rooms) {
        return rooms.stream()
                .filter(room -> room.startsWith(ROOM_PREFIX))
                .map(room -> room.substring(ROOM_PREFIX.length()))
                .toList();
    }
}
