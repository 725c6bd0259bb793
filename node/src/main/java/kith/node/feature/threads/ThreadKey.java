package kith.node.feature.threads;

/// A thread: its room and its first message.
record ThreadKey(String room, long root) {}
