package kith.node.feature.push;

import java.time.Instant;

/// A message about which an account may have to be notified.
public record Candidate(String account, String room, long seq, Instant at) {}
