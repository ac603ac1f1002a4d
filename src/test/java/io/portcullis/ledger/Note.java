package io.portcullis.ledger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** The application's own entity. */
@Entity
public class Note {

    @Id
    private String id = UUID.randomUUID().toString();
}
