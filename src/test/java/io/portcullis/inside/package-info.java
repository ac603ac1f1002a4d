/**
 * Tests that run in an application server, inside of an application of a user's own: what is seen there and cannot be told
 * from the outside. Arquillian deploys each class with its beans; a client speaks to them over the loopback interface.
 */
@NullMarked
package io.portcullis.inside;

import org.jspecify.annotations.NullMarked;
