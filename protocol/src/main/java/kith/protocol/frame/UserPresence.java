package kith.protocol.frame;

import java.time.Instant;
import java.util.Optional;
import kith.protocol.Status;

/// The presence of a user.
///
/// @param lastSeen when an offline user was last online, if the observer may see it
public record UserPresence(String user, Status status, Optional<Instant> lastSeen) {}
