/**
 * A user's own application: everything of the API and of CDI that the conformance fixture has no use for. It becomes
 * {@code portcullis-features.war}, without a web.xml and without any configuration.
 */
@NullMarked
package io.portcullis.features;

import org.jspecify.annotations.NullMarked;
