package kith.terminal.update;

import java.time.Instant;

/// What an update may not find out itself.
///
/// @param id one that no message has yet
public record Moment(Instant now, String id) {}
