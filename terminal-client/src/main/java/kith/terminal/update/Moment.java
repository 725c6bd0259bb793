package kith.terminal.update;

import java.time.Instant;

/// The clock and the randomness of one update.
///
/// @param id unused by any message
public record Moment(Instant now, String id) {}
