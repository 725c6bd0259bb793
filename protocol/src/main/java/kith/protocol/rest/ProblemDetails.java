package kith.protocol.rest;

import java.util.Optional;
import java.util.OptionalLong;

/// A refusal over HTTP, as `application/problem+json` (RFC 9457); `code` is one of `Code`.
///
/// @param ticket of a log-in that needs the code of a second factor
public record ProblemDetails(
    String type,
    String title,
    int status,
    String code,
    Optional<String> detail,
    OptionalLong retryAfterMillis,
    Optional<String> ticket) {}
