package kith.terminal.model;

import java.time.Instant;
import kith.protocol.frame.ServerFrame;

/// An answer of a bot that only this user sees. It is not an entry of the room, and is lost when
/// the client ends.
///
/// @param after the `seq` of the entry below which it is shown
public record PrivateAnswer(long after, Instant at, ServerFrame.Answer answer) {}
