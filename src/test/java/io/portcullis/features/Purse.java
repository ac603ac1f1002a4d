package io.portcullis.features;

import io.portcullis.socketio.SocketScoped;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;

/** Confined to one socket, whose events come one after another. */
@SocketScoped
public class Purse {

    @Inject
    Journal journal;

    private int amount;

    public int add(int more) {
        amount += more;
        return amount;
    }

    @PreDestroy
    void spend() {
        journal.note("purse with " + amount + " is gone");
    }
}
