package kith.protocol.frame;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.Status;

/// Whether somebody is there.
///
/// @param lastSeen when somebody who is offline was there last, if one may know
public record Whereabouts(String user, Status status, Optional<Instant> lastSeen) {}
