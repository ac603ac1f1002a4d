package io.portcullis.socketio.security;

import org.jspecify.annotations.Nullable;

/**
 * Immutable. What a request says about the page that it comes from.
 *
 * @param origin its {@code Origin} header; null if there is none
 * @param fetchSite its {@code Sec-Fetch-Site} header; null if there is none
 * @param own the origin that pages of this server have, by the request's own host
 * @param isAmbient whether the browser authenticated it by itself: with a cookie or a certificate, not with a header that the
 *     page has set
 */
public record OriginClaim(@Nullable String origin, @Nullable String fetchSite, Origin own, boolean isAmbient) {}
