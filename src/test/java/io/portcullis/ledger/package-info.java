/**
 * An application with a persistence unit of its own: {@code portcullis-ledger.war}, for the tests of the store on the
 * servers.
 */
@NullMarked
package io.portcullis.ledger;

import org.jspecify.annotations.NullMarked;
