/**
 * The sample: a chat with topics, written as a user of Portcullis would write it, with the API and Jakarta EE alone. Read
 * {@link io.portcullis.chat.ChatNamespace} first.
 */
@NullMarked
package io.portcullis.chat;

import org.jspecify.annotations.NullMarked;
