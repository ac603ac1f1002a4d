package io.portcullis.socketio.protocol;

/**
 * Immutable. What a decoder bears.
 *
 * @param maxAttachments binary attachments of a packet
 * @param maxAttachmentBytes bytes of all attachments of a packet
 * @param maxDepth nesting of arrays and objects, the packet's own array included
 * @param maxDigits digits of a number
 * @param duplicateKeysAllowed whether an object may have a key twice
 */
public record DecoderLimits(
        int maxAttachments, long maxAttachmentBytes, int maxDepth, int maxDigits, boolean duplicateKeysAllowed) {}
