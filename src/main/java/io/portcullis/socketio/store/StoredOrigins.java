package io.portcullis.socketio.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Thread-safe; every method waits for the database. The origins that are allowed besides those of the configuration. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED) // suspends the caller's
public class StoredOrigins {

    private static final int LONGEST_ENDPOINT = 100;
    private static final int LONGEST_ORIGIN = 300;

    @Inject
    Database database;

    /** For the container. */
    @SuppressWarnings("NullAway.Init") // the container injects
    public StoredOrigins() {}

    StoredOrigins(Database database) {
        this.database = database;
    }

    /**
     * All of them.
     *
     * @return by endpoint and origin
     * @throws StoreException if the database does not answer
     */
    public List<StoredOrigin> list() {
        return database.call(entities -> entities.createQuery(
                        "select o from StoredOriginRow o order by o.endpoint, o.origin", StoredOriginRow.class)
                .getResultStream()
                .map(StoredOriginRow::toOrigin)
                .toList());
    }

    /**
     * Adds an origin to an endpoint, once.
     *
     * @param wanted its endpoint has at most 100 characters, its origin 300
     * @return the same, or the one that was there
     * @throws IllegalArgumentException if the endpoint or the origin is too long
     * @throws StoreException if it was not added
     */
    public StoredOrigin add(StoredOrigin wanted) {
        require(wanted.endpoint(), LONGEST_ENDPOINT);
        require(wanted.origin(), LONGEST_ORIGIN);
        try {
            return database.call(entities -> find(entities, wanted).orElseGet(() -> {
                StoredOriginRow row = new StoredOriginRow(wanted);
                entities.persist(row);
                entities.flush();
                return row.toOrigin();
            }));
        } catch (StoreException e) {
            // somebody else may have added it meanwhile: the database keeps one of the two
            return database.call(entities -> find(entities, wanted)).orElseThrow(() -> e);
        }
    }

    private static Optional<StoredOrigin> find(EntityManager entities, StoredOrigin like) {
        return entities.createQuery(
                        "select o from StoredOriginRow o where o.endpoint = :endpoint and o.origin = :origin",
                        StoredOriginRow.class)
                .setParameter("endpoint", like.endpoint())
                .setParameter("origin", like.origin())
                .getResultStream()
                .map(StoredOriginRow::toOrigin)
                .findFirst();
    }

    private static void require(String text, int longest) {
        if (!text.equals(Text.fit(text, longest))) {
            throw new IllegalArgumentException("An endpoint or an origin has at most " + longest + " characters.");
        }
    }

    /**
     * Removes an origin.
     *
     * @param id its id
     * @return what it was, if there was one
     * @throws StoreException if the database does not answer
     */
    public Optional<StoredOrigin> remove(String id) {
        return database.call(entities -> {
            Optional<StoredOriginRow> row = Optional.ofNullable(entities.find(StoredOriginRow.class, id));
            row.ifPresent(entities::remove);
            return row.map(StoredOriginRow::toOrigin);
        });
    }
}
