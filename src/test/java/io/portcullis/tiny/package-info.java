/**
 * The least that an application is: {@code portcullis-tiny.war} has one class and the server's jar with its libraries.
 */
@NullMarked
package io.portcullis.tiny;

import org.jspecify.annotations.NullMarked;
